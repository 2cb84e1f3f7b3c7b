package record

import "bytes"

// An Envelope is what a JSON-RPC message says outside of its payload.
type Envelope struct {
	Method string
	ID     string // as it is written; "" for none
	Failed bool   // it has an error
	Answer bool   // it has a result or an error
}

// Open reads the outermost members of a message without decoding it. It stops as
// soon as it knows enough, and takes what it has of one that is cut.
func Open(b []byte) (e Envelope) {
	s := scan{b: b}
	if s.space(); !s.take('{') {
		return e
	}
	for {
		s.space()
		key, ok := s.text()
		if !ok {
			return e
		}
		s.space()
		if !s.take(':') {
			return e
		}
		s.space()
		from := s.at
		if e.opened(string(key), b[from:]); e.known() || !s.value() {
			return e
		}
		if e.closed(string(key), b[from:s.at]); e.known() {
			return e
		}
		s.space()
		if !s.take(',') {
			return e
		}
	}
}

// opened takes what the mere beginning of a member's value tells.
func (e *Envelope) opened(key string, rest []byte) {
	switch key {
	case "result":
		e.Answer = true
	case "error":
		e.Failed = !bytes.HasPrefix(rest, []byte("null"))
		e.Answer = e.Answer || e.Failed
	}
}

// closed takes what the whole value of a member tells.
func (e *Envelope) closed(key string, value []byte) {
	switch key {
	case "method":
		e.Method = unquoted(string(bytes.TrimSpace(value)))
	case "id":
		if value = bytes.TrimSpace(value); string(value) != "null" {
			e.ID = string(value)
		}
	}
}

func (e *Envelope) known() bool { return e.ID != "" && (e.Answer || e.Method != "") }

func (e *Envelope) kind() Kind {
	switch {
	case e.Method == "":
		return Response
	case e.ID == "":
		return Notification
	}
	return Request
}

// A scan passes over JSON without looking at what it means.
type scan struct {
	b  []byte
	at int
}

func (s *scan) space() {
	for s.at < len(s.b) && (s.b[s.at] == ' ' || s.b[s.at] == '\t' || s.b[s.at] == '\r' || s.b[s.at] == '\n') {
		s.at++
	}
}

func (s *scan) take(c byte) bool {
	if s.at < len(s.b) && s.b[s.at] == c {
		s.at++
		return true
	}
	return false
}

// text passes over a string and gives what is between its quotes, as written.
func (s *scan) text() ([]byte, bool) {
	if !s.take('"') {
		return nil, false
	}
	for from := s.at; ; {
		i := bytes.IndexAny(s.b[s.at:], `"\`)
		if i < 0 {
			s.at = len(s.b)
			return nil, false
		}
		s.at += i + 1
		if s.b[s.at-1] == '"' {
			return s.b[from : s.at-1], true
		}
		s.at = min(s.at+1, len(s.b))
	}
}

// value passes over any value and tells whether it came to its end.
func (s *scan) value() bool {
	depth := 0
	for s.at < len(s.b) {
		switch s.b[s.at] {
		case '"':
			if _, ok := s.text(); !ok {
				return false
			}
			if depth == 0 {
				return true
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return true
			}
			if depth--; depth == 0 {
				s.at++
				return true
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return true
			}
		}
		s.at++
	}
	return false
}
