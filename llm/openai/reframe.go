package openai

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxEvent is the size of one event, or of a whole answer in one piece, from
// which it is refused; go-openai itself knows no limit.
const maxEvent = 8 << 20

// What can be wrong with a stream.
var (
	errSilence  = errors.New("nothing was heard for too long")
	errTooLarge = fmt.Errorf("one event is larger than %d MiB", maxEvent>>20)
	errBroken   = errors.New("an event is not JSON")
)

// notAStream is an answer of another media type than those that carry events.
type notAStream struct{ media string }

func (e *notAStream) Error() string { return "the answer is " + e.media + ", not an event stream" }

// A reframer reads a stream of server-sent events, or what servers send in its
// place, and gives it on in the one form that go-openai reads without loss: a
// line "data: {…}" and an empty line for each event, every event one whole JSON
// value. Comments and other fields are dropped, data lines joined, events without
// an empty line between them taken apart. Half an event never comes out: it ends
// the stream with [io.ErrUnexpectedEOF].
type reframer struct {
	in         *bufio.Reader
	out        bytes.Buffer
	pending    []byte // data lines of the event that is being read
	bare       bool   // pending began without "data:"
	long       []byte // a line that did not fit the buffer
	skipLF     bool   // the last line ended with \r
	begun      bool
	mayBeWhole bool // the media type is JSON: look whether the body is too
	events     int
	stray      string // the first line that was no part of any event
	marked     bool   // the end mark was seen
	ended      bool   // that, or the clean end of the body
	err        error
}

func newReframer(src io.Reader) *reframer {
	return &reframer{in: bufio.NewReaderSize(src, 16<<10)}
}

// Read gives the clean stream.
func (f *reframer) Read(p []byte) (int, error) {
	for f.out.Len() == 0 && f.err == nil {
		f.advance()
	}
	if f.out.Len() > 0 {
		return f.out.Read(p)
	}
	return 0, f.err
}

// advance reads one line, or the whole body if it is one JSON value.
func (f *reframer) advance() {
	if !f.begun {
		f.begun = true
		if f.start() {
			return
		}
	}
	line, err := f.line()
	if err == nil {
		f.field(line)
		return
	}
	if len(line) > 0 {
		f.field(line)
	}
	f.finish(err)
}

// start skips a byte order mark and reads a body that is one JSON value.
func (f *reframer) start() (whole bool) {
	if bom, _ := f.in.Peek(3); string(bom) == "\xef\xbb\xbf" {
		_, _ = f.in.Discard(3) // it was just peeked
	}
	if !f.mayBeWhole || !f.beginsLikeJSON() {
		return false
	}
	body, err := io.ReadAll(io.LimitReader(f.in, maxEvent+1))
	switch {
	case err != nil:
		f.err = err
	case len(body) > maxEvent:
		f.err = errTooLarge
	case !json.Valid(body):
		f.err = io.ErrUnexpectedEOF
	default:
		f.emit(bytes.TrimSpace(body))
		f.ended, f.err = true, io.EOF
	}
	return true
}

// beginsLikeJSON looks at the first byte that is not white space.
func (f *reframer) beginsLikeJSON() bool {
	for n := 1; n <= f.in.Size(); n++ {
		head, err := f.in.Peek(n)
		if err != nil {
			return false
		}
		switch c := head[n-1]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c == '{' || c == '['
		}
	}
	return false
}

// line reads up to \n, \r or \r\n, without it. What it gives is valid until the
// next call. With an error comes what was read before it.
func (f *reframer) line() ([]byte, error) {
	f.long = f.long[:0]
	for {
		if _, err := f.in.Peek(1); err != nil {
			return f.long, err
		}
		buf, _ := f.in.Peek(f.in.Buffered())
		if f.skipLF && buf[0] == '\n' {
			f.skipLF = false
			_, _ = f.in.Discard(1) // it was just peeked
			continue
		}
		f.skipLF = false
		end, n := lineEnd(buf)
		_, _ = f.in.Discard(n) // it was just peeked
		if end < 0 {
			f.long = append(f.long, buf...)
			if len(f.long) > maxEvent {
				return nil, errTooLarge
			}
			continue
		}
		f.skipLF = buf[end] == '\r'
		if len(f.long) == 0 {
			return buf[:end], nil
		}
		f.long = append(f.long, buf[:end]...)
		return f.long, nil
	}
}

// lineEnd finds the end of the first line, and how many bytes it takes with its
// end. A line that does not end takes all and gives -1.
func lineEnd(buf []byte) (end, n int) {
	rest := buf
	if lf := bytes.IndexByte(buf, '\n'); lf >= 0 {
		rest = buf[:lf+1]
	}
	if cr := bytes.IndexByte(rest, '\r'); cr >= 0 {
		return cr, cr + 1
	}
	if len(rest) == len(buf) && (len(buf) == 0 || buf[len(buf)-1] != '\n') {
		return -1, len(buf)
	}
	return len(rest) - 1, len(rest)
}
