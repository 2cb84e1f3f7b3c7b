package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"switchboard/host/clean"
)

const (
	maxParameters     = 40   // that [Parameters] names
	maxParameterText  = 2048 // bytes of its text
	maxListedValues   = 8    // of an enum
	maxParameterDepth = 3    // arrays in arrays
)

// Parameters tells in one short text which parameters a tool has, the required
// ones first: "path (string, required), limit (integer)". It is safe to show, and
// meant for a model that called the tool with others.
func Parameters(t Tool) string {
	s, err := parseSchema(t.Schema)
	if err != nil || len(s.properties) == 0 {
		return "no parameters"
	}
	names := keysOf(s.properties, nil)
	slices.SortStableFunc(names, func(a, b string) int {
		return boolFirst(slices.Contains(s.required, a), slices.Contains(s.required, b))
	})
	var all []string
	for i, name := range names {
		if i == maxParameters {
			all = append(all, fmt.Sprintf("and %d more", len(names)-i))
			break
		}
		all = append(all, fmt.Sprintf("%s (%s)", clean.Line(name), kindOf(s.properties[name], slices.Contains(s.required, name))))
	}
	return clean.Head(strings.Join(all, ", "), maxParameterText)
}

// boolFirst orders true before false.
func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// sketch describes a property on one line, its description included.
func sketch(schema json.RawMessage, required bool) string {
	text := kindOf(schema, required)
	if description := plain(tableOf(schema)["description"]); !description.Empty() {
		text += ": " + description.Raw()
	}
	return text
}

// kindOf is a property's type, and whether it must be given.
func kindOf(schema json.RawMessage, required bool) string {
	kind := typeOf(schema, maxParameterDepth)
	if required {
		kind += ", required"
	}
	return kind
}

// typeOf says in words what a schema takes.
func typeOf(schema json.RawMessage, depth int) string {
	s := tableOf(schema)
	if values := rawList(s["enum"]); len(values) > 0 {
		return valuesOf(values)
	}
	types := typeNames(s["type"])
	for i, name := range types {
		if name == "array" && s["items"] != nil && depth > 0 {
			name = "array of " + typeOf(s["items"], depth-1)
		}
		types[i] = clean.Line(name)
	}
	if len(types) == 0 {
		return "any"
	}
	return strings.Join(types, " or ")
}

func valuesOf(values []string) string {
	for i, v := range values {
		values[i] = clean.Line(v)
	}
	if len(values) == 1 {
		return values[0]
	}
	if n := len(values); n > maxListedValues {
		return fmt.Sprintf("one of %s and %d more", strings.Join(values[:maxListedValues], ", "), n-maxListedValues)
	}
	return "one of " + strings.Join(values, ", ")
}
