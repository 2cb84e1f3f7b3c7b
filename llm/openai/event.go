package openai

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
)

// endMark is the data of the event that ends a stream.
var endMark = []byte("[DONE]")

// field takes one line of the stream.
func (f *reframer) field(line []byte) {
	value, isData := dataOf(line)
	switch {
	case len(line) == 0:
		f.flush()
	case isData:
		if f.bare {
			f.flush()
		}
		f.data(value)
	case line[0] == ':':
	case f.bare || line[0] == '{' && len(f.pending) == 0: // an error that was written past the event format
		f.bare = true
		f.data(line)
	default:
		f.noteStray(line)
	}
}

// dataOf gives the value of a data line.
func dataOf(line []byte) ([]byte, bool) {
	value, ok := bytes.CutPrefix(line, []byte("data:"))
	return bytes.TrimPrefix(value, []byte(" ")), ok
}

// otherFields are the fields of an event stream that mean nothing here.
var otherFields = [][]byte{[]byte("event"), []byte("id"), []byte("retry"), []byte("data")}

// noteStray keeps the start of a line that no event stream has: it may say what
// went wrong.
func (f *reframer) noteStray(line []byte) {
	name, _, _ := bytes.Cut(line, []byte(":"))
	known := slices.ContainsFunc(otherFields, func(o []byte) bool { return bytes.Equal(o, name) })
	if text := bytes.TrimSpace(line); f.stray == "" && !known {
		f.stray = string(text[:min(len(text), 200)])
	}
}

// data takes one line of an event's data. An event that is whole is given on at
// once, without waiting for the empty line, which some servers leave out: no JSON
// object begins with another one.
func (f *reframer) data(value []byte) {
	if len(f.pending) == 0 && f.whole(value) {
		return
	}
	if len(f.pending)+len(value) >= maxEvent {
		f.err = errTooLarge
		return
	}
	if len(f.pending) > 0 {
		f.pending = append(f.pending, '\n')
	}
	f.pending = append(f.pending, bytes.TrimSpace(value)...)
}

// whole gives value on if it is the end mark or a JSON object or array.
func (f *reframer) whole(value []byte) bool {
	value = bytes.TrimSpace(value)
	switch {
	case len(value) == 0:
		return false
	case bytes.Equal(value, endMark):
		f.end()
		return true
	case value[0] != '{' && value[0] != '[', !json.Valid(value):
		return false
	}
	f.emit(value)
	return true
}

// flush ends the event that is being read. Data that is no JSON at all (a "ping")
// is passed over, data that began as JSON is an event we would lose.
func (f *reframer) flush() {
	pending := bytes.TrimSpace(f.pending)
	f.pending, f.bare = f.pending[:0], false
	if len(pending) == 0 || f.whole(pending) {
		return
	}
	if pending[0] == '{' || pending[0] == '[' {
		f.err = errBroken
		return
	}
	f.noteStray(pending)
}

// finish ends the stream as the body ended. What is left over may be half an
// event.
func (f *reframer) finish(err error) {
	if f.err != nil {
		return
	}
	pending := bytes.TrimSpace(f.pending)
	if len(pending) > 0 && !f.whole(pending) && err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if f.err == nil {
		f.err = err
		f.ended = err == io.EOF
	}
}

// emit gives one event on. A line that starts with {"error" would go down
// go-openai's own path for errors, which loses most of them: the space keeps it
// out of there.
func (f *reframer) emit(event []byte) {
	f.events++
	f.out.WriteString("data: ")
	if bytes.HasPrefix(event, []byte(`{"error"`)) {
		f.out.WriteString("{ ")
		event = event[1:]
	}
	if bytes.ContainsAny(event, "\r\n") { // between values only: JSON has none in its strings
		event = bytes.Map(func(r rune) rune {
			if r == '\r' || r == '\n' {
				return ' '
			}
			return r
		}, event)
	}
	f.out.Write(event)
	f.out.WriteString("\n\n")
}

// end gives the end mark on; nothing after it is read as an event.
func (f *reframer) end() {
	f.out.WriteString("data: [DONE]\n\n")
	f.marked, f.ended, f.err = true, true, io.EOF
}
