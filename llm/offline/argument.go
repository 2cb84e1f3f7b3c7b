package offline

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// A filler gives a tool's parameters their values out of one clause. Every entity
// is used once.
type filler struct {
	clause
	tool    *tool
	used    []bool // by index of clause.entities
	earlier string // the result that "it" stands for; "" for none
}

// fill makes the arguments and lists the required parameters left without one.
// Values that a word of the message points to are placed first, so that a guess
// never takes what belongs to another parameter.
func (f *filler) fill(t *tool) (args map[string]any, missing []param) {
	f.tool = t
	args = map[string]any{}
	f.assigned(args)
	f.repository(args)
	for _, sure := range []bool{true, false} {
		for _, p := range requiredFirst(t.params) {
			if _, done := args[p.name]; done {
				continue
			}
			if v, ok := f.value(p, sure); ok {
				args[p.name] = v
			}
		}
	}
	for _, p := range t.params {
		if _, ok := args[p.name]; !ok && p.required {
			missing = append(missing, p)
		}
	}
	return args, missing
}

func requiredFirst(params []param) []param {
	out := slices.Clone(params)
	slices.SortStableFunc(out, func(a, b param) int {
		switch {
		case a.required == b.required:
			return 0
		case a.required:
			return -1
		}
		return 1
	})
	return out
}

var assignment = regexp.MustCompile(`([\w-]+)\s*=\s*("[^"]*"|[^\s,;]+)`)

// assigned takes key=value out of the message.
func (f *filler) assigned(args map[string]any) {
	for _, m := range assignment.FindAllStringSubmatch(f.text, -1) {
		p, ok := f.tool.param(m[1])
		if !ok {
			continue
		}
		if v, err := p.parse(strings.Trim(m[2], `"`)); err == nil {
			args[p.name] = v
		}
	}
}

// repository reads owner/name for the tools that want both.
func (f *filler) repository(args map[string]any) {
	if !f.tool.takesRepository() {
		return
	}
	for i, e := range f.entities {
		o, r, ok := e.slug()
		if !ok {
			continue
		}
		for _, p := range f.tool.params {
			switch p.role() {
			case owner:
				args[p.name] = o
			case repository:
				args[p.name] = r
			}
		}
		f.used[i] = true
		return
	}
}

// value finds one parameter's value. sure asks for one that the message points
// to; without it, required parameters may take what is left.
func (f *filler) value(p param, sure bool) (any, bool) {
	switch {
	case len(p.choices) > 0:
		return f.choice(p)
	case p.kind == "boolean":
		return f.flag(p)
	case p.kind == "number", p.kind == "integer":
		return f.number(p, sure)
	case p.kind == "array":
		return f.list(p, sure)
	case p.kind == "object", p.kind == "null":
		return nil, false
	}
	if s, ok := f.words(p, sure); ok {
		return s, true
	}
	return nil, false
}

// choice takes the value of an enum that the message names.
func (f *filler) choice(p param) (any, bool) {
	said := words(f.text)
	for _, c := range p.choices {
		s, ok := c.(string)
		if !ok || !holds(said, words(s)) || !p.required && isDeed(s) && f.chooses(s) {
			continue // "merge" in "merge the request" chooses the tool, not its method
		}
		for i, e := range f.entities {
			f.used[i] = f.used[i] || strings.EqualFold(e.text, s)
		}
		return c, true
	}
	return nil, false
}

// holds tells whether part stands in all, in one piece.
func holds(all, part []string) bool {
	if len(part) == 0 {
		return false
	}
	for i := 0; i+len(part) <= len(all); i++ {
		if slices.Equal(all[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// Words in a flag's name that tell nothing about when to set it.
var flagNoise = setOf("include auto is with enable")

var refusal = regexp.MustCompile(`(?:\bno|\bnot|\bwithout|n't)\s+(?:an?\s+|the\s+)?$`)

// flag is set when the message says all words of its name, and is false when a
// "without" stands before them.
func (f *filler) flag(p param) (any, bool) {
	var telling []string
	for _, w := range words(p.name) {
		if says(w) && !flagNoise[w] {
			telling = append(telling, w)
		}
	}
	if len(telling) == 0 {
		return nil, false
	}
	for _, w := range telling {
		if !slices.Contains(words(f.text), w) {
			return nil, false
		}
	}
	before, _, _ := strings.Cut(f.lower, telling[0])
	return !refusal.MatchString(before), true
}

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
	if !sure && p.required && f.refersBack() {
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
	for _, m := range wordPattern.FindAllStringIndex(f.lower, -1) {
		if !slices.Contains(hints, stem(f.lower[m[0]:m[1]])) {
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
	own := slices.DeleteFunc(terms(p.name), func(s string) bool { return s == stem("number") })
	hints := slices.Clone(own)
	for said, meant := range synonyms {
		if slices.ContainsFunc(meant, func(m string) bool { return slices.Contains(own, m) }) {
			hints = append(hints, said)
		}
	}
	return hints
}

// weakHints are the words of its description. A name of one letter has none: such
// numbers come in their order.
func (f *filler) weakHints(p param) []string {
	if len(terms(p.name)) == 0 {
		return nil
	}
	return slices.DeleteFunc(terms(p.about), func(s string) bool { return s == stem("number") })
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

var backwards = regexp.MustCompile(`\b(?:subtract|take|deduct|minus)\b.*\bfrom\b`)

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
	if backwards.MatchString(f.lower) && len(free) > 1 {
		return free[1], true
	}
	return free[0], true
}

var earlierThan = regexp.MustCompile(`^\s*\w+\s+(?:before|ago|earlier|back)\b`)

// signed writes "90 days before" as -90 where the parameter allows that.
func (f *filler) signed(p param, i int) string {
	e := f.entities[i]
	if p.signed && earlierThan.MatchString(f.lower[min(e.end, len(f.lower)):]) {
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
