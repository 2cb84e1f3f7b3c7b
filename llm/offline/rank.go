package offline

import (
	"cmp"
	"regexp"
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
	rightEntity = 1.5
	perfectFit  = 5.0 // an expression for a calculator, owner/name for a repository
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
		if s := ix.score(c.query, i) + evidence(c, t); s > 0 && allowed(c, t) {
			all = append(all, candidate{tool: t, score: s * currency(t)})
		}
	}
	all = best(all)
	all = all[:min(len(all), shortlist)]
	for i := range all {
		all[i].fill(c, earlier)
	}
	return best(all)
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

// evidence is what speaks for a tool besides shared words.
func evidence(c clause, t *tool) float64 {
	sum := 0.0
	for _, weigh := range []func(clause, *tool) float64{
		namedOutright, wholeNameSaid, pathsFit, manyPathsFit, expressionFits, repositoryFits, datesFit, timesFit, relationFits,
	} {
		sum += weigh(c, t)
	}
	return sum
}

var compound = regexp.MustCompile(`[_-]`)

// namedOutright finds get-env in "use get-env". A name of one plain word is no
// such evidence.
func namedOutright(c clause, t *tool) float64 {
	for _, n := range []string{t.Name, t.plain} {
		if compound.MatchString(n) && strings.Contains(c.lower, strings.ToLower(n)) {
			return outright
		}
	}
	return 0
}

// wholeNameSaid counts how much of the name was said or meant.
func wholeNameSaid(c clause, t *tool) float64 {
	n := 0
	for _, w := range t.terms {
		if c.weight(w) > 0 {
			n++
		}
	}
	switch n {
	case 0:
		return noName
	case len(t.terms):
		return wholeName
	}
	return 0
}

// pathsFit lets paths speak for tools that take one, files for file tools and
// folders for folder tools.
func pathsFit(c clause, t *tool) float64 {
	files, folders := c.countPaths()
	if files+folders == 0 || !slices.ContainsFunc(t.params, param.takesPath) {
		return 0
	}
	sum := 2 * rightEntity
	for _, w := range t.terms {
		if w == stem("file") && files > 0 || w == stem("directory") && folders > 0 {
			sum += rightEntity
		}
		if w == "read" && files > 0 && len(c.query) <= 2 {
			sum++
		}
	}
	return sum
}

// countPaths counts the paths that name files and those that do not.
func (c clause) countPaths() (files, folders int) {
	for _, e := range c.entities {
		switch {
		case e.isFile():
			files++
		case e.kind == path && !c.isRepository(e):
			folders++
		}
	}
	return files, folders
}

// isRepository tells owner/name from a folder by the word in front of it; "in" may
// stand before both.
func (c clause) isRepository(e entity) bool {
	_, _, ok := e.slug()
	return ok && c.repositories && repositoryCues[wordBefore(c.lower[:e.at])]
}

var repositoryCues = setOf("in of from on at repo repository fork")

// manyPathsFit lets several paths speak for a tool that wants a list of them,
// and one path against it.
func manyPathsFit(c clause, t *tool) float64 {
	for _, p := range t.params {
		if p.required && p.kind == "array" && p.role() == filePath {
			if files, folders := c.countPaths(); files+folders > 1 {
				return 2 * rightEntity
			}
			return -2 * rightEntity
		}
	}
	return 0
}

func expressionFits(c clause, t *tool) float64 {
	return fits(c, arithmetic, t, formula, perfectFit)
}

func datesFit(c clause, t *tool) float64 {
	return fits(c, date, t, calendarDate, rightEntity)
}

func timesFit(c clause, t *tool) float64 {
	return fits(c, clockTime, t, timeOfDay, rightEntity)
}

// fits gives weight when the clause has such an entity and the tool takes one.
func fits(c clause, k kind, t *tool, r role, weight float64) float64 {
	has := slices.ContainsFunc(c.entities, func(e entity) bool { return e.kind == k })
	if has && slices.ContainsFunc(t.params, func(p param) bool { return p.role() == r }) {
		return weight
	}
	return 0
}

// relationFits lets two names speak for a tool that relates things.
func relationFits(c clause, t *tool) float64 {
	names := 0
	for _, e := range c.entities {
		if e.kind == name {
			names++
		}
	}
	for _, p := range t.params {
		if names == 2 && p.items != nil && p.items.has("from") && p.items.has("to") {
			return rightEntity
		}
	}
	return 0
}

// repositoryFits lets owner/name speak for tools that take both.
func repositoryFits(c clause, t *tool) float64 {
	for _, e := range c.entities {
		if _, _, ok := e.slug(); ok && t.takesRepository() && !e.isFile() {
			return perfectFit
		}
	}
	return 0
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
