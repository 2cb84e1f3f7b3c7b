package inspector

import (
	"strings"

	"switchboard/theme"
	"switchboard/ui/cells"
	"switchboard/ui/list"
)

// A page is lines that one scrolls through.
type page struct {
	lines []string
	top   int
	rows  int // that it had room for when it was last drawn
}

// view is the part of the page in sight, h rows.
func (p *page) view(h int) []string {
	p.rows = h
	p.top = max(0, min(p.top, len(p.lines)-h))
	return cells.Block(p.lines[p.top:], h)
}

// below is how many lines lie below what is in sight.
func (p *page) below() int { return max(0, len(p.lines)-p.top-p.rows) }

func (p *page) scroll(n int) { p.top = max(0, min(p.top+n, len(p.lines)-p.rows)) }

// press takes the keys that scroll.
func (p *page) press(key string) bool {
	switch key {
	case "up", "k":
		p.scroll(-1)
	case "down", "j":
		p.scroll(1)
	case "pgup":
		p.scroll(1 - p.rows)
	case "pgdown":
		p.scroll(p.rows - 1)
	case "home", "g":
		p.top = 0
	case "end", "G":
		p.scroll(len(p.lines))
	default:
		return false
	}
	return true
}

// A sheet collects the lines of a page, w cells wide.
type sheet struct {
	theme theme.Theme
	w     int
	lines []string
}

// labelWidth is the column of the names of facts.
const labelWidth = 12

func (s *sheet) add(lines ...string) { s.lines = append(s.lines, lines...) }

// gap is one empty line between two parts, none at the beginning.
func (s *sheet) gap() {
	if n := len(s.lines); n > 0 && s.lines[n-1] != "" {
		s.add("")
	}
}

// heading begins a part of the page.
func (s *sheet) heading(text string) {
	s.gap()
	s.add(s.theme.Strong.Render(cells.Cut(text, s.w)))
}

// fact is a name and what there is to say, wrapped beside it; nothing for "".
func (s *sheet) fact(name, said string) {
	if said == "" {
		return
	}
	label := min(labelWidth, s.w/3)
	head := s.theme.Muted.Render(cells.Fit(name, label))
	for _, l := range cells.Wrap(said, max(8, s.w-label-1)) {
		s.add(cells.Cut(head+" "+l, s.w))
		head = strings.Repeat(" ", label)
	}
}

// prose is text wrapped at spaces.
func (s *sheet) prose(text string) {
	for l := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		s.add(cells.Wrap(l, s.w)...)
	}
}

// quoted is somebody else's lines behind a rule, broken and never cut.
func (s *sheet) quoted(text string) {
	edge := s.theme.Faint.Render("│ ")
	for l := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		for _, part := range cells.Chop(l, max(8, s.w-2)) {
			s.add(edge + part)
		}
	}
}

// filterRow is what narrows a list down, while something does.
func (s *sheet) filterRow(f *list.Filter, left, all string) {
	if f.On() {
		s.add(f.Row(s.theme, left, all, s.w))
	}
}
