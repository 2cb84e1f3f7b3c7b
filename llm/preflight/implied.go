package preflight

import (
	"fmt"
	"slices"
)

// missingType finds a schema that does not say its type.
func missingType(n *node) *flaw {
	if !n.w.rules.NeedType || len(typesOf(n.s)) > 0 {
		return nil
	}
	for _, other := range []string{"anyOf", "oneOf", "allOf", "$ref"} {
		if _, there := n.s[other]; there {
			return nil
		}
	}
	if t := n.impliedType(); t != "" {
		return &flaw{"it names no type", "it is " + t + ", by its other keywords", func() { n.s["type"] = t }}
	}
	return &flaw{"it names no type", "an alternative for each", func() {
		delete(n.s, "enum")
		n.s["anyOf"] = []any{
			map[string]any{"type": "string"},
			map[string]any{"type": "number"},
			map[string]any{"type": "boolean"},
			map[string]any{"type": "object", "properties": map[string]any{}},
			map[string]any{"type": "array", "items": map[string]any{"type": "string"}},
		}
	}}
}

// impliedType is the type that the other keywords are about; "" when they do not
// tell.
func (n *node) impliedType() string {
	if values, ok := n.s["enum"].([]any); ok && len(values) > 0 {
		return commonType(values)
	}
	for _, t := range []string{"object", "array", "string", "number"} {
		if slices.ContainsFunc(keywordsFor[t], func(key string) bool { _, there := n.s[key]; return there }) {
			return t
		}
	}
	return ""
}

// commonType is the one type of all values but null.
func commonType(values []any) string {
	common := ""
	for _, v := range values {
		t := typeOf(v)
		switch {
		case t == "null" || t == common:
		case common == "":
			common = t
		case common == "integer" && t == "number" || common == "number" && t == "integer":
			common = "number"
		default:
			return ""
		}
	}
	return common
}

// fitsType tells whether a value is of one of the types.
func fitsType(v any, types []string) bool {
	t := typeOf(v)
	return slices.Contains(types, t) || t == "integer" && slices.Contains(types, "number")
}

// ownKeywords finds properties beside another type than object, and items beside
// another than array.
func ownKeywords(n *node) *flaw {
	types := typesOf(n.s)
	if !n.w.rules.OwnKeywords || len(types) != 1 {
		return nil
	}
	for _, t := range []string{"array", "object"} {
		if types[0] == t {
			continue
		}
		for _, key := range keywordsFor[t] {
			if _, there := n.s[key]; there {
				return &flaw{fmt.Sprintf("%s beside the type %s", key, types[0]), "dropped", func() { delete(n.s, key) }}
			}
		}
	}
	return nil
}
