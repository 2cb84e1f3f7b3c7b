package offline

import (
	"slices"
	"strings"

	"switchboard/llm/find"
)

// This file finds values that no entity marks: the rest of a sentence behind a
// word that announces it.

// Days that are named from today's point of view.
var dayWords = setOf("today tomorrow yesterday")

// dateWord takes "today" for a parameter whose description knows such words.
func (f *filler) dateWord(p param) finder {
	return func() (string, bool) {
		for _, w := range find.Words(f.text) {
			if dayWords[w] && strings.Contains(p.about, "today") {
				return w, true
			}
		}
		return "", false
	}
}

// Words that end a place written in small letters.
var afterPlace = setOf(`today tomorrow tonight now right currently please over this next in for at on and
	or during with until the like be is`)

// placeTail reads a place in small letters: "weather in new york tomorrow".
func (f *filler) placeTail() (string, bool) {
	rest, ok := f.after(cues[place])
	if !ok {
		return "", false
	}
	var found []string
	for _, w := range strings.Fields(rest) {
		word := strings.Trim(w, ".,;:?!")
		if afterPlace[strings.ToLower(word)] || !plainWord().MatchString(word) || len(found) == 3 {
			break
		}
		found = append(found, word)
		if word != w {
			break
		}
	}
	return strings.Join(found, " "), len(found) > 0
}

// searchTail reads "search for release notes".
func (f *filler) searchTail() (string, bool) {
	rest, ok := f.after(cues[search])
	if !ok {
		return "", false
	}
	return nonEmpty(trimPhrase(f.withoutScope(rest)))
}

// proseParts are the ways to announce a text, the most explicit first.
func (f *filler) proseParts() []finder {
	tail := func(cues ...string) finder {
		return func() (string, bool) {
			rest, _ := f.after(cues)
			return nonEmpty(trimSpaceAndStop(rest))
		}
	}
	return []finder{
		f.takes(quoted), f.afterColon, tail("saying", "says"), f.earlierResult,
		tail("that"), tail("say", "echo"), tail("to"), tail("about"), f.remainder,
	}
}

var colonPattern = lazy(`:\s+(.+)$`)

func (f *filler) afterColon() (string, bool) {
	if m := colonPattern().FindStringSubmatch(f.text); m != nil {
		return nonEmpty(trimSpaceAndStop(m[1]))
	}
	return "", false
}

// longestQuote bounds how much of an earlier result is handed on, in bytes.
const longestQuote = 4000

// earlierResult is what "it" stands for.
func (f *filler) earlierResult() (string, bool) {
	if f.earlier == "" || !f.refersBack() {
		return "", false
	}
	return nonEmpty(strings.TrimSpace(shorten(f.earlier, longestQuote)))
}

// after is the rest of the clause behind the first cue that occurs.
func (f *filler) after(cues []string) (string, bool) {
	for _, cue := range cues {
		for _, m := range wordPattern().FindAllStringIndex(f.lower, -1) {
			if f.lower[m[0]:m[1]] == cue {
				if rest := strings.TrimSpace(f.text[m[1]:]); rest != "" {
					return rest, true
				}
			}
		}
	}
	return "", false
}

var scopePattern = lazy(`(?i)\s+(?:in|on|from|under|inside|within|of)\s+`)

// withoutScope cuts "in my notes" off when its words speak of the tool and not
// of what is sought.
func (f *filler) withoutScope(s string) string {
	all := scopePattern().FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return s
	}
	last := all[len(all)-1]
	about := find.Terms(strings.Join([]string{f.tool.plain, f.tool.Server, f.tool.Description}, " "))
	for _, w := range find.Words(s[last[1]:]) {
		if find.Tells(w) && !slices.Contains(about, find.Stem(w)) && !f.isUsedPath(s[last[1]:]) {
			return s
		}
	}
	return s[:last[0]]
}

// isUsedPath tells whether s begins with a path that another parameter took.
func (f *filler) isUsedPath(s string) bool {
	for i, e := range f.entities {
		if e.kind == path && f.used[i] && strings.HasPrefix(s, e.text) {
			return true
		}
	}
	return false
}

var commandNoise = setOf("a an the my me please down up for new")

// remainder is the clause without the words that chose the tool: "echo good
// morning", "search release".
func (f *filler) remainder() (string, bool) {
	rest := f.text
	for rest != "" {
		word, more, _ := strings.Cut(rest, " ")
		w := lowerASCII(strings.Trim(word, ",.:;!?"))
		if !commandNoise[w] && !f.chooses(w) {
			break
		}
		rest = strings.TrimSpace(more)
	}
	if rest == f.text || strings.ContainsAny(rest, "?") {
		return "", false
	}
	return nonEmpty(trimSpaceAndStop(rest))
}

// chooses tells whether a word of the message is one of the tool's name or means
// one.
func (f *filler) chooses(word string) bool {
	own := append([]string{find.Stem(word)}, find.Synonyms(find.Stem(word))...)
	return slices.ContainsFunc(own, func(s string) bool { return slices.Contains(f.tool.terms, s) })
}

func nonEmpty(s string) (string, bool) { return s, s != "" }

// trimPhrase takes articles and the end of the sentence off.
func trimPhrase(s string) string {
	s = strings.Trim(strings.TrimRight(strings.TrimSpace(s), ".?!,;"), "\"'“”`")
	for {
		word, rest, ok := strings.Cut(s, " ")
		if !ok || !fillers[strings.ToLower(word)] {
			return s
		}
		s = rest
	}
}

// trimSpaceAndStop takes the one full stop off that ends a sentence.
func trimSpaceAndStop(s string) string {
	return strings.TrimSuffix(strings.TrimSpace(s), ".")
}
