package offline

import (
	"encoding/json"
	"slices"
	"strings"

	"switchboard/llm/find"
)

// number takes the number closest to a word of the parameter, or the next one.
func (f *filler) number(p param, sure bool) (any, bool) {
	i, ok := f.numberNear(f.hints(p), p)
	if !ok {
		i, ok = f.numberNear(f.weakHints(p), p)
		ok = ok && !f.belongsElsewhere(i, p)
	}
	if !ok && !sure && p.required {
		i, ok = f.nextNumber(p)
	}
	if ok {
		f.used[i] = true
		return json.Number(f.signed(p, i)), true
	}
	harmless := len(f.tool.mustBeSaid()) == 0
	if !sure && p.required && harmless && f.refersBack() {
		return f.earlierNumber()
	}
	return nil, false
}

func (f *filler) isNumberFor(i int, p param) bool {
	e := f.entities[i]
	return e.kind == number && !f.used[i] && (p.kind != "integer" || !strings.Contains(e.text, "."))
}

// nearby is how many bytes may lie between a number and the word it belongs to.
const nearby = 12

// numberNear finds the free number that stands closest to one of the stems.
func (f *filler) numberNear(hints []string, p param) (int, bool) {
	found, closest := -1, nearby
	for _, m := range wordPattern().FindAllStringIndex(f.lower, -1) {
		if !slices.Contains(hints, find.Stem(f.lower[m[0]:m[1]])) {
			continue
		}
		for i, e := range f.entities {
			gap := max(m[0]-e.end, e.at-m[1])
			if f.isNumberFor(i, p) && gap >= 0 && gap < closest {
				found, closest = i, gap
			}
		}
	}
	return found, found >= 0
}

// hints are the stems that point to a number parameter: the words of its name and
// what people say for them.
func (f *filler) hints(p param) []string {
	own := slices.DeleteFunc(find.Terms(p.name), func(s string) bool { return s == find.Stem("number") })
	hints := append(slices.Clone(own), find.SaidFor(own)...)
	return hints
}

// weakHints are the words of its description. A name of one letter has none: such
// numbers come in their order.
func (f *filler) weakHints(p param) []string {
	if len(find.Terms(p.name)) == 0 {
		return nil
	}
	return slices.DeleteFunc(find.Terms(p.about), func(s string) bool { return s == find.Stem("number") })
}

// belongsElsewhere tells whether the name of another parameter points to the i-th
// entity.
func (f *filler) belongsElsewhere(i int, p param) bool {
	return slices.ContainsFunc(f.tool.params, func(q param) bool {
		if q.name == p.name || q.kind != "number" && q.kind != "integer" {
			return false
		}
		j, ok := f.numberNear(f.hints(q), q)
		return ok && i == j
	})
}

var backwards = lazy(`\b(?:subtract|take|deduct|minus)\b.*\bfrom\b`)

// nextNumber takes the numbers in order, for "subtract 3 from 10" the other way
// round.
func (f *filler) nextNumber(p param) (int, bool) {
	var free []int
	for i := range f.entities {
		if f.isNumberFor(i, p) {
			free = append(free, i)
		}
	}
	if len(free) == 0 {
		return 0, false
	}
	if backwards().MatchString(f.lower) && len(free) > 1 {
		return free[1], true
	}
	return free[0], true
}

var earlierThan = lazy(`^\s*\w+\s+(?:before|ago|earlier|back)\b`)

// signed writes "90 days before" as -90 where the parameter allows that.
func (f *filler) signed(p param, i int) string {
	e := f.entities[i]
	if p.signed && earlierThan().MatchString(f.lower[min(e.end, len(f.lower)):]) {
		return "-" + strings.TrimPrefix(e.text, "-")
	}
	return e.text
}

// earlierNumber is the last number of a short earlier result.
func (f *filler) earlierNumber() (any, bool) {
	found := numbers(f.earlier)
	if len(found) == 0 || strings.Contains(strings.TrimSpace(f.earlier), "\n") {
		return nil, false
	}
	return json.Number(found[len(found)-1].text), true
}
