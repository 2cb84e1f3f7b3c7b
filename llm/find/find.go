// Package find searches tools by words: it knows which words of a request tell
// something, which mean the same, and how much each says about a tool (BM25). The
// same tools and words always give the same answer.
package find

import (
	"cmp"
	"math"
	"slices"
	"strings"
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

// A Document is what is searched of one tool.
type Document struct {
	Name        []string // stems
	Server      string
	Description string
	Parameters  []Parameter
}

// A Parameter is what is searched of one parameter.
type Parameter struct {
	Name    string
	About   string   // its description
	Choices []string // of an enum
}

// An Index finds the tools that share words with a query. It never changes.
type Index struct {
	bags   []bag
	rarity map[string]float64 // how much a stem tells: high for rare ones
	mean   float64            // mean size of a bag
}

// A bag is the weighted stems of one tool.
type bag struct {
	weight map[string]float64
	size   float64
}

// NewIndex makes the index of some tools.
func NewIndex(docs []Document) *Index {
	ix := &Index{rarity: map[string]float64{}}
	holders := map[string]float64{}
	for _, d := range docs {
		b := newBag(d)
		for stem := range b.weight {
			holders[stem]++
		}
		ix.mean += b.size / float64(len(docs))
		ix.bags = append(ix.bags, b)
	}
	n := float64(len(docs)) + background
	for stem, h := range holders {
		ix.rarity[stem] = math.Log(1 + (n-h+0.5)/(h+0.5))
	}
	return ix
}

func newBag(d Document) bag {
	b := bag{weight: map[string]float64{}}
	first, rest, _ := strings.Cut(d.Description, ". ")
	b.add(d.Name, inName)
	b.add(Terms(d.Server), inServer)
	b.add(Terms(first), inFirst)
	b.add(Terms(rest), inRest)
	for _, p := range d.Parameters {
		b.add(Terms(p.Name), inParameter)
		b.add(Terms(p.About), inRest)
		for _, c := range p.Choices {
			b.add(Terms(c), inChoice)
		}
	}
	return b
}

func (b *bag) add(stems []string, weight float64) {
	for _, stem := range stems {
		b.weight[stem] += weight
		b.size += weight
	}
}

// Knows tells whether a tool has the word in its name or description.
func (ix *Index) Knows(word string) bool { return ix.rarity[Stem(word)] > 0 }

// Score is BM25 of the i-th tool, summed in the order of the query so that equal
// queries get equal sums. 0 means that they share no word.
func (ix *Index) Score(q Query, i int) float64 {
	b := ix.bags[i]
	size := saturation * (1 - lengthBias + lengthBias*b.size/ix.mean)
	sum := 0.0
	for _, w := range q {
		if f := b.weight[w.Stem]; f > 0 {
			sum += w.Weight * ix.rarity[w.Stem] * f * (saturation + 1) / (f + size)
		}
	}
	return sum
}

// Best lists the tools that share words with the query, by their places, the best
// first; of equals the earlier.
func (ix *Index) Best(q Query) []int {
	scores := make([]float64, len(ix.bags))
	var found []int
	for i := range ix.bags {
		if scores[i] = ix.Score(q, i); scores[i] > 0 {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return found
}
