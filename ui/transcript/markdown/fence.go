package markdown

import (
	"bytes"

	"switchboard/host/clean"
	"switchboard/ui/transcript/flow"
)

// A fence is the code block at the end of a growing answer. Its lines are added
// as they come, without the parser: programs are long, and nothing in them is
// markdown.
type fence struct {
	mark   byte // ` or ~
	size   int
	indent int // of the opening line; taken off every line

	lines []string
	done  int // bytes of the tail that are in lines
	seen  int // bytes of the tail that were searched for the closing fence
}

// newFence reads the opening line at the start of tail. It gives nil when there
// is none.
func newFence(tail []byte, lead []string) *fence {
	line, _, complete := bytes.Cut(tail, []byte("\n"))
	rest := bytes.TrimLeft(line, " ")
	if !complete || len(rest) < 3 || rest[0] != '`' && rest[0] != '~' {
		return nil
	}
	f := &fence{mark: rest[0], indent: len(line) - len(rest), size: run(rest), seen: len(line) + 1}
	f.restart(lead)
	f.done = f.seen
	return f
}

func run(b []byte) int { return len(b) - len(bytes.TrimLeft(b, string(b[:1]))) }

// restart forgets the layout; lead comes before the code.
func (f *fence) restart(lead []string) { f.lines, f.done = lead, 0 }

// end gives where the block ends in tail, -1 while it is open.
func (f *fence) end(tail []byte) int {
	for {
		i := bytes.IndexByte(tail[f.seen:], '\n')
		if i < 0 {
			return -1
		}
		line := tail[f.seen : f.seen+i]
		f.seen += i + 1
		if f.closes(line) {
			return f.seen
		}
	}
}

func (f *fence) closes(line []byte) bool {
	rest := bytes.TrimLeft(line, " ")
	if len(line)-len(rest) > 3 || len(rest) < f.size || rest[0] != f.mark {
		return false
	}
	return len(bytes.TrimSpace(rest[run(rest):])) == 0 && run(rest) >= f.size
}

// layout lays out the lines that came since the last call, and the unfinished
// one.
func (f *fence) layout(r *Renderer, tail []byte, width int) []string {
	if f.done == 0 {
		f.done = bytes.IndexByte(tail, '\n') + 1
	}
	for {
		i := bytes.IndexByte(tail[f.done:], '\n')
		if i < 0 {
			break
		}
		f.lines = append(f.lines, f.line(r, tail[f.done:f.done+i], width)...)
		f.done += i + 1
	}
	last := tail[f.done:]
	if len(last) == 0 || len(bytes.Trim(last, " "+string(f.mark))) == 0 {
		return f.lines
	}
	return append(f.lines, f.line(r, last, width)...)
}

func (f *fence) line(r *Renderer, line []byte, width int) []string {
	indent := min(len(line)-len(bytes.TrimLeft(line, " ")), f.indent)
	text := clean.Prose(flow.ExpandTabs(string(line[indent:])))
	return r.codeLine(r.plainCode(text), width)
}
