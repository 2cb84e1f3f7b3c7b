package clock

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// suggestions is how many near names an error offers.
	suggestions = 3
	// maxCompared bounds in bytes the names that are compared letter by letter.
	maxCompared = 64
)

// near lists the zones whose names, or whose cities' names, are most like name.
func (z zones) near(name string) []string {
	wanted := fold(name)
	if len(wanted) > maxCompared {
		return nil
	}
	best := map[string]int{}
	for known, zone := range z {
		far, ok := distance(wanted, known)
		if old, seen := best[zone]; ok && (!seen || far < old) {
			best[zone] = far
		}
	}
	var names []string
	for zone := range best {
		names = append(names, zone)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(best[a], best[b]), cmp.Compare(a, b))
	})
	return names[:min(len(names), suggestions)]
}

// distance tells how unlike two names are, and whether they are alike at all: a
// part of the other counts as one slip, else a third of the letters may differ.
func distance(wanted, known string) (int, bool) {
	if len(wanted) >= 4 && strings.Contains(known, wanted) {
		return 1, true
	}
	slips := edits(wanted, known)
	return slips, slips <= max(1, len(wanted)/3)
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
