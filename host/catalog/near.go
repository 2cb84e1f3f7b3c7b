package catalog

import (
	"cmp"
	"slices"
	"strings"
)

const (
	maxNear = 5 // names that an [UnknownError] lists
	minPart = 4 // bytes of a name that are taken for a word
)

// near lists offered names that somebody who said name may have meant.
func (c *Catalog) near(name string) []string {
	type candidate struct {
		name string
		far  int
	}
	said := fold(head(tidy(name), maxName))
	var found []candidate
	for _, e := range c.entries {
		if far := apart(said, fold(e.Name)); far <= limit(said) {
			found = append(found, candidate{e.Name, far})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.far, b.far) })
	var names []string
	for _, f := range found[:min(len(found), maxNear)] {
		names = append(names, f.name)
	}
	return names
}

// limit is how far a name may be and still be meant.
func limit(said string) int { return 1 + len(said)/4 }

// apart is how far two folded names are: 1 where only a server's prefix differs
// or one holds the other, else the number of single edits.
func apart(a, b string) int {
	if a != b && (baseName(a) == baseName(b) || holds(a, b) || holds(b, a)) {
		return 1
	}
	return edits(a, b)
}

// holds tells whether a name holds another that is long enough to mean something.
func holds(name, part string) bool {
	return len(part) >= minPart && strings.Contains(name, part)
}

// baseName is a name without a server's prefix.
func baseName(name string) string {
	if i := strings.LastIndex(name, separator); i >= 0 {
		return name[i+len(separator):]
	}
	return name
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
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
