package preflight

import (
	"slices"
	"strings"
)

// missingProperties finds an object without properties.
func missingProperties(n *node) *flaw {
	if !n.w.rules.NeedProperties || n.has("properties") || !slices.Contains(typesOf(n.s), "object") {
		return nil
	}
	return &flaw{"an object without properties", "it has none", func() { n.s["properties"] = map[string]any{} }}
}

// missingItems finds a list without a schema of its items.
func missingItems(n *node) *flaw {
	if !n.w.rules.NeedItems || n.has("items") || !slices.Contains(typesOf(n.s), "array") {
		return nil
	}
	return &flaw{"a list without items", "they may be anything", func() { n.s["items"] = map[string]any{} }}
}

// tuples finds a list with a schema for each place: as items up to draft 7, as
// prefixItems since.
func tuples(n *node) *flaw {
	key := "items"
	places, there := n.s[key].([]any)
	rest, open := n.s["additionalItems"]
	if !there {
		key = "prefixItems"
		places, there = n.s[key].([]any)
		rest, open = n.s["items"]
		if !n.refuses(key) && !(n.w.rules.NeedItems && !n.has("items")) {
			return nil
		}
	}
	if !there {
		return nil
	}
	if _, isSchema := rest.(map[string]any); open && isSchema {
		places = append(slices.Clone(places), rest)
	}
	return &flaw{key + " is a list of schemas, one for each place", "items may be any of them", func() {
		delete(n.s, key)
		delete(n.s, "additionalItems")
		n.s["items"] = anyOf(places)
		if len(places) > 1 {
			n.note("each item at its place")
		}
	}}
}

// anyOf is a schema for what one of several schemas allows.
func anyOf(schemas []any) any {
	var distinct []any
	for _, s := range schemas {
		if !slices.ContainsFunc(distinct, func(d any) bool { return same(d, s) }) {
			distinct = append(distinct, clone(s))
		}
	}
	switch len(distinct) {
	case 0:
		return map[string]any{}
	case 1:
		return distinct[0]
	}
	return map[string]any{"anyOf": distinct}
}

// unmetRequired finds a required name that no property has.
func unmetRequired(n *node) *flaw {
	if !n.w.rules.ExactRequired || !n.has("required") {
		return nil
	}
	properties, _ := n.s["properties"].(map[string]any)
	var met, unmet []string
	for _, name := range texts(n.s["required"]) {
		if _, ok := properties[name]; ok {
			met = append(met, name)
		} else {
			unmet = append(unmet, name)
		}
	}
	if len(unmet) == 0 {
		return nil
	}
	return &flaw{"required names what is no property: " + strings.Join(unmet, ", "), "left out", func() {
		if len(met) == 0 {
			delete(n.s, "required")
			return
		}
		n.s["required"] = listOf(met)
	}}
}

// propertyNames finds a property whose name the provider refuses. One that every
// call needs cannot be left out.
func propertyNames(n *node) *flaw {
	pattern := n.w.rules.PropertyNames
	properties, _ := n.s["properties"].(map[string]any)
	if pattern == nil {
		return nil
	}
	for _, name := range sortedKeys(properties) {
		if pattern.MatchString(name) {
			continue
		}
		problem := "the name of the property " + brief(name) + " is refused"
		if slices.Contains(texts(n.s["required"]), name) {
			return &flaw{problem: problem + ", and a call needs it"}
		}
		return &flaw{problem, "left out", func() { delete(properties, name) }}
	}
	return nil
}

// tooDeep finds schemas below the depth that the provider takes.
func tooDeep(n *node) *flaw {
	limit := n.w.rules.MaxDepth
	if limit == 0 || n.at.depth < limit-1 || len(children(n.s)) == 0 {
		return nil
	}
	return &flaw{"it is nested too deeply", "what is in it may be anything", func() {
		for _, keys := range [][]string{schemaMaps, schemaLists, schemaOnes} {
			for _, key := range keys {
				delete(n.s, key)
			}
		}
		delete(n.s, "required")
		if t := typesOf(n.s); slices.Contains(t, "array") || len(t) == 0 && n.w.rules.NeedType {
			n.s["type"] = "string"
		}
	}}
}
