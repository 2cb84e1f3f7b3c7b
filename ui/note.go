package ui

import (
	"time"
	"unicode/utf8"

	"switchboard/ui/amount"
)

// noteTime is how long a note stays.
const noteTime = 4 * time.Second

// A note is a short word to the person in the status line.
type note struct {
	text  string
	until time.Time
}

func (n note) over(now time.Time) bool { return n.text != "" && !now.Before(n.until) }

// say shows a note for a while.
func (m *Model) say(text string) { m.note = note{text, m.now().Add(noteTime)} }

func characters(s string) string { return amount.Count(utf8.RuneCountInString(s), "character") }
