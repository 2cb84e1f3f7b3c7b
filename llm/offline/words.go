package offline

import "strings"

// A set is a fixed list of words to look things up in.
type set map[string]bool

func setOf(words string) set {
	s := set{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

// Words that begin a sentence with a capital letter without being a name.
var openers = setOf(`hi hello hey thanks thank ok okay yes no sure good great nice compare draw dump
	whose did put note who's what's where's let's don't i'd i'm`)
