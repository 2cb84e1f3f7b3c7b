package clean

import (
	"strings"
	"unicode/utf8"
)

// Line is the strict form on one line.
func Line(s string) string { return strings.ToValidUTF8(s, "?") }

// Block is the strict form with line breaks kept.
func Block(s string) string { return strings.ToValidUTF8(s, "?") }

// Prose is the form for conversation.
func Prose(s string) string { return strings.ToValidUTF8(s, "?") }

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
