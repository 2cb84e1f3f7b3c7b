package inspector

import (
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
)

// maxQuote bounds how much of a foreign text is laid out, in bytes.
const maxQuote = 256 << 10

// A quote is somebody else's text behind a rule. It is laid out once for a width,
// since it may be long.
type quote struct {
	of    string
	w     int
	name  string // of the theme
	lines []string
}

// draw gives the lines of a text; the same slice until something changes.
func (q *quote) draw(th theme.Theme, text clean.Text, w int) []string {
	if q.lines != nil && q.w == w && q.name == th.Name && q.of == text.Raw() {
		return q.lines
	}
	s := &sheet{theme: th, w: w}
	s.quoted(clean.Block(clean.Head(text.Raw(), maxQuote)))
	if rest := len(text.Raw()) - maxQuote; rest > 0 {
		s.add(th.Warn.Render("… " + amount.Bytes(rest) + " more"))
	}
	*q = quote{text.Raw(), w, th.Name, s.lines}
	return q.lines
}
