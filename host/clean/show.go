package clean

import "strings"

// Line is the strict form on one line.
func Line(s string) string { return strings.ToValidUTF8(s, "?") }

// Block is the strict form with line breaks kept.
func Block(s string) string { return strings.ToValidUTF8(s, "?") }

// Prose is the form for conversation.
func Prose(s string) string { return strings.ToValidUTF8(s, "?") }
