package offline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A param is one argument of a tool, as far as its JSON Schema tells.
type param struct {
	name     string
	about    string // its description
	kind     string // JSON type: string, number, integer, boolean, array or object
	required bool
	choices  []any   // of an enum
	signed   bool    // numbers below zero are in its bounds
	items    *param  // of an array
	fields   []param // of an object, in the schema's order
}

// Schemas nest without end; the matcher fills in no more than a list of flat
// objects.
const deepest = 4

// paramsOf reads the arguments out of a JSON Schema object, in its own order.
// What it cannot read is left out.
func paramsOf(schema []byte) []param {
	return parseParam("", schema, 0).fields
}

// rawSchema is the part of a JSON Schema that the matcher understands.
type rawSchema struct {
	Type        any               `json:"type"`
	Description string            `json:"description"`
	Enum        []any             `json:"enum"`
	Minimum     json.Number       `json:"minimum"`
	Properties  json.RawMessage   `json:"properties"`
	Required    []string          `json:"required"`
	Items       json.RawMessage   `json:"items"`
	AnyOf       []json.RawMessage `json:"anyOf"`
	OneOf       []json.RawMessage `json:"oneOf"`
}

func parseParam(name string, schema []byte, depth int) param {
	var raw rawSchema
	d := json.NewDecoder(bytes.NewReader(schema))
	d.UseNumber()
	// A field of the wrong type costs itself: the decoder goes on behind it.
	_ = d.Decode(&raw)
	p := param{name: name, about: raw.Description, kind: jsonType(raw.Type), choices: scalars(raw.Enum)}
	p.signed = strings.HasPrefix(raw.Minimum.String(), "-")
	if depth >= deepest {
		return p
	}
	if p.kind == "" && len(raw.Properties) == 0 {
		return alternative(p, slices.Concat(raw.AnyOf, raw.OneOf), depth)
	}
	if len(raw.Items) > 0 {
		items := parseParam("", raw.Items, depth+1)
		p.items = &items
	}
	for _, m := range members(raw.Properties) {
		field := parseParam(m.key, m.value, depth+1)
		field.required = slices.Contains(raw.Required, m.key)
		p.fields = append(p.fields, field)
	}
	return p
}

// alternative takes the first of several schemas that is not null's.
func alternative(p param, schemas []json.RawMessage, depth int) param {
	for _, s := range schemas {
		if q := parseParam(p.name, s, depth+1); q.kind != "null" {
			q.about = p.about + q.about
			return q
		}
	}
	return p
}

// jsonType reads "type", which is a word or a list of words.
func jsonType(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		for _, x := range v {
			if x != "null" {
				return fmt.Sprint(x)
			}
		}
	}
	return ""
}

// scalars drops what cannot be said in one word.
func scalars(values []any) []any {
	return slices.DeleteFunc(values, func(v any) bool {
		switch v.(type) {
		case string, json.Number, bool:
			return false
		}
		return true
	})
}

type member struct {
	key   string
	value json.RawMessage
}

// members lists the members of a JSON object in the order they are written.
func members(object []byte) []member {
	d := json.NewDecoder(bytes.NewReader(object))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	var out []member
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return out
		}
		m := member{key: fmt.Sprint(key)}
		if err := d.Decode(&m.value); err != nil {
			return out
		}
		if !slices.ContainsFunc(out, func(o member) bool { return o.key == m.key }) {
			out = append(out, m)
		}
	}
	return out
}
