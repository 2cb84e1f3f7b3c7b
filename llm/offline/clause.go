package offline

import (
	"regexp"
	"strings"
)

// A clause is one wish of a message.
type clause struct {
	text     string
	lower    string // text in lower case, byte for byte
	entities []entity
	query    []weighted
	// repositories is set when a tool is offered that takes an owner and a name.
	repositories bool
	// afterwards is set when "then" stands in front of it.
	afterwards bool
	// forbids is set when it says what not to do.
	forbids bool
}

// A weighted is a stem and how much it counts.
type weighted struct {
	stem   string
	weight float64
}

// How much a word of a message counts.
const (
	said      = 1.0
	meant     = 0.65 // a synonym of a word that was said
	inPayload = 0.3  // a word of the text to be kept or sent, not of the wish
)

// Where one clause ends and the next begins. The first group of each holds words
// that belong to the next clause.
var (
	thenPattern = regexp.MustCompile(`(?i),?\s+(?:and\s+)?(?:then|after that|afterwards)\b,?\s*`)
	andPattern  = regexp.MustCompile(`(?i)\s*;\s*|,?\s+and\s+((?:what|how|which|save|write|read|list|show|delete|create|get|search|find|send|move|open|convert|calculate|echo|remember|tell|note|jot|store|multiply|divide|subtract|add (?:a|it|them|this|the|that))\s)|[?!]\s+(\S)|\.\s+(\p{Lu})`)
	wordEnd     = regexp.MustCompile(`\p{L}{3}$`)
	// payloadPattern ends where the text begins that a tool is to keep or send.
	payloadPattern  = regexp.MustCompile(`(?i):\s|\b(?:that|saying|says)\s`)
	negationPattern = regexp.MustCompile(`(?i)\b(?:don['’]?t|do not|never|must not|mustn['’]?t|shouldn['’]?t|no need to)\s+(?:\w+\s+)?(\w+)`)
	withoutPattern  = regexp.MustCompile(`(?i)\b(?:without|instead of|rather than)\s+(\w+)`)
	dontForget      = regexp.MustCompile(`(?i)\b(?:don['’]?t|do not|never)\s+forget\b`)
	backPattern     = regexp.MustCompile(`(?i)\b(?:it|them|this|the (?:result|answer|output|outcome|reply|total))\b|\bthat(?:\s+(?:as|down|to|in|into|by)\b|\s*[.!?]*$)`)
)

// clauses takes a message apart where one wish ends and the next begins.
func clauses(message string, ix *index) []clause {
	message = dontForget.ReplaceAllString(message, "remember")
	var out []clause
	for i, part := range cut(message, thenPattern) {
		for j, text := range cut(part, andPattern) {
			if text = strings.TrimSpace(text); text != "" {
				c := newClause(text, ix)
				c.afterwards = i > 0 && j == 0
				out = append(out, c)
			}
		}
	}
	return out
}

// cut splits s at the pattern, except inside quotes; a group that matched stays
// with what follows it.
func cut(s string, pattern *regexp.Regexp) []string {
	var out []string
	kept := quotes(s)
	start := 0
	for _, m := range pattern.FindAllStringSubmatchIndex(s, -1) {
		from, to := m[0], m[1]
		for g := 2; g+1 < len(m); g += 2 {
			if m[g] >= 0 {
				to = m[g]
			}
		}
		abbreviation := s[from] == '.' && !wordEnd.MatchString(s[:from])
		if abbreviation || from < start || anyOverlaps(kept, from, to) {
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
		return stopWords[word] || openers[word] || synonyms[stem(word)] != nil || ix.knows(word)
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
	for _, m := range negationPattern.FindAllStringSubmatch(text, -1) {
		for _, w := range words(m[0]) {
			if isDeed(w) {
				return true
			}
		}
	}
	return false
}

// isDeed tells whether a word is a verb that changes or removes, or means one.
func isDeed(word string) bool {
	s := stem(word)
	if removingVerbs[s] || changingVerbs[s] {
		return true
	}
	for _, m := range synonyms[s] {
		if removingVerbs[m] || changingVerbs[m] {
			return true
		}
	}
	return false
}

// query weighs the words of the wish itself. Values such as paths and quotes say
// little about the tool: a file that it is one, and of what.
func query(c clause) []weighted {
	text := blank(c)
	payload := len(text)
	if m := payloadPattern.FindStringIndex(text); m != nil {
		payload = m[1]
	}
	q := addWords(nil, text[:payload], said)
	if phrases.MatchString(text[:payload]) {
		q = raise(q, stem("list"), meant)
	}
	q = addWords(q, text[payload:], inPayload)
	for _, e := range c.entities {
		switch {
		case e.kind == name:
			q = addWords(q, e.text, inPayload)
		case e.isFile():
			q = raise(q, stem("file"), meant)
			q = raise(q, e.content(), meant)
		}
	}
	return q
}

// blank overwrites the values with spaces, and verbs that are ruled out.
func blank(c clause) string {
	b := []byte(c.text)
	wipe := func(at, end int) {
		for i := at; i < end; i++ {
			b[i] = ' '
		}
	}
	for _, e := range c.entities {
		if e.kind != arithmetic {
			wipe(e.at, e.end)
		}
	}
	for _, m := range withoutPattern.FindAllStringSubmatchIndex(c.text, -1) {
		wipe(m[2], m[3])
	}
	return string(b)
}

// addWords appends the stems of text and of their synonyms, each once.
func addWords(q []weighted, text string, weight float64) []weighted {
	for i, w := range words(text) {
		if says(w) {
			q = raise(q, stem(w), weight)
		}
		if i == 0 {
			for _, m := range imperatives[stem(w)] {
				q = raise(q, m, weight*meant)
			}
		}
		if !stopWords[w] || weakVerbs[w] {
			for _, m := range synonyms[stem(w)] {
				q = raise(q, m, weight*meant)
			}
		}
	}
	return q
}

// raise lets a stem count as much as its best occurrence.
func raise(q []weighted, stem string, weight float64) []weighted {
	for i := range q {
		if q[i].stem == stem {
			q[i].weight = max(q[i].weight, weight)
			return q
		}
	}
	return append(q, weighted{stem, weight})
}

// weight is how much a stem was said or meant; 0 when not at all.
func (c clause) weight(stem string) float64 {
	for _, q := range c.query {
		if q.stem == stem {
			return q.weight
		}
	}
	return 0
}

// says tells whether the clause's own words, not its payload's, hold the stem or
// a synonym of it.
func (c clause) says(stem string) bool { return c.weight(stem) > inPayload }

// refersBack tells whether the clause speaks of an earlier result.
func (c clause) refersBack() bool { return backPattern.MatchString(c.text) }
