package config

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host/clean"
	"switchboard/host/near"
)

// maxShown is how many cells a foreign text takes in a message.
const maxShown = 80

// shown makes a foreign text fit for a message: on one line, nothing hidden, not
// long, and no secret that was put in the wrong place.
func shown(s string) string {
	if looksSecret(s) {
		return "(what looks like a secret)"
	}
	return ansi.Truncate(clean.Line(s), maxShown, "…")
}

// shownPath is shown for a path: where it is too long its end is kept, which names
// the file.
func shownPath(path string) string {
	whole := clean.Line(path)
	if over := ansi.StringWidth(whole) - maxShown; over > 0 && !looksSecret(path) {
		return ansi.TruncateLeft(whole, over+1, "…")
	}
	return shown(path)
}

func quoted(s string) string { return `"` + shown(s) + `"` }

// oneOf lists choices: "a", "b" or "c".
func oneOf(choices []string) string {
	if len(choices) == 1 {
		return `"` + choices[0] + `"`
	}
	last := len(choices) - 1
	return `"` + strings.Join(choices[:last], `", "`) + `" or "` + choices[last] + `"`
}

// didYouMean is a hint that names the word nearest to s; empty when none is near.
func didYouMean(s string, known []string) string {
	if word := nearest(s, known); word != "" {
		return `did you mean "` + word + `"?`
	}
	return ""
}

// nearest finds the known word that s is a slip of, in whatever capitals and
// separators; empty when it is none's.
func nearest(s string, known []string) string {
	spellings := func(yield func(spelling, word string) bool) {
		for _, k := range known {
			if !yield(bare(k), k) {
				return
			}
		}
	}
	if words := near.Names(bare(s), spellings, 1); len(words) > 0 {
		return words[0]
	}
	return ""
}

// bare leaves out what people vary when they write the same word.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
