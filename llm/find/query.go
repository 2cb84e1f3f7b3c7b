package find

// A Query is what is looked for: stems, each once, and how much they count.
type Query []Weighted

// A Weighted is a stem and how much it counts.
type Weighted struct {
	Stem   string
	Weight float64
}

// How much a word counts in a query.
const (
	Said  = 1.0
	Meant = 0.65 // a synonym of a word that was said
)

// Ask makes a query of a text.
func Ask(text string) Query { return Query(nil).Add(text, Said) }

// Add appends the stems of text and of their synonyms, each once.
func (q Query) Add(text string, weight float64) Query {
	for i, w := range Words(text) {
		if Tells(w) {
			q = q.Raise(Stem(w), weight)
		}
		if i == 0 {
			for _, m := range imperatives()[Stem(w)] {
				q = q.Raise(m, weight*Meant)
			}
		}
		if !Stop(w) || weakVerbs()[w] {
			for _, m := range Synonyms(Stem(w)) {
				q = q.Raise(m, weight*Meant)
			}
		}
	}
	return q
}

// Raise lets a stem count as much as its best occurrence.
func (q Query) Raise(stem string, weight float64) Query {
	for i := range q {
		if q[i].Stem == stem {
			q[i].Weight = max(q[i].Weight, weight)
			return q
		}
	}
	return append(q, Weighted{stem, weight})
}

// Weight is how much a stem counts; 0 when it is not in the query.
func (q Query) Weight(stem string) float64 {
	for _, w := range q {
		if w.Stem == stem {
			return w.Weight
		}
	}
	return 0
}
