package config

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host/clean"
)

// shown makes a foreign text fit for a message: on one line, nothing hidden, not
// long, and no secret that was put in the wrong place.
func shown(s string) string {
	if looksSecret(s) {
		return "(what looks like a secret)"
	}
	return ansi.Truncate(clean.Line(s), 80, "…")
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
	if near := nearest(s, known); near != "" {
		return `did you mean "` + near + `"?`
	}
	return ""
}

// nearest finds the known word that s is a slip of: other capitals, other
// separators, or one change for every three letters.
func nearest(s string, known []string) string {
	if len(s) > 40 {
		return ""
	}
	best, least := "", len(s)
	for _, k := range known {
		d := distance(bare(s), bare(k))
		if d <= max(1, len(k)/3) && d < len(bare(k)) && d < least {
			best, least = k, d
		}
	}
	return best
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

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
