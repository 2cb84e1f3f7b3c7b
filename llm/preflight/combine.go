package preflight

import (
	"bytes"
	"slices"
)

// allOfs finds schemas that all hold, where the provider wants one.
func allOfs(n *node) *flaw {
	branches, there := n.s["allOf"].([]any)
	if !there || !n.refuses("allOf") {
		return nil
	}
	return &flaw{"allOf is refused", "merged into one schema", func() {
		delete(n.s, "allOf")
		for _, b := range branches {
			// A branch that cannot be followed is left out: that allows more.
			if s, open, ok := n.followed(b); ok {
				n.become(both(n.s, s))
				n.at.open = open
			}
		}
	}}
}

// oneOfs finds alternatives that exclude each other.
func oneOfs(n *node) *flaw {
	branches, there := n.s["oneOf"]
	if !there || !n.refuses("oneOf") {
		return nil
	}
	return &flaw{"oneOf is refused", "put as anyOf", func() {
		delete(n.s, "oneOf")
		if !n.has("anyOf") {
			n.s["anyOf"] = branches
		}
	}}
}

// turned is a schema that must not allow more than it did, as text: one of several
// that exclude each other, or one that must not hold. It is nil for all others,
// and when nothing is changed.
func (n *node) turned(c child) []byte {
	switch c.key {
	case "oneOf", "not", "if", "contains":
		if n.w.mend {
			return encode(c.schema)
		}
	}
	return nil
}

// loosen makes a schema allow what it allowed before a schema in it was mended,
// and so allows more.
func (n *node) loosen(key string, before []byte) {
	if before == nil || !n.has(key) || slices.ContainsFunc(children(n.s), func(c child) bool {
		return c.key == key && bytes.Equal(encode(c.schema), before)
	}) {
		return
	}
	switch key {
	case "oneOf":
		if branches := n.s[key]; !n.has("anyOf") {
			n.s["anyOf"] = branches
		}
		delete(n.s, key)
	case "not":
		delete(n.s, key)
	case "if":
		for _, k := range together[0] {
			delete(n.s, k)
		}
	case "contains":
		delete(n.s, "maxContains")
	}
}

// lonelyAnyOf finds keywords beside alternatives, and alternatives of which there
// is one.
func lonelyAnyOf(n *node) *flaw {
	branches, there := n.s["anyOf"].([]any)
	if !there || !n.w.rules.LoneAnyOf || len(n.s) == 1 && len(branches) > 1 {
		return nil
	}
	return &flaw{"anyOf does not stand alone", "what stands beside it is put into the alternatives", func() {
		rest := clone(n.s)
		delete(rest, "anyOf")
		if n.w.copied += len(encode(rest)) * len(branches); n.w.copied > maxCopied {
			rest = map[string]any{} // that allows more
		}
		var filled []any
		for _, b := range branches {
			if s, ok := b.(map[string]any); ok {
				filled = append(filled, both(s, rest))
			} else if b == true {
				filled = append(filled, clone(rest))
			}
			delete(rest, "description") // once is enough
		}
		if len(filled) == 1 {
			n.become(filled[0].(map[string]any))
			return
		}
		clear(n.s)
		if len(filled) > 0 {
			n.s["anyOf"] = filled
		}
	}}
}

// together are keywords that mean something only side by side: of two schemas one
// brings all of them.
var together = [][]string{
	{"if", "then", "else"}, {"contains", "minContains", "maxContains"}, {"items", "prefixItems", "additionalItems"},
}

// notTaken are keywords that a schema does not bring into another.
var notTaken = []string{"$defs", "definitions", "$schema", "$id"}

// both is a schema for what two schemas allow. Where they cannot be joined it
// says what the first says, and so never forbids what both allow.
func both(a, b map[string]any) map[string]any {
	s := clone(a)
	for _, key := range sortedKeys(b) {
		mine, there := s[key]
		switch {
		case slices.Contains(notTaken, key) || taken(a, key):
		case !there:
			s[key] = clone(b[key])
		default:
			s[key] = joined(key, mine, b[key])
		}
	}
	for _, key := range []string{"additionalProperties", "unevaluatedProperties"} {
		// It speaks of the properties it stands beside, not of the other's.
		if closes(a, key) && opens(b) || closes(b, key) && opens(a) {
			delete(s, key)
		}
	}
	return s
}

func closes(s map[string]any, key string) bool { _, there := s[key]; return there }

func opens(s map[string]any) bool {
	return closes(s, "properties") || closes(s, "patternProperties") || closes(s, "allOf") || closes(s, "anyOf") || closes(s, "oneOf")
}

// taken tells whether a schema has keywords of its own that a key goes with.
func taken(s map[string]any, key string) bool {
	for _, group := range together {
		if slices.Contains(group, key) {
			return slices.ContainsFunc(group, func(k string) bool { _, there := s[k]; return there })
		}
	}
	return false
}

// joined is the value of a keyword that both schemas have.
func joined(key string, mine, theirs any) any {
	switch key {
	case "properties":
		return joinedProperties(mine, theirs)
	case "required":
		return listOf(appendNew(texts(mine), texts(theirs)...))
	case "enum":
		a, _ := mine.([]any)
		b, _ := theirs.([]any)
		common := slices.DeleteFunc(slices.Clone(a), func(x any) bool {
			return !slices.ContainsFunc(b, func(y any) bool { return same(x, y) })
		})
		if len(common) > 0 {
			return common
		}
	case "type":
		return narrower(mine, theirs)
	}
	return mine
}

func joinedProperties(mine, theirs any) any {
	a, ok := mine.(map[string]any)
	b, also := theirs.(map[string]any)
	if !ok || !also {
		return mine
	}
	for _, name := range sortedKeys(b) {
		x, isSchema := a[name].(map[string]any)
		y, isToo := b[name].(map[string]any)
		switch _, there := a[name]; {
		case isSchema && isToo:
			a[name] = both(x, y)
		case !there || a[name] == true:
			a[name] = clone(b[name])
		}
	}
	return a
}

// narrower is what two values of "type" have in common; the first, when that is
// nothing.
func narrower(mine, theirs any) any {
	a, b := typesOf(map[string]any{"type": mine}), typesOf(map[string]any{"type": theirs})
	var common []string
	for _, t := range a {
		switch {
		case slices.Contains(b, t), t == "integer" && slices.Contains(b, "number"):
			common = appendNew(common, t)
		case t == "number" && slices.Contains(b, "integer"):
			common = appendNew(common, "integer")
		}
	}
	switch len(common) {
	case 0:
		return mine
	case 1:
		return common[0]
	}
	return listOf(common)
}
