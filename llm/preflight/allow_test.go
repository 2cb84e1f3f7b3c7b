package preflight_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"pgregory.net/rapid"

	"switchboard/llm"
	"switchboard/llm/preflight"
)

// A fitted schema allows whatever the raw one allows; what is documented as an
// exception is not drawn here.
func TestFittedSchemasForbidNothing(t *testing.T) {
	t.Parallel()
	providers := llm.RuledProviders()
	tried := 0
	rapid.Check(t, func(t *rapid.T) {
		raw := rootSchema(t)
		text, err := json.Marshal(raw)
		if err != nil {
			t.Fatal(err)
		}
		rules := llm.RulesFor(rapid.SampledFrom(providers).Draw(t, "provider"), "m")
		fitted, _, err := preflight.Fit(llm.Tool{Name: "t", Schema: text}, rules)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		before, after := compiled(t, text), compiled(t, withNull(t, fitted.Schema))
		for range 40 {
			v := arguments(t)
			if before.Validate(v) != nil {
				continue
			}
			tried++
			if err := after.Validate(v); err != nil {
				t.Fatalf("raw    %s\nfitted %s\nforbids %v: %v", text, fitted.Schema, v, err)
			}
		}
	})
	if tried < 20 {
		t.Errorf("only %d arguments were allowed by their schemas", tried)
	}
}

func compiled(t *rapid.T, text []byte) *jsonschema.Resolved {
	var s jsonschema.Schema
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	r, err := s.Resolve(nil)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return r
}

