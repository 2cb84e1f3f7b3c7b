package offline

import (
	"slices"
	"strings"

	"switchboard/llm/find"
)

// evidence is what speaks for a tool besides shared words.
func evidence(c clause, t *tool) float64 {
	sum := 0.0
	for _, weigh := range []func(clause, *tool) float64{
		namedOutright, wholeNameSaid, pathsFit, manyPathsFit, expressionFits, repositoryFits, datesFit, timesFit, relationFits, wrongDeed,
	} {
		sum += weigh(c, t)
	}
	return sum
}

// namedOutright finds get-env in "use get-env". A name of one plain word is no
// such evidence.
func namedOutright(c clause, t *tool) float64 {
	for _, n := range []string{t.Name, t.plain} {
		if strings.ContainsAny(n, "_-") && strings.Contains(c.lower, strings.ToLower(n)) {
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
		if w == find.Stem("file") && files > 0 || w == find.Stem("directory") && folders > 0 {
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

// wrongDeed keeps tools that only look from answering "close issue 8".
func wrongDeed(c clause, t *tool) float64 {
	ws := slices.DeleteFunc(find.Words(c.lower), func(w string) bool { return find.Stop(w) })
	if len(ws) == 0 || !isDeed(ws[0]) || slices.ContainsFunc(find.Synonyms(find.Stem(ws[0])), func(m string) bool { return readingVerbs[m] }) {
		return 0
	}
	if len(t.terms) > 0 && readingVerbs[t.terms[0]] {
		return onlyLooks
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
