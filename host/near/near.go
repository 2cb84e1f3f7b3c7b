// Package near suggests what a misspelt word may have meant.
package near

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

const (
	// longest bounds in bytes the words that are compared at all.
	longest = 64
	// telling is how many bytes of a word are enough to stand for it.
	telling = 4
)

// Names lists at most most names that somebody who wrote said may have meant, the
// nearest first and equals by the alphabet. Each pair of known is a spelling and
// the name that it stands for; said and the spellings are compared as they are, so
// both come in the caller's folded form. A spelling is near when one of the two
// words holds the other, or when a third of the shorter one's bytes differ, one
// byte at least and never all of them.
func Names(said string, known iter.Seq2[string, string], most int) []string {
	if len(said) > longest {
		return nil
	}
	slips := map[string]int{}
	for spelling, name := range known {
		n, ok := distance(said, spelling)
		if least, seen := slips[name]; ok && (!seen || n < least) {
			slips[name] = n
		}
	}
	var names []string
	for name := range slips {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(slips[a], slips[b]), cmp.Compare(a, b))
	})
	return names[:min(len(names), most)]
}

// distance tells how unlike two words are, and whether they are alike at all. A
// word that holds the other counts as one slip.
func distance(a, b string) (slips int, alike bool) {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a != b && len(a) >= telling && strings.Contains(b, a) {
		return 1, true
	}
	allowed := min(max(1, len(a)/3), len(a)-1)
	if len(b)-len(a) > allowed {
		return 0, false
	}
	slips = edits(a, b)
	return slips, slips <= allowed
}

// edits is the Levenshtein distance in bytes.
func edits(a, b string) int {
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
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
