package server

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"

	"switchboard/host/server/process"
)

// maxMessage bounds one protocol message, on a pipe and on HTTP alike.
const maxMessage = 16 << 20

// edge is how much of either end of a dropped message is searched for its id.
const edge = 4 << 10

// The codes of the errors that we put in place of an answer larger than maxMessage
// or deeper than maxDepth; they are outside the ranges that JSON-RPC and MCP use.
const (
	codeTooLarge = -31000
	codeTooDeep  = -31001
)

var (
	// opening finds a message behind other text on the same line.
	opening = regexp.MustCompile(`\{\s*"(?:jsonrpc|id|method|result|error)"\s*:`)
	// headID and tailID find the id at either end of an object too large to keep;
	// an id behind payload belongs to something inside.
	headID = regexp.MustCompile(`^\s*\{\s*(?:"jsonrpc"\s*:\s*"[^"]*"\s*,\s*)?"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)`)
	tailID = regexp.MustCompile(`"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*(?:,\s*"jsonrpc"\s*:\s*"[^"]*"\s*)?\}\s*$`)
)

// A filter reads what a server writes to standard output and passes on protocol
// messages, one a line. Everything else goes to noise. It mends what mcp-go would
// silently drop, which would leave a call waiting: a banner before the message,
// messages over several lines, batches, ids and errors of the wrong type, raw
// control characters. An answer to a question that was never asked is noise too.
// No line makes it hold more than maxMessage.
type filter struct {
	out   io.Writer
	noise *process.Log
	asked func(id int64) bool // nil: every number was asked for
	book  *book               // gets every message as it came

	open *folded // a message over several lines, under way
}

// run reads r to its end.
func (f *filter) run(r io.Reader) {
	br := bufio.NewReaderSize(r, 64<<10)
	for {
		line, over, err := readLine(br)
		if over {
			err = f.dropLine(br, line, err)
		} else if len(line) > 0 {
			f.line(line)
		}
		if err != nil && err != bufio.ErrBufferFull {
			f.abandon()
			return
		}
	}
}

// readLine reads up to a line break or the end. It stops early, saying over, in a
// line longer than maxMessage; the error is then of the last piece.
func readLine(br *bufio.Reader) (line []byte, over bool, err error) {
	for {
		piece, err := br.ReadSlice('\n')
		line = append(line, piece...)
		switch {
		case len(line) > maxMessage:
			return line, true, err
		case err != bufio.ErrBufferFull:
			return bytes.TrimSpace(line), false, err
		}
	}
}

// dropLine passes over the rest of a line that is too large. The answer in its
// place is given at once if the id is already known: the line may never end.
func (f *filter) dropLine(br *bufio.Reader, line []byte, err error) error {
	f.abandon()
	head := bytes.Clone(line[:edge])
	tail := bytes.Clone(line[len(line)-edge:])
	answered := f.tooLarge(head, nil)
	for err == bufio.ErrBufferFull {
		var piece []byte
		piece, err = br.ReadSlice('\n')
		tail = append(tail, piece...)
		tail = tail[max(0, len(tail)-edge):]
	}
	if !answered {
		f.tooLarge(head, tail)
	}
	return err
}

// tooLarge answers in place of a message that was too large to keep, of which it
// gets the first and the last bytes, and tells whether it could.
func (f *filter) tooLarge(head, tail []byte) bool {
	id := headID.FindSubmatch(head)
	if id == nil {
		id = tailID.FindSubmatch(tail)
	}
	if tail != nil || id != nil {
		f.noise.Add(fmt.Appendf(nil, "(a message of more than %d MiB was dropped)", maxMessage>>20))
	}
	return f.refuse(head, id, codeTooLarge, errTooLarge)
}

// tooDeep answers in place of a message that is nested too deep.
func (f *filter) tooDeep(text []byte) {
	f.noise.Add(fmt.Appendf(nil, "(a message nested deeper than %d levels was dropped)", maxDepth))
	id := headID.FindSubmatch(text[:min(len(text), edge)])
	if id == nil {
		id = tailID.FindSubmatch(text[max(0, len(text)-edge):])
	}
	f.refuse(text, id, codeTooDeep, errTooDeep)
}

// refuse answers in place of a message with the id that was found in it, if any,
// unless it is a request.
func (f *filter) refuse(head []byte, id [][]byte, code int, why *invalidError) bool {
	head = head[:min(len(head), edge)]
	if id == nil || bytes.Contains(head, []byte(`"method"`)) {
		return false
	}
	f.book.received(head, maxMessage+1)
	f.emit(fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%q}}`, id[1], code, why.what))
	return true
}

// line takes one line without its break.
func (f *filter) line(line []byte) {
	if f.open != nil && !startsMessage(line) {
		f.fold(line)
		return
	}
	f.abandon()
	if line[0] != '{' && line[0] != '[' {
		at := opening.FindIndex(line)
		if at == nil {
			f.noise.Add(line)
			return
		}
		f.noise.Add(line[:at[0]])
		line = line[at[0]:]
	}
	if deep(line) {
		f.tooDeep(line)
		return
	}
	f.values(line)
}

// startsMessage tells whether a line is a message of its own, even in the middle
// of one over several lines that was never finished.
func startsMessage(line []byte) bool {
	return bytes.HasPrefix(line, []byte(`{"jsonrpc"`)) && json.Valid(line)
}

// values passes on every JSON value of a line.
func (f *filter) values(line []byte) {
	if json.Valid(line) { // as nearly all are: nothing needs to be taken apart
		f.value(line)
		return
	}
	for dec := json.NewDecoder(bytes.NewReader(line)); ; {
		var value json.RawMessage
		rest := line[dec.InputOffset():]
		switch err := dec.Decode(&value); {
		case err == nil:
			f.value(value)
		case err == io.EOF:
			return
		case f.begin(rest):
			return
		default:
			f.repair(rest)
			return
		}
	}
}

// value passes on one message, or the messages of a batch.
func (f *filter) value(value json.RawMessage) {
	if value[0] == '[' {
		var batch []json.RawMessage
		if json.Unmarshal(value, &batch) == nil {
			for _, one := range batch {
				if len(one) > 0 && one[0] == '{' {
					f.value(one)
				} else {
					f.noise.Add(one)
				}
			}
		}
		return
	}
	if message, ok := mend(value, f.asked); ok {
		f.book.received(value, len(value))
		f.emit(message)
		return
	}
	f.noise.Add(value)
}

// repair tries a line again with its raw control characters escaped.
func (f *filter) repair(line []byte) {
	if fixed := escapeControls(line); json.Valid(fixed) {
		f.value(bytes.TrimSpace(fixed))
		return
	}
	f.noise.Add(line)
}

// emit writes one message. The reader's end is no fault of the server's.
func (f *filter) emit(message []byte) { _, _ = f.out.Write(append(message, '\n')) }
