package offline

import (
	"strings"
	"unicode"
)

// A set is a fixed list of words to look things up in.
type set map[string]bool

func setOf(words string) set {
	s := set{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

// Words that say nothing about which tool is meant.
var stopWords = setOf(`a an the of to in on at for from with by and or is are was were be been am do
	does did can could would will shall should i me my mine you your we us our it its this that these
	those there here what which who whom how when where why please just now not no so some any all as if into
	about up out down hey hi hello thanks thank want need like let lets ll s re ve t m use using tool
	call give tell have has had much many every each`)

// Words that begin a sentence with a capital letter without being a name.
var openers = setOf(`hi hello hey thanks thank ok okay yes no sure good great nice compare draw dump
	whose did put note who's what's where's let's don't i'd i'm`)

// words splits s into lower-case words; camelCase counts as two.
func words(s string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			out = append(out, strings.ToLower(b.String()))
			b.Reset()
		}
	}
	var before rune
	for _, r := range s {
		if !isWordRune(r) || unicode.IsUpper(r) && unicode.IsLower(before) {
			flush()
		}
		if isWordRune(r) {
			b.WriteRune(r)
		}
		before = r
	}
	flush()
	return out
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// terms are the stems of the words in s that say something.
func terms(s string) []string {
	var out []string
	for _, w := range words(s) {
		if says(w) {
			out = append(out, stem(w))
		}
	}
	return out
}

// stems are the stems of all words in s.
func stems(s string) []string {
	out := words(s)
	for i := range out {
		out[i] = stem(out[i])
	}
	return out
}

func says(word string) bool { return len(word) > 1 && !stopWords[word] }

// stem cuts an English ending off, roughly: what matters is that the forms of
// one word end up the same, not that the stem is a word.
func stem(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 5 && strings.HasSuffix(w, "ing"):
		w = undouble(w[:len(w)-3])
	case len(w) > 4 && strings.HasSuffix(w, "ed"):
		w = undouble(w[:len(w)-2])
	case len(w) > 4 && (strings.HasSuffix(w, "ses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "ches")):
		w = w[:len(w)-2]
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		w = w[:len(w)-1]
	}
	return strings.TrimSuffix(w, "e")
}

// undouble makes "runn" of "running" into "run".
func undouble(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}
