package offline

import (
	"strings"

	"switchboard/llm/find"
)

// list makes an array: of the entities that fit, of one text, or of one object.
func (f *filler) list(p param, sure bool) (any, bool) {
	if !p.required && !f.namesParam(p) {
		return nil, false
	}
	if p.items != nil && (p.items.kind == "object" || len(p.items.fields) > 0) {
		return f.objects(p, sure)
	}
	if sure || p.items != nil && p.items.kind != "string" && p.items.kind != "" {
		return nil, false
	}
	out := f.takeAll(p.role())
	if len(out) == 0 && p.role() == prose {
		if s, ok := first(f.takes(quoted), true, f.proseParts()...); ok {
			out = append(out, s)
		}
	}
	return out, len(out) > 0
}

// namesParam tells whether the message says the name of an optional list.
func (f *filler) namesParam(p param) bool {
	all := find.Terms(p.name)
	for _, w := range all {
		if f.weight(w) < find.Said {
			return false
		}
	}
	return len(all) > 0
}

// takeAll uses up every entity that can be an item.
func (f *filler) takeAll(r role) []any {
	var out []any
	for i, e := range f.entities {
		fits := e.kind == name || e.kind == quoted
		switch r {
		case filePath:
			fits = e.kind == path
		case filePattern:
			fits = e.kind == glob || e.kind == quoted
		case prose:
			fits = e.kind == quoted
		}
		if fits && !f.used[i] {
			f.used[i] = true
			out = append(out, e.text)
		}
	}
	return out
}

// objects makes a list of one object, the most that one sentence tells.
func (f *filler) objects(p param, sure bool) (any, bool) {
	if sure || !p.required {
		return nil, false
	}
	if o, ok := f.relation(p.items); ok {
		return []any{o}, true
	}
	object := map[string]any{}
	for _, field := range p.items.fields {
		v, ok := f.value(field, false)
		switch {
		case ok:
			object[field.name] = v
		case field.kind == "array" && field.required:
			object[field.name] = []any{}
		case field.required:
			return nil, false
		}
	}
	return []any{object}, len(object) > 0
}

// relation reads "Alice works at Acme" for an object with the fields from and to
// and one more.
func (f *filler) relation(p *param) (map[string]any, bool) {
	var ends []int
	for i, e := range f.entities {
		if (e.kind == name || e.kind == quoted) && !f.used[i] {
			ends = append(ends, i)
		}
	}
	if len(ends) < 2 || !p.has("from") || !p.has("to") {
		return nil, false
	}
	a, b := ends[0], ends[len(ends)-1]
	between := f.text[f.entities[a].end:f.entities[b].at]
	object := map[string]any{}
	for _, field := range p.fields {
		switch field.name {
		case "from":
			object[field.name] = f.entities[a].text
		case "to":
			object[field.name] = f.entities[b].text
		default:
			object[field.name] = strings.Trim(strings.TrimSpace(between), "\"'“”`")
		}
	}
	f.used[a], f.used[b] = true, true
	return object, true
}

func (p *param) has(field string) bool {
	for _, q := range p.fields {
		if q.name == field {
			return true
		}
	}
	return false
}
