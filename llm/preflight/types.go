package preflight

import (
	"encoding/json"
	"slices"
	"strings"
)

var jsonTypes = []string{"array", "boolean", "integer", "null", "number", "object", "string"}

// typeAliases are what people write for a type who think of another language.
var typeAliases = map[string]string{
	"str": "string", "text": "string", "char": "string", "date": "string", "datetime": "string", "uuid": "string", "file": "string",
	"int": "integer", "int32": "integer", "int64": "integer", "long": "integer",
	"float": "number", "float32": "number", "float64": "number", "double": "number", "decimal": "number", "numeric": "number",
	"bool": "boolean", "dict": "object", "map": "object", "struct": "object", "json": "object",
	"list": "array", "tuple": "array", "set": "array", "none": "null", "nil": "null", "undefined": "null",
}

// typesOf lists what "type" names.
func typesOf(s map[string]any) []string {
	if one, ok := s["type"].(string); ok {
		return []string{one}
	}
	return texts(s["type"])
}

// unknownType finds a type that is none of JSON Schema's.
func unknownType(n *node) *flaw {
	v, there := n.s["type"]
	if !there || !n.w.rules.WellFormed {
		return nil
	}
	list, isList := v.([]any)
	var known []string
	for _, t := range typesOf(n.s) {
		if k := knownType(t); k != "" {
			known = appendNew(known, k)
		}
	}
	if slices.Equal(known, typesOf(n.s)) && len(known) > 0 && (!isList || len(list) == len(known)) {
		return nil
	}
	problem := "the type " + brief(v) + " is none of JSON Schema's"
	switch len(known) {
	case 0:
		return &flaw{problem, "dropped", func() { delete(n.s, "type") }}
	case 1:
		return &flaw{problem, "taken for " + known[0], func() { n.s["type"] = known[0] }}
	}
	return &flaw{problem, "taken for " + strings.Join(known, ", "), func() { n.s["type"] = listOf(known) }}
}

func knownType(t string) string {
	if slices.Contains(jsonTypes, t) {
		return t
	}
	lower := strings.ToLower(t)
	if slices.Contains(jsonTypes, lower) {
		return lower
	}
	return typeAliases[lower]
}

// typeOf is the type of a value.
func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case json.Number:
		if isWhole(v) {
			return "integer"
		}
		return "number"
	}
	return "object"
}

// isWhole tells whether a number is one without a fraction, however it is written.
func isWhole(n json.Number) bool {
	if _, err := n.Int64(); err == nil {
		return true
	}
	f, err := n.Float64()
	return err == nil && f == float64(int64(f))
}

// nullType finds a type of null where "nullable" says it.
func nullType(n *node) *flaw {
	if !n.w.rules.NoNullType {
		return nil
	}
	const repair = `"nullable": true says it`
	types := typesOf(n.s)
	if slices.Contains(types, "null") {
		return &flaw{"the type null is refused", repair, func() {
			rest := slices.DeleteFunc(types, func(t string) bool { return t == "null" })
			n.s["nullable"] = true
			switch len(rest) {
			case 0:
				n.s["type"] = "string"
			case 1:
				n.s["type"] = rest[0]
			default:
				n.s["type"] = listOf(rest)
			}
		}}
	}
	branches, _ := n.s["anyOf"].([]any)
	if !slices.ContainsFunc(branches, onlyNull) {
		return nil
	}
	return &flaw{"an alternative of null is refused", repair, func() {
		n.s["nullable"] = true
		rest := slices.DeleteFunc(slices.Clone(branches), onlyNull)
		if len(rest) == 0 {
			delete(n.s, "anyOf")
			n.s["type"] = "string"
			return
		}
		n.s["anyOf"] = rest
	}}
}

func onlyNull(v any) bool {
	s, ok := v.(map[string]any)
	return ok && s["type"] == "null"
}

// keywordsFor are the keywords that say something about one type only.
var keywordsFor = map[string][]string{
	"object": {"properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties", "unevaluatedProperties"},
	"array":  {"items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "unevaluatedItems"},
	"string": {"pattern", "minLength", "maxLength", "format", "contentEncoding", "contentMediaType"},
	"number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
}

// typeLists finds a list of types.
func typeLists(n *node) *flaw {
	_, isList := n.s["type"].([]any)
	types := typesOf(n.s)
	if !n.w.rules.NoTypeLists || !isList {
		return nil
	}
	if len(types) == 1 {
		return &flaw{"a list of types is refused", "its one type is kept", func() { n.s["type"] = types[0] }}
	}
	if _, both := n.s["anyOf"]; both {
		return &flaw{"a list of types is refused", "dropped; the alternatives say it", func() { delete(n.s, "type") }}
	}
	return &flaw{"a list of types is refused", "an alternative for each", func() {
		var branches []any
		for _, t := range types {
			branches = append(branches, n.only(t))
		}
		for _, keys := range keywordsFor {
			for _, key := range keys {
				delete(n.s, key)
			}
		}
		delete(n.s, "type")
		delete(n.s, "enum")
		n.s["anyOf"] = branches
	}}
}

// only makes a schema of what a schema says of one type.
func (n *node) only(t string) map[string]any {
	s := map[string]any{"type": t}
	owner := t
	if t == "integer" {
		owner = "number"
	}
	for _, key := range keywordsFor[owner] {
		if v, ok := n.s[key]; ok {
			s[key] = clone(v)
		}
	}
	values, _ := n.s["enum"].([]any)
	var own []any
	for _, v := range values {
		if fitsType(v, []string{t}) {
			own = append(own, v)
		}
	}
	if len(own) > 0 {
		s["enum"] = own
	}
	return s
}
