package clean

import (
	"unicode/utf8"
)

// A form is one way to show foreign text.
type form struct {
	oneLine bool // line breaks and tabs are shown as symbols
	prose   bool // joiners stay where scripts and emoji need them
	spaces  int  // from this length on, a run of spaces is shown as its length
}

// Runs of spaces push text out of sight. On one line eight are already odd; in a
// block that long an indentation is common, half a screen's width is not.
const (
	lineSpaces  = 8
	blockSpaces = 40
)

// Line is the strict form on one line: everything that is hidden, or that could
// move, hide or reorder other text, is shown as a marker such as ‹U+202E›, ␛ or
// ␊. It never interprets escape sequences. Line(Line(s)) == Line(s).
func Line(s string) string { return show(s, form{oneLine: true, spaces: lineSpaces}) }

// Block is the strict form with line breaks kept and tabs as four spaces.
// Block(Block(s)) == Block(s).
func Block(s string) string { return show(s, form{spaces: blockSpaces}) }

// Prose is the form for conversation: as [Block], but CR LF is a line break,
// any space is a space, and the joiners stay that emoji and the Arabic and Indic
// scripts need. What changes the direction of text is still shown.
// Prose(Prose(s)) == Prose(s).
func Prose(s string) string { return show(s, form{prose: true, spaces: blockSpaces}) }

// Hidden counts the characters and stray bytes of s that [Block] must show by
// markers. Long runs of spaces do not count.
func Hidden(s string) int {
	f := form{spaces: blockSpaces}
	if f.passes(s) {
		return 0
	}
	return f.write(s).hidden
}

func show(s string, f form) string {
	if f.passes(s) {
		return s
	}
	return f.write(s).out.String()
}

// passes tells whether s is shown as it is, without looking at more than its
// bytes: plain ASCII, by far the commonest text.
func (f form) passes(s string) bool {
	spaces := 0
	for i := range len(s) {
		c := s[i]
		if c == ' ' {
			if spaces++; spaces >= f.spaces {
				return false
			}
			continue
		}
		spaces = 0
		if c < ' ' && (c != '\n' || f.oneLine) || c >= 0x7f {
			return false
		}
	}
	return true
}

func (f form) write(s string) *writer {
	w := &writer{form: f}
	w.out.Grow(len(s) + len(s)/8)
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			w.invalid(s[0])
		} else {
			w.add(r, s[n:])
		}
		s = s[n:]
	}
	w.settle()
	return w
}

// Head is as much of the start of s as fits into maxBytes bytes without cutting
// a character in two.
func Head(s string, maxBytes int) string {
	if len(s) <= maxBytes {
		return s
	}
	end := max(maxBytes, 0)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}
