package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// A folded is a message that its server writes over several lines.
type folded struct {
	text     []byte
	depth    int  // of brackets
	inString bool // and after a backslash
	escaped  bool
}

// add takes a line and tells whether the outermost bracket is closed.
func (o *folded) add(line []byte) bool {
	for _, b := range line {
		switch {
		case o.escaped:
			o.escaped = false
		case o.inString && b == '\\':
			o.escaped = true
		case b == '"':
			o.inString = !o.inString
		case o.inString:
		case b == '{', b == '[':
			o.depth++
		case b == '}', b == ']':
			o.depth--
		}
	}
	o.text = append(append(o.text, line...), '\n')
	o.escaped = false
	return o.depth <= 0
}

// begin starts a message over several lines if the text is the beginning of one.
func (f *filter) begin(text []byte) bool {
	err := json.NewDecoder(bytes.NewReader(escapeControls(text))).Decode(new(json.RawMessage))
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	f.open = &folded{}
	if f.open.add(bytes.TrimSpace(text)) {
		f.open = nil
		return false
	}
	return true
}

// fold takes the next line of the message under way.
func (f *filter) fold(line []byte) {
	done := f.open.add(line)
	switch {
	case len(f.open.text) > maxMessage:
		text := f.open.text
		f.open = nil
		f.tooLarge(text[:edge], text[len(text)-edge:])
	case f.open.depth > maxDepth:
		text := f.open.text
		f.open = nil
		f.tooDeep(text)
	case done:
		text := bytes.TrimSpace(f.open.text)
		f.open = nil
		f.unfold(text)
	}
}

// unfold passes on a finished message in one line.
func (f *filter) unfold(text []byte) {
	var flat bytes.Buffer
	if json.Compact(&flat, text) == nil {
		f.value(flat.Bytes())
		return
	}
	f.repair(text)
}

// abandon gives up a message that is not finished.
func (f *filter) abandon() {
	if f.open == nil {
		return
	}
	text := f.open.text
	f.open = nil
	for line := range bytes.Lines(text) {
		f.noise.Add(bytes.TrimRight(line, "\n"))
	}
}
