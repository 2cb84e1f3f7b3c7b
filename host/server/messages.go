package server

import "bytes"

// messages finds the JSON-RPC messages in the body of an HTTP answer: the whole
// body is one, or each event of a stream. It measures them and gives them to the
// book; of a long one it keeps no more than the book does.
type messages struct {
	events bool
	book   *book

	size    int    // of the event so far, its other lines and all
	payload int    // of the message so far
	head    []byte // of the message
	depth   nesting

	field []byte // the beginning of the present line of a stream
	data  bool   // which is one of data
}

const dataField = "data:"

// read takes the next bytes of the body. The error is of a message beyond the
// limits; nothing may be read after it.
func (m *messages) read(p []byte) error {
	if !m.events {
		return m.take(p)
	}
	for {
		line, rest, ended := bytes.Cut(p, []byte{'\n'})
		if err := m.piece(line); err != nil {
			return err
		}
		if !ended {
			return nil
		}
		m.lineEnd()
		p = rest
	}
}

// piece takes a part of one line of a stream.
func (m *messages) piece(p []byte) error {
	if m.size += len(p); m.size > maxMessage {
		m.end()
		return errTooLarge
	}
	if !m.data {
		n := min(len(dataField)-len(m.field), len(p))
		m.field = append(m.field, p[:n]...)
		m.data = string(m.field) == dataField
		p = p[n:]
	}
	if !m.data {
		return nil
	}
	return m.take(p)
}

// lineEnd ends a line of a stream; an empty one ends its event.
func (m *messages) lineEnd() {
	empty := !m.data && len(bytes.TrimRight(m.field, "\r")) == 0
	m.field, m.data = m.field[:0], false
	if empty {
		m.end()
	}
}

// take takes the next bytes of a message.
func (m *messages) take(p []byte) error {
	m.payload += len(p)
	if room := m.book.headSize() - len(m.head); room > 0 {
		m.head = append(m.head, p[:min(room, len(p))]...)
	}
	switch {
	case m.payload > maxMessage:
		m.end()
		return errTooLarge
	case m.depth.deeper(p):
		m.end()
		return errTooDeep
	}
	return nil
}

// end gives the message under way to the book, if there is one.
func (m *messages) end() {
	if head := bytes.TrimSpace(m.head); len(head) > 0 && (head[0] == '{' || head[0] == '[') {
		m.book.received(head, m.payload)
	}
	m.size, m.payload, m.head, m.depth = 0, 0, nil, nesting{}
}
