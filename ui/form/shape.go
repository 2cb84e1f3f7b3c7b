package form

import (
	"encoding/json"
	"strings"

	"switchboard/host/clean"
)

// A shape is the part of JSON Schema that is shown.
type shape struct {
	Ref         string            `json:"$ref"`
	Type        json.RawMessage   `json:"type"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Enum        []json.RawMessage `json:"enum"`
	Const       json.RawMessage   `json:"const"`
	Default     json.RawMessage   `json:"default"`
	Properties  json.RawMessage   `json:"properties"`
	Required    []string          `json:"required"`
	Items       json.RawMessage   `json:"items"`
	AnyOf       []json.RawMessage `json:"anyOf"`
	OneOf       []json.RawMessage `json:"oneOf"`
	AllOf       []json.RawMessage `json:"allOf"`
	limits
}

// decodeShape reads what is of the expected type; one member of another type does
// not spoil the rest.
func decodeShape(raw json.RawMessage) shape {
	var s shape
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	all, err := members(raw)
	if err != nil {
		return shape{}
	}
	s = shape{}
	for _, m := range all {
		key, err := json.Marshal(m.name)
		if err != nil {
			continue
		}
		kept := s
		if json.Unmarshal([]byte("{"+string(key)+":"+string(m.value)+"}"), &s) != nil {
			s = kept
		}
	}
	return s
}

// kindOf is the type in words: "string", "string or null"; "" when any will do.
func kindOf(s shape) string {
	var one string
	if json.Unmarshal(s.Type, &one) == nil {
		return one
	}
	var several []string
	if json.Unmarshal(s.Type, &several) == nil {
		return strings.Join(several, " or ")
	}
	if s.Properties != nil {
		return "object"
	}
	return ""
}

// Choices are the values of an enum, safe to show on one line.
func Choices(enum []json.RawMessage) string {
	said := make([]string, len(enum))
	for i, e := range enum {
		said[i] = clean.Line(string(e))
	}
	return strings.Join(said, " | ")
}
