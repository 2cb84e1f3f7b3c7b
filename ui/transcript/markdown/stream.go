package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"

	"switchboard/host/clean"
	"switchboard/ui/transcript/flow"
)

// A Stream lays out an answer while it is being written. Blocks that can no
// longer change, items of a long list too, are laid out once and kept; only the
// last one is laid out again as it grows. Where a whole answer differs from the
// sum of its parts (a link whose target is defined further down), [Stream.Close]
// puts it right.
type Stream struct {
	r      *Renderer
	source []byte
	width  int
	whole  bool // nothing more comes

	cut        int // source before it is in closed
	seam       seam
	references []parser.Reference
	closed     []string

	fence  *fence // the open block, if it is code
	parsed int    // source up to it is in block
	block  []string
	open   []string
}

// Stream starts an empty answer.
func (r *Renderer) Stream() *Stream { return &Stream{r: r} }

// Append adds the next piece of the answer.
func (s *Stream) Append(delta string) {
	start := max(len(s.source)-1, 0)
	s.source = append(s.source, delta...)
	if i := bytes.Index(s.source[start:], []byte("\r\n")); i >= 0 {
		rest := bytes.ReplaceAll(s.source[start:], []byte("\r\n"), []byte("\n"))
		s.source = append(s.source[:start], rest...)
	}
}

// Close tells that the answer is complete.
func (s *Stream) Close() { s.whole, s.width = true, 0 }

// Source is the answer so far, as it came but for its line ends.
func (s *Stream) Source() string { return string(s.source) }

// Len is the length of the source in bytes.
func (s *Stream) Len() int { return len(s.source) }

// Restyle goes over to another renderer.
func (s *Stream) Restyle(r *Renderer) { s.r, s.width = r, 0 }

// Lines gives the answer so far in lines of at most width cells: those that stay
// as they are, and those that may still change. Both are valid until the next
// call.
func (s *Stream) Lines(width int) (closed, open []string) {
	width = max(width, 1)
	if s.width != width {
		s.width = width
		s.restart()
	}
	if !s.whole {
		s.advance()
	}
	return s.closed, s.open
}

// restart lays out everything for a new width.
func (s *Stream) restart() {
	s.block, s.open, s.parsed = nil, nil, s.cut
	end := s.cut
	if s.whole {
		end = len(s.source)
	}
	s.closed = s.r.Render(string(s.source[:end]), s.width)
	if s.fence != nil {
		s.fence.restart(s.lead())
	}
}

// advance brings the layout up to the end of the source.
func (s *Stream) advance() {
	if s.fence != nil && !s.endFence() {
		s.open = s.fence.layout(s.r, s.source[s.cut:], s.width)
		return
	}
	if len(s.source) == s.parsed {
		return
	}
	if !s.due() {
		s.open = append(s.block[:len(s.block):len(s.block)], s.unparsed()...)
		return
	}
	s.settle()
	s.parsed = len(s.source)
	if s.fence != nil {
		s.advance()
		return
	}
	s.block = s.layout(s.source[s.cut:])
	s.open = s.block
}

// An open block up to freeLength bytes is parsed at every call; a longer one
// each time it grew by a sixteenth, so that the cost per byte stays level.
const freeLength = 8 << 10

func (s *Stream) due() bool {
	tail := len(s.source) - s.cut
	return tail <= freeLength || s.parsed <= s.cut || len(s.source)-s.parsed >= tail/16
}

// unparsed shows what came since the open block was parsed last, as it came.
func (s *Stream) unparsed() []string {
	text := clean.Prose(flow.ExpandTabs(string(s.source[s.parsed:])))
	return flow.Text(text, "", s.width)
}

// settle moves the blocks that are complete to the closed lines. Only complete
// lines count: half a line can still turn out to be something else.
func (s *Stream) settle() {
	tail := s.source[s.cut:]
	tail = tail[:bytes.LastIndexByte(tail, '\n')+1]
	if len(tail) == 0 {
		return
	}
	w := s.r.walk(tail, s.references)
	w.highlight = true
	last := growing(w.root)
	if last == nil {
		return
	}
	start := lineStart(tail, last)
	if start < 0 {
		return
	}
	s.settleUpTo(w, last)
	s.settleItems(w, last, start)
	s.cut += start
	if last.Kind() == ast.KindFencedCodeBlock {
		s.fence = newFence(tail[start:], s.lead())
	}
}

func (s *Stream) settleUpTo(w *walk, last ast.Node) {
	lines, next := w.document(w.root.FirstChild(), last, s.seam, s.width)
	if w.root.FirstChild() == last {
		return
	}
	if len(lines) > 0 {
		s.closed = append(append(s.closed, s.lead()...), lines...)
	}
	s.seam, s.references = next, w.references()
}

// settleItems moves the items of a growing list but the last. The list begins
// at start.
func (s *Stream) settleItems(w *walk, last ast.Node, start int) {
	list, ok := last.(*ast.List)
	if !ok || list.ChildCount() < 2 {
		return
	}
	item := list.LastChild()
	end := lineStart(w.source, item)
	if end < 0 {
		return
	}
	from := s.seam
	if !from.list {
		from.number = list.Start
	}
	lines := w.items(list, list.FirstChild(), item, from, s.width)
	s.closed = append(append(s.closed, s.lead()...), lines...)
	s.cut += end - start
	s.seam = seam{list: true, number: from.number + list.ChildCount() - 1, loose: item.HasBlankPreviousLines()}
	s.references = w.references()
}

// layout lays out source, which follows the closed lines.
func (s *Stream) layout(source []byte) []string {
	w := s.r.walk(source, s.references)
	lines, _ := w.document(w.root.FirstChild(), nil, s.seam, s.width)
	if len(lines) == 0 {
		return nil
	}
	return append(s.lead(), lines...)
}

// lead is the blank line between the closed lines and the next, if one belongs
// there.
func (s *Stream) lead() []string {
	if len(s.closed) == 0 || s.seam.heading || s.seam.list {
		return nil
	}
	return []string{""}
}

// endFence closes the open code block if its last fence has come. It tells
// whether there is no open code block any more.
func (s *Stream) endFence() bool {
	end := s.fence.end(s.source[s.cut:])
	if end < 0 {
		return false
	}
	w := s.r.walk(s.source[s.cut:s.cut+end], s.references)
	w.highlight = true
	lines, next := w.document(w.root.FirstChild(), nil, s.seam, s.width)
	s.closed = append(append(s.closed, s.lead()...), lines...)
	s.cut += end
	s.parsed, s.block, s.open = s.cut, nil, nil
	s.seam, s.fence = next, nil
	return true
}
