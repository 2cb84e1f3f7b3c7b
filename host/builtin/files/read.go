package files

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

const (
	// maxPage bounds in bytes what one read returns.
	maxPage = 64 << 10
	// defaultLines is how many lines a read returns that does not say.
	defaultLines = 500
	maxLines     = 5000
	maxOffset    = 1 << 30
	// headSize is how much of a file decides whether it is text.
	headSize = 8 << 10
)

func (f *folder) readTool() server.ServerTool {
	spec := tool.Spec{
		Name: "read", Title: "Read a file", Hints: readOnly,
		Description: fmt.Sprintf("Read a text file, at most %d KiB at a time; the answer says how to read on.", maxPage>>10),
		Params: []tool.Param{
			pathParam("The file.").Required(),
			tool.Integer("offset", "The line to begin with, from 1.", 1, maxOffset).Default(1),
			tool.Integer("limit", "How many lines to read.", 1, maxLines).Default(defaultLines),
		},
	}
	type arguments struct {
		Path          string
		Offset, Limit int
	}
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		if in.Offset == 0 {
			in.Offset = 1
		}
		if in.Limit == 0 {
			in.Limit = defaultLines
		}
		return f.read(ctx, f.local(in.Path), in.Offset, in.Limit)
	})
}

func (f *folder) read(ctx context.Context, name string, offset, limit int) (tool.Answer, error) {
	file, info, err := f.open(name)
	if err != nil {
		return tool.Answer{}, err
	}
	defer file.Close()
	if info.Size() == 0 {
		return tool.Answer{Text: fmt.Sprintf("[%s is empty]", shown(name))}, nil
	}
	if what, err := binary(file); err != nil {
		return tool.Answer{}, f.explain(name, err)
	} else if what != "" {
		return tool.Answer{Text: fmt.Sprintf("[%s is a binary file (%s, %d bytes); it is not shown]",
			shown(name), what, info.Size())}, nil
	}
	p, err := readPage(ctx, file, offset, limit)
	if err != nil {
		return tool.Answer{}, f.explain(name, err)
	}
	return tool.Answer{Text: p.text(shown(name))}, nil
}

// binary gives the type of a file that is not text and "" for one that is, then
// goes back to its beginning.
func binary(file *os.File) (string, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	if isText(head[:n]) {
		return "", nil
	}
	what := http.DetectContentType(head[:n])
	if strings.HasPrefix(what, "text/plain") {
		what = "text that is not in UTF-8"
	}
	return what, nil
}

// isText takes any text without NUL bytes, also in an encoding of before UTF-8,
// but not if it is mostly unreadable.
func isText(head []byte) bool {
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	bad := 0
	for rest := head; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			bad++
		}
		rest = rest[size:]
	}
	return bad*4 <= len(head)
}

// A page is a run of whole lines, but for a line that is longer than a page.
type page struct {
	offset, lines int // the first line, from 1, and how many
	content       strings.Builder
	more          bool // there are lines after it
	cut           int  // bytes of the last line that did not fit
	past          bool // the file ends before the first line; lines counts its own
}

func readPage(ctx context.Context, r io.Reader, offset, limit int) (*page, error) {
	p := &page{offset: offset}
	lines := bufio.NewReaderSize(r, maxPage)
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		line, dropped, err := boundedLine(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if len(line) == 0 && errors.Is(err, io.EOF) {
			if p.past = n <= offset; p.past {
				p.lines = n - 1
			}
			return p, nil
		}
		if n < offset {
			continue
		}
		if p.lines == limit || (p.lines > 0 && p.content.Len()+len(line) > maxPage) {
			p.more = true
			return p, nil
		}
		p.content.Write(line)
		p.lines++
		p.cut = dropped
	}
}

// boundedLine reads a line with its end. What goes beyond a page is skipped and
// counted.
func boundedLine(r *bufio.Reader) ([]byte, int, error) {
	line, err := r.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, 0, err
	}
	line = bytes.Clone(line)
	dropped := 0
	for errors.Is(err, bufio.ErrBufferFull) {
		var rest []byte
		rest, err = r.ReadSlice('\n')
		dropped += len(rest)
	}
	return line, dropped, err
}

// text is the page with a last line in brackets about what is not on it.
func (p *page) text(name string) string {
	if p.past {
		return fmt.Sprintf("[%s has only %d lines]", name, p.lines)
	}
	text := strings.ToValidUTF8(p.content.String(), "�")
	var notes []string
	if p.cut > 0 {
		notes = append(notes, fmt.Sprintf("line %d was cut: %d bytes more of it are not shown", p.offset+p.lines-1, p.cut))
	}
	if p.more || p.offset > 1 {
		notes = append(notes, fmt.Sprintf("lines %d to %d of %s", p.offset, p.offset+p.lines-1, name))
	}
	if p.more {
		notes = append(notes, fmt.Sprintf("there is more: read on with offset %d", p.offset+p.lines))
	}
	if notes == nil {
		return text
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text + "[" + strings.Join(notes, "; ") + "]"
}
