package clean

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

const (
	// maxMarks is how many combining marks one character may carry; living
	// languages need up to four.
	maxMarks = 4
	tabWidth = 4
	// dottedCircle carries a mark that would else sit on our own text.
	dottedCircle = '◌'
)

// A writer shows text rune by rune. What it decides about a rune depends on what
// it wrote before and on the next rune alone, and never on a rune that it
// replaces; so its output, shown again, stays as it is.
type writer struct {
	form
	out    strings.Builder
	hidden int // see [Hidden]

	spaces int  // of a run that is not written yet
	based  bool // there is something on this line that a mark can sit on
	marks  int  // on the last character, written or not

	last    rune // the last rune if it was written as it came, else 0
	emoji   bool // an emoji that a joiner may extend was just written
	joining bool // a letter of a joining script, with its marks, was just written
}

// add shows a rune that rest follows.
func (w *writer) add(r rune, rest string) {
	switch {
	case common(r):
		w.letter(r)
	case r == ' ', w.prose && unicode.Is(unicode.Zs, r):
		w.space(1)
	case r == '\t' && !w.oneLine:
		w.space(tabWidth)
	case r == '\n' && !w.oneLine:
		w.newline()
	case r == '\r' && w.prose && strings.HasPrefix(rest, "\n"):
	case w.prose && w.keeps(r, rest):
		w.keep(r)
	case hidden(r):
		w.hidden++
		w.marker(symbol(r))
	case r == '\n', r == '\t':
		w.marker(symbol(r))
	case unicode.Is(unicode.M, r):
		w.mark(r)
	default:
		w.letter(r)
	}
}

// letter writes a rune that stands for itself.
func (w *writer) letter(r rune) {
	w.settle()
	w.out.WriteRune(r)
	w.last, w.based = r, true
	if w.prose {
		w.emoji = pictographic(r) || w.emoji && skinTone(r)
		w.joining = joiningLetter(r)
	}
}

// keep writes a joiner or selector that belongs where it is.
func (w *writer) keep(r rune) {
	w.out.WriteRune(r)
	w.last = r
}

// mark writes a combining mark, or counts it when the character has enough.
func (w *writer) mark(r rune) {
	w.flushSpaces()
	if !w.based {
		w.letter(dottedCircle)
	}
	w.marks++
	w.emoji = false
	if w.marks > maxMarks {
		w.hidden++
		return
	}
	w.out.WriteRune(r)
	w.last = r
}

func (w *writer) space(width int) {
	w.flushMarks()
	w.spaces += width
	w.last, w.based, w.emoji, w.joining = ' ', true, false, false
}

func (w *writer) newline() {
	w.settle()
	w.out.WriteByte('\n')
	w.last, w.based, w.emoji, w.joining = '\n', false, false, false
}

// marker writes our own text in the place of something that must not be shown.
func (w *writer) marker(text string) {
	w.settle()
	w.out.WriteString(text)
	w.last, w.based, w.emoji, w.joining = 0, true, false, false
}

func (w *writer) invalid(b byte) {
	w.hidden++
	w.marker(fmt.Sprintf("‹%02X›", b))
}

// settle writes what was held back: spaces or marks that had to be counted.
func (w *writer) settle() {
	w.flushSpaces()
	w.flushMarks()
}

func (w *writer) flushSpaces() {
	n := w.spaces
	w.spaces = 0
	if n < w.form.spaces {
		for range n {
			w.out.WriteByte(' ')
		}
		return
	}
	w.out.WriteString("␠×" + strconv.Itoa(n))
	w.last = 0
}

func (w *writer) flushMarks() {
	more := w.marks - maxMarks
	w.marks = 0
	if more <= 0 {
		return
	}
	w.last, w.emoji, w.joining = 0, false, false
	if more == 1 {
		w.out.WriteString("‹+1 mark›")
		return
	}
	fmt.Fprintf(&w.out, "‹+%d marks›", more)
}
