package offline

import "switchboard/llm/find"

// How much a word of the text to be kept or sent counts, which is not of the wish.
const inPayload = 0.3

// phrases are turns of speech that ask for a list without any word for it.
var phrases = lazy(`(?i)\bwhat(?:['’]s| is| are)?(?: there)? (?:in|inside)\b|\b(?:do i|do we) have\b|\b(?:are|is) there\b`)

// query weighs the words of the wish itself. Values such as paths and quotes say
// little about the tool: a file that it is one, and of what.
func query(c clause) find.Query {
	text := blank(c)
	payload := payloadAt(text)
	q := find.Ask(text[:payload])
	if phrases().MatchString(text[:payload]) {
		q = q.Raise(find.Stem("list"), find.Meant)
	}
	q = q.Add(text[payload:], inPayload)
	for _, e := range c.entities {
		switch {
		case e.kind == name:
			q = q.Add(e.text, inPayload)
		case e.isFile():
			q = q.Raise(find.Stem("file"), find.Meant)
			q = q.Raise(e.content(), find.Meant)
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
	for _, m := range withoutPattern().FindAllStringSubmatchIndex(c.text, -1) {
		wipe(m[2], m[3])
	}
	return string(b)
}

// weight is how much a stem was said or meant; 0 when not at all.
func (c clause) weight(stem string) float64 { return c.query.Weight(stem) }

// says tells whether the clause's own words, not its payload's, hold the stem or
// a synonym of it.
func (c clause) says(stem string) bool { return c.weight(stem) > inPayload }
