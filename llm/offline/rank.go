package offline

import (
	"cmp"
	"slices"
	"strings"
)

// A candidate is a tool that may be meant, with the arguments it would get.
type candidate struct {
	tool    *tool
	args    map[string]any
	missing []param // required ones without a value
	score   float64
}

// Scores, on the scale of BM25 with the weights above: a tool whose name holds
// one rare word of the message scores about 5.
const (
	enough      = 3.6 // below, no tool is meant
	clearLead   = 0.4 // over the next; below, the person has to choose
	perMissing  = -1.8
	perFilled   = 0.3
	perValue    = -1.5 // a path, quote, time or expression without a use
	perNumber   = -0.7 // a number or name without a use
	shortlist   = 12   // tools whose arguments are tried
	outright    = 20.0 // the tool is called by its own name
	wholeName   = 2.5  // every word of the name was said or meant
	noName      = -1.5 // no word of the name was
	onlyLooks   = -4.0 // the message says to change something, the tool reads
	rightEntity = 1.5
	perfectFit  = 6.5 // an expression for a calculator, owner/name for a repository
	obsolete    = 0.5 // factor
)

// rank sorts the tools that a clause may mean, best first. earlier is the result
// that the clause can refer to; "" when there is none.
func (ix *index) rank(c clause, earlier string) []candidate {
	if c.forbids {
		return nil
	}
	var all []candidate
	for i, t := range ix.tools {
		if s := ix.words.Score(c.query, i) + evidence(c, t); s > 0 && allowed(c, t) {
			all = append(all, candidate{tool: t, score: s * currency(t)})
		}
	}
	all = best(all)
	all = all[:min(len(all), shortlist)]
	for i := range all {
		all[i].fill(c, earlier)
	}
	return completeFirst(best(all))
}

// completeFirst prefers, of candidates that are equal but for a little, one that
// can be called as it stands.
func completeFirst(found []candidate) []candidate {
	for i, c := range found {
		if c.score > found[0].score-clearLead && len(c.missing) == 0 {
			return slices.Insert(slices.Delete(found, i, i+1), 0, c)
		}
	}
	return found
}

// best sorts by score; the order of the tools decides between equals.
func best(all []candidate) []candidate {
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return all
}

// allowed keeps tools that can do harm from being called by chance: their verb
// has to be in the message, or one that means it.
func allowed(c clause, t *tool) bool {
	verbs := t.mustBeSaid()
	return len(verbs) == 0 || slices.ContainsFunc(verbs, c.says) || namedOutright(c, t) > 0
}

// currency lets a deprecated tool count half.
func currency(t *tool) float64 {
	if strings.Contains(strings.ToLower(t.Description), "deprecated") {
		return obsolete
	}
	return 1
}

// fill tries the tool's arguments and corrects the score by how well they fit.
func (c *candidate) fill(from clause, earlier string) {
	f := filler{clause: from, used: make([]bool, len(from.entities)), earlier: earlier}
	c.args, c.missing = f.fill(c.tool)
	c.score += perFilled*float64(len(c.args)) + perMissing*float64(len(c.missing))
	for i, e := range from.entities {
		if f.used[i] || e.spelled {
			continue
		}
		switch e.kind {
		case path:
			if from.isRepository(e) {
				c.score += perValue
			}
			c.score += perValue
		case quoted, arithmetic, glob, link, date, clockTime:
			c.score += perValue
		case number, name:
			c.score += perNumber
		}
	}
}
