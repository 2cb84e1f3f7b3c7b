// Package lookalike finds letters that pass for others: a Cyrillic а in a Latin
// word, a fraction slash in a path, a curly quote in a command. It is pure and knows
// what Unicode's security mechanisms (UTS #39) say of mixed scripts, for the scripts
// whose letters are taken for Latin ones.
package lookalike

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Show puts the code point behind every letter of a text that passes for another,
// as in pа‹U+0430›ypal, and counts them. Text that is in one script throughout, in
// whichever, stays as it is.
func Show(text string) (shown string, count int) { return show(text, false) }

// ShowLine is [Show] for a line that may be a command, a path or a name: signs that
// pass for quotes, slashes, dots and the like are marked as well, except for the
// apostrophe within a word.
func ShowLine(text string) (shown string, count int) { return show(text, true) }

func show(text string, signs bool) (string, int) {
	if ascii(text) {
		return text, 0
	}
	var out strings.Builder
	count := 0
	for len(text) > 0 {
		n := compound(text)
		if n == 0 { // white space
			_, n = utf8.DecodeRuneInString(text)
			out.WriteString(text[:n])
		} else {
			count += mark(&out, []rune(text[:n]), signs)
		}
		text = text[n:]
	}
	return out.String(), count
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// compound is the length of what s begins with up to the next white space: a word,
// a path, an address.
func compound(s string) int {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return i
	}
	return len(s)
}

// mark writes a compound and the code points behind the letters that do not belong.
func mark(out *strings.Builder, runes []rune, signs bool) (count int) {
	latin := hasLatin(runes)
	for i := 0; i < len(runes); {
		end := i + word(runes[i:])
		if end == i {
			end++
		}
		odd := oddOnes(runes[i:end], latin)
		for j := i; j < end; j++ {
			out.WriteRune(runes[j])
			if odd(runes[j]) || disguised(runes[j]) || signs && sign(runes, j) {
				fmt.Fprintf(out, "‹U+%04X›", runes[j])
				count++
			}
		}
		i = end
	}
	return count
}

// word is how many letters, marks and digits runes begin with.
func word(runes []rune) int {
	for i, r := range runes {
		if !unicode.In(r, unicode.L, unicode.M, unicode.N) {
			return i
		}
	}
	return len(runes)
}

// oddOnes tells the letters of a word that do not belong in it: those that are not
// of the script most of its letters are of, or all of them when the word is made of
// Latin's twins alone and stands beside Latin words in one compound.
func oddOnes(word []rune, besideLatin bool) func(rune) bool {
	counts := map[script]int{}
	twins := 0
	for _, r := range word {
		if s := scriptOf(r); s != other {
			counts[s]++
		}
		if twin(r) {
			twins++
		}
	}
	switch {
	case len(counts) > 1:
		most := mainOf(counts)
		return func(r rune) bool { s := scriptOf(r); return s != other && s != most }
	case besideLatin && twins > 0 && twins == counts[cyrillic]+counts[greek]:
		return twin
	}
	return func(rune) bool { return false }
}

// mainOf is the script of the most letters; Latin where none has more.
func mainOf(counts map[script]int) script {
	most := latin
	for _, s := range []script{cyrillic, greek} {
		if counts[s] > counts[most] {
			most = s
		}
	}
	return most
}

func hasLatin(runes []rune) bool {
	for _, r := range runes {
		if scriptOf(r) == latin {
			return true
		}
	}
	return false
}

// sign tells whether a rune passes for a sign that means something to a shell, a
// path or an address.
func sign(runes []rune, i int) bool {
	r := runes[i]
	if r == '’' && i > 0 && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1]) {
		return false // an apostrophe
	}
	return strings.ContainsRune(signTwins, r)
}
