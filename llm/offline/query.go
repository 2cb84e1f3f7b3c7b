package offline

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

// query weighs the words of the wish itself. Values such as paths and quotes say
// little about the tool: a file that it is one, and of what.
func query(c clause) []weighted {
	text := blank(c)
	payload := payloadAt(text)
	q := addWords(nil, text[:payload], said)
	if phrases().MatchString(text[:payload]) {
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
	for _, m := range withoutPattern().FindAllStringSubmatchIndex(c.text, -1) {
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
			for _, m := range imperatives()[stem(w)] {
				q = raise(q, m, weight*meant)
			}
		}
		if !stopWords[w] || weakVerbs[w] {
			for _, m := range synonyms()[stem(w)] {
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
