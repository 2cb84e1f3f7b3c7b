// Package cells shapes text to terminal cells: cut, padded or wrapped to a width,
// measured as a terminal draws it and with styles left alone.
package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width is how many cells s takes on a line, escape sequences not counted.
func Width(s string) int { return ansi.StringWidth(s) }

// Cut shortens s to at most w cells; what is cut ends in "…".
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if Width(s) <= w {
		return s
	}
	return ansi.Truncate(s, w, "…")
}

// Fit makes s exactly w cells wide: cut, or padded with spaces.
func Fit(s string, w int) string {
	s = Cut(s, w)
	return s + strings.Repeat(" ", max(0, w-Width(s)))
}

// Wrap breaks prose at spaces to lines of at most w cells; a word that is longer
// is broken. Line breaks in s are kept.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	var out []string
	for line := range strings.SplitSeq(ansi.Wrap(s, w, ""), "\n") {
		// ansi.Wrap does not count the spaces that a line begins with.
		out = append(out, Chop(line, w)...)
	}
	return out
}

// Chop breaks s every w cells and drops nothing, not even a space. It is for
// text that must be seen as it is.
func Chop(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	return strings.Split(ansi.Hardwrap(s, w, true), "\n")
}

// Block makes lines exactly h long: cut at the end, or filled up with empty ones.
func Block(lines []string, h int) []string {
	if len(lines) >= h {
		return lines[:max(0, h)]
	}
	return append(lines[:len(lines):len(lines)], make([]string, h-len(lines))...)
}
