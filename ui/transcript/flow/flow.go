// Package flow lays styled text into lines of a width. It measures in terminal
// cells by grapheme, breaks between words and between wide characters, and gives
// lines that stand alone: every style that a line opens it also closes.
package flow

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// A Span is text in one style. The text must be cleaned already; a line feed in
// it breaks the line.
type Span struct {
	Text string
	SGR  string // the sequence that opens the style, "" for the terminal's own
}

const reset = "\x1b[m"

// SGR gives the sequence that opens a style; see [Paint] for closing it.
func SGR(s lipgloss.Style) string {
	opening, _, _ := strings.Cut(s.Render("x"), "x")
	return opening
}

// Paint puts text into a style.
func Paint(sgr, text string) string {
	if sgr == "" || text == "" {
		return text
	}
	return sgr + text + reset
}

// Cells measures s, which may be styled, in terminal cells.
func Cells(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}

// Cut shortens s, which may be styled, to at most width cells; what was cut
// shows as an ellipsis.
func Cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if Cells(s) <= width {
		return s
	}
	return ansi.Truncate(s, width, "…")
}

// ExpandTabs replaces tabs by spaces up to the next column that is a multiple of
// four.
func ExpandTabs(s string) string {
	if !strings.Contains(s, "\t") {
		return s
	}
	var out strings.Builder
	column := 0
	for len(s) > 0 {
		i := strings.IndexAny(s, "\t\n")
		if i < 0 {
			out.WriteString(s)
			break
		}
		out.WriteString(s[:i])
		column += Cells(s[:i])
		if s[i] == '\n' {
			out.WriteByte('\n')
			column = 0
		} else {
			pad := 4 - column%4
			out.WriteString("    "[:pad])
			column += pad
		}
		s = s[i+1:]
	}
	return out.String()
}

// cluster gives the first grapheme of s and its width.
func cluster(s string) (string, int) {
	if c := s[0]; c >= ' ' && c <= '~' && (len(s) == 1 || s[1] < 0x80) {
		return s[:1], 1
	}
	g, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return g, w
}
