package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// An objectSchema is the part of a JSON Schema of type object that the
// catalogue looks into.
type objectSchema struct {
	raw        json.RawMessage
	root       map[string]json.RawMessage
	properties map[string]json.RawMessage
	required   []string
}

var errNoObject = errors.New("it is not a JSON object")

// parseSchema reads an input schema. What providers refuse without need is
// mended on a copy: no schema at all, no type, no properties, "required": null,
// bytes that are not UTF-8.
func parseSchema(raw json.RawMessage) (objectSchema, error) {
	if trimmed := bytes.TrimSpace(raw); len(trimmed) == 0 || string(trimmed) == "null" {
		raw = json.RawMessage(`{}`)
	}
	if !utf8.Valid(raw) {
		raw = bytes.ToValidUTF8(raw, []byte(string(utf8.RuneError)))
	}
	s := objectSchema{raw: raw}
	if err := json.Unmarshal(raw, &s.root); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return s, fmt.Errorf("reading it as JSON: %w", err)
		}
		return s, errNoObject
	}
	if t, ok := s.root["type"]; ok && !names(t, "object") {
		return s, errors.New("its type is not object")
	}
	if err := s.part("properties", &s.properties); err != nil {
		return s, err
	}
	if err := s.part("required", &s.required); err != nil {
		return s, err
	}
	return s.mended(), nil
}

// part decodes one keyword if it is there.
func (s objectSchema) part(key string, into any) error {
	value, ok := s.root[key]
	if !ok {
		return nil
	}
	if err := json.Unmarshal(value, into); err != nil {
		return fmt.Errorf("reading %s: %w", key, err)
	}
	return nil
}

// mended makes sure of the type and the properties. Bytes that need no mending
// are left as they came.
func (s objectSchema) mended() objectSchema {
	sound := string(s.root["type"]) == `"object"` && s.properties != nil
	if required, ok := s.root["required"]; sound && (!ok || string(required) != "null") {
		return s
	}
	s.root["type"] = json.RawMessage(`"object"`)
	if s.properties == nil {
		s.properties = map[string]json.RawMessage{}
		s.root["properties"] = json.RawMessage(`{}`)
	}
	if s.required == nil {
		delete(s.root, "required")
	}
	s.raw = encode(s.root)
	return s
}

// names tells whether a schema's type, one name or a list, holds a name.
func names(value json.RawMessage, name string) bool {
	for _, t := range typeNames(value) {
		if t == name {
			return true
		}
	}
	return false
}

// typeNames lists the names in a schema's type.
func typeNames(value json.RawMessage) []string {
	var one string
	if json.Unmarshal(value, &one) == nil && one != "" {
		return []string{one}
	}
	var several []string
	if json.Unmarshal(value, &several) != nil {
		return nil
	}
	return several
}

// encode writes a value made of maps, slices and JSON that was parsed before;
// keys come out sorted.
func encode(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return json.RawMessage(`{}`)
	}
	return bytes.TrimSpace(b.Bytes())
}
