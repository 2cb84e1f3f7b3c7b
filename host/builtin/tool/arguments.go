package tool

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxShown bounds in characters how much of a wrong argument an error repeats.
const maxShown = 40

// decode checks raw arguments against the parameters and stores them in target.
// mcp-go can check them too, but its words are of no help to a model. No
// arguments at all, or null, are an empty object.
func (s Spec) decode(raw json.RawMessage, target any) error {
	given, err := object(raw)
	if err != nil {
		return fmt.Errorf("%s takes its arguments as a JSON object: %w", s.Name, err)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.ContainsFunc(s.Params, func(p Param) bool { return p.name == name }) {
			return fmt.Errorf("%s has no argument %s; it takes %s", s.Name, quote(name), s.paramNames())
		}
	}
	for _, p := range s.Params {
		v, ok := given[p.name]
		if !ok || v == nil {
			if p.required {
				return fmt.Errorf("%s needs the argument %q: %s", s.Name, p.name, p.description)
			}
			delete(given, p.name)
			continue
		}
		if given[p.name], err = p.accept(v); err != nil {
			return fmt.Errorf("the argument %q of %s %w", p.name, s.Name, err)
		}
	}
	return remarshal(given, target)
}

func (s Spec) paramNames() string {
	if len(s.Params) == 0 {
		return "none"
	}
	var names []string
	for _, p := range s.Params {
		names = append(names, p.name)
	}
	return strings.Join(names, ", ")
}

func object(raw json.RawMessage) (map[string]any, error) {
	given := map[string]any{}
	if len(bytes.TrimSpace(raw)) == 0 {
		return given, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	err := decoder.Decode(&given)
	return given, err
}

// accept checks one value; what it returns is what the handler gets.
func (p Param) accept(v any) (any, error) {
	switch v := v.(type) {
	case string:
		if p.kind == "string" {
			return v, p.acceptText(v)
		}
	case json.Number:
		if p.kind == "integer" {
			return p.acceptInteger(v)
		}
		if p.kind == "number" {
			return v, nil
		}
	}
	return nil, fmt.Errorf("must be %s, not %s", p.kindInWords(), quote(v))
}

func (p Param) kindInWords() string {
	switch p.kind {
	case "integer":
		return "a whole number"
	case "number":
		return "a number"
	}
	return "a text"
}

func (p Param) acceptText(text string) error {
	if p.required && strings.TrimSpace(text) == "" {
		return errors.New("must not be empty")
	}
	if n := utf8.RuneCountInString(text); p.length > 0 && n > p.length {
		return fmt.Errorf("has %d characters; at most %d are allowed", n, p.length)
	}
	return nil
}

// acceptInteger takes 3, 3.0 and 3e0 alike, as JSON Schema does.
func (p Param) acceptInteger(n json.Number) (any, error) {
	float, err := n.Float64()
	if err != nil || float < float64(p.low) || float > float64(p.high) {
		return nil, fmt.Errorf("must be from %d to %d, not %s", p.low, p.high, quote(n))
	}
	whole, accuracy := big.NewFloat(float).Int64()
	if accuracy != big.Exact {
		return nil, fmt.Errorf("must be a whole number, not %s", quote(n))
	}
	return whole, nil
}

func remarshal(given map[string]any, target any) error {
	checked, err := json.Marshal(given)
	if err != nil {
		return fmt.Errorf("reading the arguments: %w", err)
	}
	if err := json.Unmarshal(checked, target); err != nil {
		return fmt.Errorf("reading the arguments: %w", err)
	}
	return nil
}

// quote shows a value as JSON, cut to a readable length.
func quote(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "something that is not JSON"
	}
	runes := []rune(string(text))
	if len(runes) > maxShown {
		return string(runes[:maxShown]) + "…"
	}
	return string(runes)
}
