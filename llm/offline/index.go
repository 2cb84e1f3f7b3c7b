package offline

import (
	"math"
	"strings"

	"switchboard/llm"
)

// How much a word counts, by the place it stands in.
const (
	inName      = 4.0
	inFirst     = 1.5 // sentence of the description
	inRest      = 0.4
	inParameter = 1.0
	inChoice    = 1.2
	inServer    = 1.0
)

// BM25's constants: how fast repeated words stop counting, how much a long
// description is held against a tool, and how many other tools to imagine, so
// that a word tells something even when there are only two or three tools.
const (
	saturation = 1.2
	lengthBias = 0.5
	background = 30
)

// An index finds the tools that share words with a message (BM25).
type index struct {
	tools  []*tool
	docs   []document
	rarity map[string]float64 // how much a stem tells: high for rare ones
	mean   float64            // mean size of a document
	// repositories tells that a tool takes an owner and a repository.
	repositories bool
}

// A document is the weighted bag of stems of one tool.
type document struct {
	weight map[string]float64
	size   float64
}

func newIndex(tools []llm.Tool) *index {
	ix := &index{rarity: map[string]float64{}}
	holders := map[string]float64{}
	for _, offered := range tools {
		t := newTool(offered)
		d := newDocument(t)
		for stem := range d.weight {
			holders[stem]++
		}
		ix.mean += d.size / float64(len(tools))
		ix.repositories = ix.repositories || t.takesRepository()
		ix.tools = append(ix.tools, t)
		ix.docs = append(ix.docs, d)
	}
	n := float64(len(tools)) + background
	for stem, h := range holders {
		ix.rarity[stem] = math.Log(1 + (n-h+0.5)/(h+0.5))
	}
	return ix
}

func newDocument(t *tool) document {
	d := document{weight: map[string]float64{}}
	first, rest, _ := strings.Cut(t.Description, ". ")
	d.addStems(t.terms, inName)
	d.add(t.Server, inServer)
	d.add(first, inFirst)
	d.add(rest, inRest)
	for _, p := range t.params {
		d.add(p.name, inParameter)
		d.add(p.about, inRest)
		for _, c := range p.choices {
			if s, ok := c.(string); ok {
				d.add(s, inChoice)
			}
		}
	}
	return d
}

func (d *document) add(text string, weight float64) {
	d.addStems(terms(text), weight)
}

func (d *document) addStems(stems []string, weight float64) {
	for _, stem := range stems {
		d.weight[stem] += weight
		d.size += weight
	}
}

// knows tells whether a tool has the word in its name or description.
func (ix *index) knows(word string) bool { return ix.rarity[stem(word)] > 0 }

// score is BM25 of the i-th tool for weighted stems, summed in the order given so
// that equal requests get equal sums.
func (ix *index) score(query []weighted, i int) float64 {
	d := ix.docs[i]
	size := saturation * (1 - lengthBias + lengthBias*d.size/ix.mean)
	sum := 0.0
	for _, q := range query {
		if f := d.weight[q.stem]; f > 0 {
			sum += q.weight * ix.rarity[q.stem] * f * (saturation + 1) / (f + size)
		}
	}
	return sum
}
