package offline

import (
	"slices"
	"strings"

	"switchboard/llm/find"
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

var assignment = lazy(`([\w-]+)\s*=\s*("[^"]*"|[^\s,;]+)`)

// assigned takes key=value out of the message.
func (f *filler) assigned(args map[string]any) {
	for _, m := range assignment().FindAllStringSubmatch(f.text, -1) {
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
	if s, ok := f.textFor(p, sure); ok {
		return s, true
	}
	return nil, false
}

// choice takes the value of an enum that the message names.
func (f *filler) choice(p param) (any, bool) {
	said := find.Stems(f.text)
	for _, c := range p.choices {
		s, ok := c.(string)
		if !ok || !holds(said, find.Stems(s)) || slices.Contains(f.tool.terms, find.Stem(s)) && isDeed(s) {
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

var refusal = lazy(`(?:\bno|\bnot|\bwithout|n't)\s+(?:an?\s+|the\s+)?$`)

// flag is set when the message says all words of its name, and is false when a
// "without" stands before them.
func (f *filler) flag(p param) (any, bool) {
	var telling []string
	for _, w := range find.Words(p.name) {
		if find.Tells(w) && !flagNoise[w] {
			telling = append(telling, w)
		}
	}
	if len(telling) == 0 {
		return nil, false
	}
	for _, w := range telling {
		if !slices.Contains(find.Words(f.text), w) {
			return nil, false
		}
	}
	before, _, _ := strings.Cut(f.lower, telling[0])
	return !refusal().MatchString(before), true
}
