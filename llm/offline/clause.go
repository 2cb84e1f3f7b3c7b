package offline

import (
	"strings"

	"switchboard/llm/find"
)

// A clause is one wish of a message.
type clause struct {
	text     string
	lower    string // text in lower case, byte for byte
	entities []entity
	query    find.Query
	// repositories is set when a tool is offered that takes an owner and a name.
	repositories bool
	// afterwards is set when "then" stands in front of it.
	afterwards bool
	// forbids is set when it says what not to do.
	forbids bool
}

// Where one clause ends and the next begins. The first group of each holds words
// that belong to the next clause.
var (
	thenPattern     = lazy(`(?i),?\s+(?:and\s+)?(?:then|after that|afterwards)\b,?\s*`)
	andPattern      = lazy(`(?i)\s*;\s*|,?\s+and\s+((?:what|how|which|save|write|read|list|show|delete|create|get|search|find|send|move|open|convert|calculate|echo|remember|tell|note|jot|store|multiply|divide|subtract|add (?:a|it|them|this|the|that))\s)|[?!]\s+(\S)|\.\s+(\p{Lu})`)
	wordEnd         = lazy(`\p{L}{3}$`)
	payloadPattern  = lazy(`(?i):\s|\b(?:that|saying|says)\s`)
	negationPattern = lazy(`(?i)\b(?:don['’]?t|do not|never|must not|mustn['’]?t|shouldn['’]?t|no need to)\s+(?:(?:need|have|want)\s+(?:you\s+)?to\s+)?(?:\w+\s+)?\w+`)
	withoutPattern  = lazy(`(?i)\b(?:without|instead of|rather than)\s+(\w+)`)
	dontForget      = lazy(`(?i)\b(?:don['’]?t|do not|never)\s+forget\b`)
	backPattern     = lazy(`(?i)\b(?:it|them|this|the (?:result|answer|output|outcome|reply|total))\b|\bthat(?:\s+(?:as|down|to|in|into|by)\b|\s*[.!?]*$)`)
)

// clauses takes a message apart where one wish ends and the next begins. A text
// that is to be kept or sent stays whole, unless "then" ends it.
func clauses(message string, ix *index) []clause {
	message = dontForget().ReplaceAllString(message, "remember")
	var out []clause
	for i, part := range cut(message, thenPattern, len(message)) {
		for j, text := range cut(part, andPattern, payloadAt(part)) {
			if text = strings.TrimSpace(text); text != "" {
				c := newClause(text, ix)
				c.afterwards = i > 0 && j == 0
				out = append(out, c)
			}
		}
	}
	return out
}

// payloadAt is where the text begins that a tool is to keep or send; the length
// of s when there is none.
func payloadAt(s string) int {
	if m := payloadPattern().FindStringIndex(s); m != nil {
		return m[1]
	}
	return len(s)
}

// cut splits s where a pattern matches, up to limit and except inside quotes; a
// group that matched stays with what follows it.
func cut(s string, where pattern, limit int) []string {
	var out []string
	kept := quotes(s)
	start := 0
	for _, m := range where().FindAllStringSubmatchIndex(s, -1) {
		from, to := m[0], m[1]
		for g := 2; g+1 < len(m); g += 2 {
			if m[g] >= 0 {
				to = m[g]
			}
		}
		abbreviation := s[from] == '.' && !wordEnd().MatchString(s[:from])
		if abbreviation || from < start || from >= limit || anyOverlaps(kept, from, to) {
			continue
		}
		out = append(out, s[start:from])
		start = to
	}
	return append(out, s[start:])
}

func anyOverlaps(es []entity, at, end int) bool {
	for _, e := range es {
		if e.overlaps(entity{at: at, end: end}) {
			return true
		}
	}
	return false
}

func newClause(text string, ix *index) clause {
	c := clause{text: text, lower: lowerASCII(text), repositories: ix.repositories}
	c.entities = entities(text, func(word string) bool {
		return find.Stop(word) || openers[word] || find.Synonyms(find.Stem(word)) != nil || ix.words.Knows(word)
	})
	c.forbids = forbids(text)
	c.query = query(c)
	return c
}

// lowerASCII keeps every byte in its place, which strings.ToLower does not: some
// letters change their length.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// forbids tells "don't delete anything" from a wish.
func forbids(text string) bool {
	for _, m := range negationPattern().FindAllString(text, -1) {
		for _, w := range find.Words(m) {
			if isDeed(w) {
				return true
			}
		}
	}
	return false
}

// isDeed tells whether a word is a verb that changes or removes, or means one.
func isDeed(word string) bool {
	s := find.Stem(word)
	if removingVerbs[s] || changingVerbs[s] {
		return true
	}
	for _, m := range find.Synonyms(s) {
		if removingVerbs[m] || changingVerbs[m] {
			return true
		}
	}
	return false
}

// refersBack tells whether the clause speaks of an earlier result.
func (c clause) refersBack() bool { return backPattern().MatchString(c.text) }