// withNull puts "nullable": true into the words of JSON Schema, which validators
// know.
func withNull(t *rapid.T, text []byte) []byte {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(nullAllowed(v))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func nullAllowed(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := map[string]any{}
		for k, x := range v {
			m[k] = nullAllowed(x)
		}
		if m["nullable"] == true {
			delete(m, "nullable")
			return map[string]any{"anyOf": []any{m, map[string]any{"type": "null"}}}
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, x := range v {
			l[i] = nullAllowed(x)
		}
		return l
	}
	return v
}

var propertyNames = []string{"a", "b", "c"}

// rootSchema draws the schema of some arguments.
func rootSchema(t *rapid.T) map[string]any {
	s := map[string]any{"type": "object", "$schema": "https://json-schema.org/draft/2020-12/schema"}
	properties := map[string]any{}
	for _, name := range propertyNames {
		properties[name] = valueSchema(t, 2)
	}
	s["properties"] = properties
	if rapid.Bool().Draw(t, "closed") {
		s["additionalProperties"] = false
	}
	s["$defs"] = map[string]any{"d": valueSchema(t, 0)}
	groups := [][]any{{}, {required("a"), required("b")}, {required("a", "b"), required("b", "c")}}
	group := rapid.SampledFrom(groups).Draw(t, "group")
	if len(group) > 0 {
		s[rapid.SampledFrom([]string{"anyOf", "oneOf", "allOf"}).Draw(t, "combination")] = group
	}
	if rapid.Bool().Draw(t, "required") {
		s["required"] = []any{rapid.SampledFrom(propertyNames).Draw(t, "name")}
	}
	return s
}

func required(names ...any) any { return map[string]any{"required": names} }

// valueSchema draws the schema of one value, nested up to depth.
func valueSchema(t *rapid.T, depth int) any {
	kinds := []func(*rapid.T, int) any{text, number, choice, nullable, several, constant}
	if depth > 0 {
		kinds = append(kinds, list, object, alternatives, all, reference)
	}
	return rapid.SampledFrom(kinds).Draw(t, "kind")(t, depth-1)
}

func text(t *rapid.T, _ int) any {
	s := map[string]any{"type": "string", "description": "a text"}
	maps.Copy(s, rapid.SampledFrom([]map[string]any{
		{}, {"format": "uri"}, {"pattern": "^x"}, {"minLength": 1}, {"maxLength": 1, "default": "x"}, {"enum": []any{"x", ""}}, {"not": map[string]any{"const": "y"}},
	}).Draw(t, "text"))
	return s
}

func number(t *rapid.T, _ int) any {
	return rapid.SampledFrom([]any{
		map[string]any{"type": "integer"},
		map[string]any{"type": "number", "exclusiveMinimum": 0},
		map[string]any{"type": "number", "minimum": 1, "multipleOf": 1},
		map[string]any{"type": "integer", "enum": []any{1, 2}},
	}).Draw(t, "number")
}

func choice(t *rapid.T, _ int) any {
	return map[string]any{"enum": rapid.SampledFrom([][]any{{"x", "y"}, {1, 2}, {"x"}, {true}}).Draw(t, "values")}
}

func constant(t *rapid.T, _ int) any {
	return map[string]any{"const": rapid.SampledFrom([]any{"x", 1, true}).Draw(t, "value")}
}

func nullable(t *rapid.T, depth int) any {
	switch rapid.IntRange(0, 2).Draw(t, "null") {
	case 0:
		return map[string]any{"type": []any{"string", "null"}, "minLength": 1}
	case 1:
		return map[string]any{"anyOf": []any{text(t, depth), map[string]any{"type": "null"}}, "description": "maybe"}
	}
	return map[string]any{"type": []any{"string", "null"}, "enum": []any{"x", nil}}
}

func several(t *rapid.T, _ int) any {
	return map[string]any{"type": []any{"string", "integer"}, "minLength": 1, "minimum": 1}
}

func list(t *rapid.T, depth int) any {
	s := map[string]any{"type": "array", "uniqueItems": rapid.Bool().Draw(t, "unique")}
	if rapid.Bool().Draw(t, "items") {
		s["items"] = valueSchema(t, depth)
	}
	if rapid.Bool().Draw(t, "contains") {
		s["contains"] = map[string]any{"type": "string"}
	}
	return s
}

func object(t *rapid.T, depth int) any {
	s := map[string]any{"type": "object"}
	if rapid.Bool().Draw(t, "properties") {
		s["properties"] = map[string]any{"a": valueSchema(t, depth)}
		s["required"] = []any{rapid.SampledFrom([]any{"a", "ghost"}).Draw(t, "required")}
	}
	if rapid.Bool().Draw(t, "open") {
		s["additionalProperties"] = valueSchema(t, depth)
	}
	return s
}

func alternatives(t *rapid.T, depth int) any {
	s := map[string]any{rapid.SampledFrom([]string{"anyOf", "oneOf"}).Draw(t, "which"): []any{valueSchema(t, depth), valueSchema(t, depth)}}
	if rapid.Bool().Draw(t, "beside") {
		s["description"], s["type"] = "beside", "string"
	}
	return s
}

func all(t *rapid.T, depth int) any {
	return map[string]any{"allOf": []any{object(t, depth), object(t, depth)}}
}

func reference(*rapid.T, int) any {
	return map[string]any{"$ref": "#/$defs/d", "description": "by reference"}
}

// arguments draws what a model might send.
func arguments(t *rapid.T) any {
	v := map[string]any{}
	for _, name := range slices.Concat(propertyNames, []string{"ghost"}) {
		if name != "ghost" || rapid.IntRange(0, 9).Draw(t, "ghost") == 0 {
			if x := value(t, 2); rapid.Bool().Draw(t, "there") {
				v[name] = x
			}
		}
	}
	return v
}

func value(t *rapid.T, depth int) any {
	kinds := []string{"text", "number", "null", "bool"}
	if depth > 0 {
		kinds = append(kinds, "list", "object")
	}
	switch rapid.SampledFrom(kinds).Draw(t, "value") {
	case "text":
		return rapid.SampledFrom([]string{"", "x", "y", "xy"}).Draw(t, "text")
	case "number":
		return rapid.SampledFrom([]float64{0, 1, 1.5, 2}).Draw(t, "number")
	case "bool":
		return rapid.Bool().Draw(t, "bool")
	case "list":
		l := []any{}
		for range rapid.IntRange(0, 2).Draw(t, "length") {
			l = append(l, value(t, depth-1))
		}
		return l
	case "object":
		return map[string]any{rapid.SampledFrom([]string{"a", "ghost"}).Draw(t, "key"): value(t, depth-1)}
	}
	return nil
}
