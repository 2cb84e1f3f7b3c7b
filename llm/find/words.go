package find

import (
	"strings"
	"sync"
	"unicode"
)

// stopWords say nothing about which tool is meant.
var stopWords = sync.OnceValue(func() map[string]bool {
	return setOf(`a an the of to in on at for from with by and or is are was were be been am do
	does did can could would will shall should i me my mine you your we us our it its this that these
	those there here what which who whom how when where why please just now not no so some any all as if into
	about up out down hey hi hello thanks thank want need like let lets ll s re ve t m use using tool
	call give tell have has had much many every each`)
})

// setOf is a list of words to look things up in.
func setOf(words string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

// Stop tells that a word, in lower case, says nothing about which tool is meant.
func Stop(word string) bool { return stopWords()[word] }

// Tells is the opposite of [Stop]; single letters tell nothing either.
func Tells(word string) bool { return len(word) > 1 && !Stop(word) }

// Words splits s into lower-case words; camelCase counts as two.
func Words(s string) []string {
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
		if !InWord(r) || unicode.IsUpper(r) && unicode.IsLower(before) {
			flush()
		}
		if InWord(r) {
			b.WriteRune(r)
		}
		before = r
	}
	flush()
	return out
}

// InWord tells whether a rune is part of a word.
func InWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Terms are the stems of the words in s that say something.
func Terms(s string) []string {
	var out []string
	for _, w := range Words(s) {
		if Tells(w) {
			out = append(out, Stem(w))
		}
	}
	return out
}

// Stems are the stems of all words in s.
func Stems(s string) []string {
	out := Words(s)
	for i := range out {
		out[i] = Stem(out[i])
	}
	return out
}

// Stem cuts an English ending off, roughly: what matters is that the forms of
// one word end up the same, not that the stem is a word.
func Stem(w string) string {
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
