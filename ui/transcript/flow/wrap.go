package flow

import "strings"

// Wrap lays spans into lines of at most width cells, broken between words.
// Spaces at a break are dropped; spaces that begin a line of the text are kept.
// No text gives no lines.
func Wrap(spans []Span, width int) []string {
	w := wrapper{width: max(width, 1)}
	for _, s := range spans {
		w.span(s)
	}
	w.flush()
	if len(w.line.buf) > 0 {
		w.line.feed()
	}
	return w.line.lines
}

// Text is [Wrap] for text in one style. An empty line of the text stays one.
func Text(text, sgr string, width int) []string {
	return Wrap([]Span{{Text: text, SGR: sgr}}, width)
}

// Hard lays one line of text into lines of at most width cells, broken wherever
// they are full, every space kept. No text gives one empty line.
func Hard(spans []Span, width int) []string {
	var l line
	for _, s := range spans {
		l.split(s.Text, s.SGR, max(width, 1))
	}
	l.feed()
	return l.lines
}

// A wrapper collects one word at a time: the pieces of it, of several styles
// perhaps, and the spaces before it.
type wrapper struct {
	width int
	line  line

	word  []Span
	cells int    // of the word
	last  string // its last grapheme
	wide  bool   // that grapheme takes two cells

	gap    int
	gapSGR string
}

func (w *wrapper) span(s Span) {
	text, start := s.Text, 0
	for i := 0; i < len(text); {
		if c := text[i]; c == ' ' || c == '\n' {
			w.push(text[start:i], s.SGR)
			w.blank(c, s.SGR)
			i++
			start = i
			continue
		}
		g, cells := cluster(text[i:])
		if w.breaks(g, cells) {
			w.push(text[start:i], s.SGR)
			w.flush()
			start = i
		}
		w.cells += cells
		w.last, w.wide = g, cells > 1
		i += len(g)
	}
	w.push(text[start:], s.SGR)
}

// push adds a piece to the word; its cells are counted already.
func (w *wrapper) push(text, sgr string) {
	if text != "" {
		w.word = append(w.word, Span{text, sgr})
	}
}

func (w *wrapper) blank(c byte, sgr string) {
	w.flush()
	if c == '\n' {
		w.line.feed()
		w.gap = 0
		return
	}
	w.gap++
	w.gapSGR = sgr
}

// Closing marks do not begin a line and opening ones do not end it.
const (
	closing = "、。，．：；！？）］｝】」』》〉〕”’…ー,.:;!?)]}%"
	opening = "（［｛【「『《〈〔“‘([{"
)

// breaks tells whether the line may break before g, where no space is.
func (w *wrapper) breaks(g string, cells int) bool {
	if w.last == "" || (cells < 2 && !w.wide) {
		return false
	}
	return !strings.Contains(closing, g) && !strings.Contains(opening, w.last)
}

// flush sets the word into the line, or into the next.
func (w *wrapper) flush() {
	if len(w.word) == 0 {
		return
	}
	defer w.restart()
	if w.line.cells+w.gap+w.cells <= w.width {
		w.space()
		w.set()
		return
	}
	if w.cells <= w.width {
		if w.line.cells > 0 {
			w.line.feed()
		}
		w.set()
		return
	}
	if w.line.cells+w.gap < w.width*3/4 {
		w.space()
	} else if w.line.cells > 0 {
		w.line.feed()
	}
	for _, p := range w.word {
		w.line.split(p.Text, p.SGR, w.width)
	}
}

func (w *wrapper) restart() {
	w.word, w.cells, w.last, w.wide, w.gap = w.word[:0], 0, "", false, 0
}

func (w *wrapper) space() {
	if w.gap > 0 {
		w.line.write(strings.Repeat(" ", w.gap), w.gapSGR, w.gap)
	}
}

func (w *wrapper) set() {
	for i, p := range w.word {
		cells := 0
		if i == 0 {
			cells = w.cells
		}
		w.line.write(p.Text, p.SGR, cells)
	}
}
