package catalog

import (
	"regexp"
	"strings"

	"github.com/aymanbagabas/go-udiff/lcs"

	"switchboard/host/clean"
)

// maxWords bounds the words that are compared one by one; longer texts differ as
// wholes.
const maxWords = 4000

// A DiffKind says what became of a piece of text, or of a field.
type DiffKind string

// The kinds of differences. No [Segment] is Changed, no [Change] is Kept.
const (
	Kept    DiffKind = "kept"
	Removed DiffKind = "removed"
	Added   DiffKind = "added"
	Changed DiffKind = "changed"
)

// A Segment is a run of words. The kept and removed segments of a comparison make
// up the old text, the kept and added ones the new.
type Segment struct {
	Kind DiffKind
	Text clean.Text
}

// token is a word, or the white space between two.
var token = regexp.MustCompile(`\s+|\S+`)

// Words compares two texts word by word.
func Words(before, after clean.Text) []Segment {
	a, b := token.FindAllString(before.Raw(), maxWords+1), token.FindAllString(after.Raw(), maxWords+1)
	var s segments
	if len(a) > maxWords || len(b) > maxWords {
		if before == after {
			return s.add(Kept, before.Raw())
		}
		return s.add(Removed, before.Raw()).add(Added, after.Raw())
	}
	at := 0
	for _, d := range lcs.DiffLines(a, b) {
		s = s.add(Kept, a[at:d.Start]...).add(Removed, a[d.Start:d.End]...).add(Added, b[d.ReplStart:d.ReplEnd]...)
		at = d.End
	}
	return s.add(Kept, a[at:]...)
}

type segments []Segment

// add appends words, to the last segment where that is of the same kind.
func (s segments) add(kind DiffKind, words ...string) segments {
	text := strings.Join(words, "")
	if text == "" {
		return s
	}
	if last := len(s) - 1; last >= 0 && s[last].Kind == kind {
		s[last].Text = clean.Foreign(s[last].Text.Raw() + text)
		return s
	}
	return append(s, Segment{kind, clean.Foreign(text)})
}
