package preflight

import (
	"slices"
	"strings"
)

// rootType finds arguments that are no object.
func rootType(n *node) *flaw {
	if !n.at.root() || n.s["type"] == "object" || n.has("$ref") {
		return nil
	}
	types := typesOf(n.s)
	if len(types) > 0 && !slices.Contains(types, "object") {
		return &flaw{problem: "its arguments are of the type " + strings.Join(types, ", ") + ", and only an object can be sent"}
	}
	return &flaw{"the outermost type is not object", "it is", func() { n.s["type"] = "object" }}
}

// atRoot finds combinations of schemas in the outermost one.
func atRoot(n *node) *flaw {
	if !n.at.root() {
		return nil
	}
	for _, key := range []string{"anyOf", "oneOf"} {
		branches, there := n.s[key].([]any)
		if !there || !n.refuses(key) {
			continue
		}
		f := &flaw{problem: key + " is refused in the outermost schema", repair: "merged into one schema"}
		alternatives := n.alternatives(branches)
		if len(alternatives) == 0 {
			f.problem += ", and no alternative is an object"
			return f
		}
		f.mend = func() {
			delete(n.s, key)
			n.fold(alternatives)
		}
		return f
	}
	return nil
}

// alternatives are the branches that arguments can be in, combinations in them
// merged.
func (n *node) alternatives(branches []any) []map[string]any {
	var all []map[string]any
	for _, b := range branches {
		s, open, ok := n.followed(b)
		if !ok {
			continue
		}
		inner := &node{s: clone(s), at: place{open: open}, w: n.w}
		if f := allOfs(inner); f != nil {
			f.mend()
		}
		if f := atRoot(inner); f != nil && f.mend != nil {
			f.mend()
		}
		if types := typesOf(inner.s); len(types) == 0 || slices.Contains(types, "object") {
			all = append(all, inner.s)
		}
	}
	return all
}

// fold puts the properties of all alternatives side by side. What every one of
// them needs is needed; the rest stands in a note.
func (n *node) fold(alternatives []map[string]any) {
	variants := map[string][]any{}
	var needs [][]string
	for _, a := range alternatives {
		properties, _ := a["properties"].(map[string]any)
		for name, p := range properties {
			variants[name] = append(variants[name], p)
		}
		needs = append(needs, texts(a["required"]))
	}
	merged := map[string]any{}
	for name, schemas := range variants {
		merged[name] = either(schemas)
	}
	addition := map[string]any{}
	if len(merged) > 0 {
		addition["properties"] = merged
	}
	if shared := inAll(needs); len(shared) > 0 {
		addition["required"] = listOf(shared)
	}
	n.become(both(n.s, addition))
	n.note(choice(needs))
}

// either is a schema for what one of several allows; values that tell the
// alternatives apart become one list.
func either(schemas []any) any {
	var values []any
	var first map[string]any
	for _, x := range schemas {
		s, ok := x.(map[string]any)
		if !ok {
			return anyOf(schemas)
		}
		own, listed := s["enum"].([]any)
		if v, constant := s["const"]; constant {
			own = []any{v}
		} else if !listed {
			return anyOf(schemas)
		}
		if first == nil {
			first = clone(s)
			delete(first, "const")
		}
		for _, v := range own {
			if !slices.ContainsFunc(values, func(w any) bool { return same(v, w) }) {
				values = append(values, v)
			}
		}
	}
	first["enum"] = values
	if t := commonType(values); t != "" && closes(first, "type") {
		first["type"] = t
	}
	return first
}

// inAll lists the names that are in every list.
func inAll(lists [][]string) []string {
	if len(lists) == 0 {
		return nil
	}
	return slices.DeleteFunc(appendNew(nil, lists[0]...), func(name string) bool {
		return slices.ContainsFunc(lists, func(l []string) bool { return !slices.Contains(l, name) })
	})
}

// choice tells which names go together; "" when there is nothing to choose.
func choice(needs [][]string) string {
	shared := inAll(needs)
	var groups []string
	for _, names := range needs {
		own := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(shared, name) })
		if len(own) == 0 {
			return ""
		}
		groups = appendNew(groups, strings.Join(own, " and "))
	}
	if len(groups) < 2 {
		return ""
	}
	return "Arguments: give " + strings.Join(groups, ", or ") + "."
}
