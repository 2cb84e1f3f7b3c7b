package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"switchboard/host/clean"
)

// Pairs makes a JSON object of key=value, each value read as the type that the
// schema gives the key: numbers, true and false as such, lists and objects as
// JSON, and a list also by repeating its key. Without a type, or with several, a
// value is JSON where it is that and a string where it is not. The schema may be
// nil. What does not fit a type stays a string, for [Schema.Validate] to explain.
func (s *Schema) Pairs(pairs []string) (json.RawMessage, error) {
	var keys []string
	values := map[string][]string{}
	for _, pair := range pairs {
		key, value, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return nil, fmt.Errorf("%s is not of the form key=value", strconv.Quote(clean.Line(pair)))
		}
		if len(values[key]) == 0 {
			keys = append(keys, key)
		}
		values[key] = append(values[key], value)
	}
	members := make([]string, len(keys))
	for i, key := range keys {
		value, err := s.value(key, values[key])
		if err != nil {
			return nil, err
		}
		members[i] = quote(key) + ":" + value
	}
	return json.RawMessage("{" + strings.Join(members, ",") + "}"), nil
}

// value is the JSON of what was given for one key.
func (s *Schema) value(key string, given []string) (string, error) {
	property := s.property(key)
	types := typesOf(property["type"])
	list := slices.Contains(types, "array")
	if len(given) > 1 && !list {
		return "", fmt.Errorf("%s is given twice, and it is no list", strconv.Quote(clean.Line(key)))
	}
	if !list || len(given) == 1 && strings.HasPrefix(strings.TrimSpace(given[0]), "[") {
		return literal(given[0], types), nil
	}
	item, _ := property["items"].(map[string]any)
	items := make([]string, len(given))
	for i, one := range given {
		items[i] = literal(one, s.typesOf(item))
	}
	return "[" + strings.Join(items, ",") + "]", nil
}

// property is the schema of one key, what it refers to included; nil for none.
func (s *Schema) property(key string) map[string]any {
	if s == nil {
		return nil
	}
	root := s.follow(s.root)
	properties, _ := root["properties"].(map[string]any)
	return s.follow(properties[key])
}

func (s *Schema) typesOf(schema map[string]any) []string { return typesOf(s.follow(schema)["type"]) }

// follow goes along references, a few at most: they may lead in a circle.
func (s *Schema) follow(v any) map[string]any {
	object, _ := v.(map[string]any)
	for range 8 {
		ref, ok := object["$ref"].(string)
		if !ok {
			break
		}
		target, _ := s.resolve(ref)
		object, _ = target.(map[string]any)
	}
	return object
}

// literal writes text as JSON of one of the types.
func literal(text string, types []string) string {
	if len(types) == 1 && types[0] == "string" {
		return quote(text)
	}
	compact := &bytes.Buffer{}
	if json.Compact(compact, []byte(text)) != nil {
		return quote(text)
	}
	var v any
	if err := json.Unmarshal(compact.Bytes(), &v); err != nil {
		return quote(text) // a number beyond all bounds
	}
	fits := len(types) == 0 || slices.ContainsFunc(types, func(t string) bool { return is(v, t) })
	if !fits {
		return quote(text)
	}
	return compact.String()
}

func quote(s string) string {
	text, _ := json.Marshal(s) // cannot fail for a string
	return string(text)
}
