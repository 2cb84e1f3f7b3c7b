package catalog_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/jsonschema-go/jsonschema"
	"pgregory.net/rapid"

	"switchboard/host/catalog"
)

// shared is the schema the model gets when servers a, b, … offer the same name.
func shared(schemas ...string) string {
	var offers []catalog.Offer
	for i, s := range schemas {
		o := offer(string(rune('a'+i)), "t")
		o.Tools[0].Schema = json.RawMessage(s)
		offers = append(offers, o)
	}
	entries := catalog.Build(offers, catalog.Choices{}).Entries()
	if len(entries) != 1 || len(entries[0].Tools) != len(schemas) {
		return fmt.Sprintf("not shared: %+v", entries)
	}
	return string(entries[0].Schema)
}

func TestSchemaOfOneTool(t *testing.T) {
	t.Parallel()
	const odd = "{ \"type\":\"object\",\n \"properties\":{}, \"x\":1.50, \"$schema\":\"y\" }"
	tests := []struct{ name, in, want string }{
		{"as it came", odd, odd},
		{"none", ``, `{"properties":{},"type":"object"}`},
		{"null", ` null `, `{"properties":{},"type":"object"}`},
		{"empty", `{}`, `{"properties":{},"type":"object"}`},
		{"no type", `{"properties":{"a":{"type":"string"}}}`, `{"properties":{"a":{"type":"string"}},"type":"object"}`},
		{"a list of types", `{"type":["object","null"],"properties":{}}`, `{"properties":{},"type":"object"}`},
		{"no properties", `{"type":"object","additionalProperties":false}`, `{"additionalProperties":false,"properties":{},"type":"object"}`},
		{"properties null", `{"type":"object","properties":null}`, `{"properties":{},"type":"object"}`},
		{"required null", `{"type":"object","properties":{},"required":null}`, `{"properties":{},"type":"object"}`},
		{"required kept", `{"properties":{"<a>":{}},"required":["<a>"]}`, `{"properties":{"<a>":{}},"required":["<a>"],"type":"object"}`},
		{"not UTF-8", "{\"type\":\"object\",\"properties\":{},\"title\":\"\xff\"}", "{\"type\":\"object\",\"properties\":{},\"title\":\"\ufffd\"}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := shared(test.in); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestSharedSchema(t *testing.T) {
	t.Parallel()
	object := func(properties, rest string) string {
		return `{"type":"object","properties":{` + properties + `}` + rest + `}`
	}
	tests := []struct{ name, a, b, want string }{
		{
			"the same", object(`"q":{"type":"string"}`, `,"required":["q"]`), `{"required":["q"],"type":"object","properties":{"q":{ "type":"string"}}}`,
			`{"properties":{"q":{"type":"string"}},"required":["q"],"type":"object"}`,
		},
		{
			"union and intersection", object(`"q":{"type":"string"},"n":{"type":"integer"}`, `,"required":["q","n"]`),
			object(`"q":{"type":"string"},"dir":{"type":"string","minLength":1}`, `,"required":["q","dir","q"]`),
			`{"properties":{"dir":{"type":"string","minLength":1},"n":{"type":"integer"},"q":{"type":"string"}},"required":["q"],"type":"object"}`,
		},
		{
			"no required in common", object(`"a":{}`, `,"required":["a"]`), object(`"b":{}`, `,"required":["b"]`),
			`{"properties":{"a":{},"b":{}},"type":"object"}`,
		},
		{
			"closed objects open", object(`"a":{}`, `,"additionalProperties":false`), object(`"b":{}`, `,"additionalProperties":false`),
			`{"properties":{"a":{},"b":{}},"type":"object"}`,
		},
		{
			"bounds differ", object(`"n":{"type":"integer","minimum":1}`, ``), object(`"n":{"type":"integer","maximum":9}`, ``),
			`{"properties":{"n":{"type":"integer"}},"type":"object"}`,
		},
		{
			"types differ", object(`"n":{"type":"integer"}`, ``), object(`"n":{"type":["string","null"]}`, ``),
			`{"properties":{"n":{"type":["integer","null","string"]}},"type":"object"}`,
		},
		{
			"one says nothing", object(`"n":{"type":"integer"}`, ``), object(`"n":true`, ``),
			`{"properties":{"n":{}},"type":"object"}`,
		},
		{
			"values", object(`"s":{"type":"string","enum":["x","y"]}`, ``), object(`"s":{"type":"string","enum":["z","x"]}`, ``),
			`{"properties":{"s":{"enum":["x","y","z"],"type":"string"}},"type":"object"}`,
		},
		{
			"values or anything", object(`"s":{"type":"string","enum":["x"]}`, ``), object(`"s":{"type":"string"}`, ``),
			`{"properties":{"s":{"type":"string"}},"type":"object"}`,
		},
		{
			"descriptions", object(`"s":{"type":"string","description":"a word"}`, ``), object(`"s":{"type":"string","description":"a <regexp>"}`, ``),
			`{"properties":{"s":{"description":"a: a word\nb: a <regexp>","type":"string"}},"type":"object"}`,
		},
		{
			"lists", object(`"l":{"type":"array","items":{"type":"string"},"minItems":1}`, ``), object(`"l":{"type":"array","items":{"type":"number"}}`, ``),
			`{"properties":{"l":{"items":{"type":["number","string"]},"type":"array"}},"type":"object"}`,
		},
		{
			"a list or one", object(`"l":{"type":"array","items":{"type":"string"}}`, ``), object(`"l":{"type":"string"}`, ``),
			`{"properties":{"l":{"items":{"type":"string"},"type":["array","string"]}},"type":"object"}`,
		},
		{
			"lists of anything", object(`"l":{"type":"array","items":{"type":"string"}}`, ``), object(`"l":{"type":"array","prefixItems":[{}],"items":false}`, ``),
			`{"properties":{"l":{"items":{},"type":"array"}},"type":"object"}`,
		},
		{
			"objects in objects", object(`"o":`+object(`"x":{"type":"string"}`, `,"required":["x"]`), ``), object(`"o":`+object(`"y":{"type":"string"}`, `,"required":["y"]`), ``),
			`{"properties":{"o":{"properties":{"x":{"type":"string"},"y":{"type":"string"}},"type":"object"}},"type":"object"}`,
		},
		{
			"definitions", object(`"x":{"$ref":"#/$defs/X"}`, `,"$defs":{"X":{"type":"string"},"Y":{"type":"null"}}`), object(`"x":{"$ref":"#/$defs/X"}`, `,"$defs":{"X":{"type":"number"}}`),
			`{"$defs":{"X":{},"Y":{"type":"null"}},"properties":{"x":{"$ref":"#/$defs/X"}},"type":"object"}`,
		},
		{
			"no schema at all", ``, object(`"x":{}`, `,"required":["x"]`),
			`{"properties":{"x":{}},"type":"object"}`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := shared(test.a, test.b); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestLongPropertyDescriptionsAreCut(t *testing.T) {
	t.Parallel()
	long := func(letter string) string {
		return `{"type":"object","properties":{"p":{"description":"` + strings.Repeat(letter, 5000) + `"}}}`
	}
	if got := shared(long("x"), long("y")); len(got) > 1200 || !strings.Contains(got, "a: xxx") || !strings.Contains(got, "b: yyy") {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}

// A kind is a small schema with the means to draw what fits it.
type kind struct {
	schema string
	fits   *rapid.Generator[any]
}

// kinds draws schemas for one property.
func kinds(depth int) *rapid.Generator[kind] {
	return rapid.Custom(func(t *rapid.T) kind {
		flat := []kind{
			{`{"type":"string","minLength":1}`, rapid.Just[any]("word")},
			{`{"type":"integer","minimum":0}`, rapid.Just[any](3.0)},
			{`{"type":["boolean","null"]}`, rapid.SampledFrom([]any{true, nil})},
			{`{"enum":["x",1]}`, rapid.SampledFrom([]any{"x", 1.0})},
			{`{"type":"string","enum":["x","y"]}`, rapid.SampledFrom([]any{"x", "y"})},
			{`{"type":"array","prefixItems":[{"type":"null"}],"items":{"type":"string"}}`, rapid.Just[any]([]any{nil, "s"})},
			{`{"anyOf":[{"type":"string"},{"type":"number"}]}`, rapid.SampledFrom([]any{"s", 2.5})},
			{`{"$ref":"#/$defs/D"}`, rapid.Just[any]("by reference")},
			{`true`, rapid.SampledFrom([]any{"s", 1.0, nil})},
		}
		if depth == 0 || rapid.Bool().Draw(t, "flat") {
			return rapid.SampledFrom(flat).Draw(t, "kind")
		}
		if rapid.Bool().Draw(t, "list") {
			item := kinds(depth-1).Draw(t, "item")
			return kind{`{"type":"array","items":` + item.schema + `}`, rapid.Map(rapid.SliceOfN(item.fits, 0, 2), func(s []any) any { return s })}
		}
		return objects(depth-1, "").Draw(t, "object")
	})
}

// objects draws closed object schemas; rest goes into each.
func objects(depth int, rest string) *rapid.Generator[kind] {
	return rapid.Custom(func(t *rapid.T) kind {
		members := rapid.MapOfN(rapid.SampledFrom([]string{"p", "q", "r"}), kinds(depth), 0, 3).Draw(t, "members")
		properties, required := map[string]json.RawMessage{}, []string{}
		for _, name := range []string{"p", "q", "r"} {
			m, ok := members[name]
			if !ok {
				continue
			}
			properties[name] = json.RawMessage(m.schema)
			if rapid.Bool().Draw(t, "required") {
				required = append(required, name)
			}
		}
		p, _ := json.Marshal(properties)
		r, _ := json.Marshal(required)
		schema := fmt.Sprintf(`{"type":"object","properties":%s,"required":%s,"additionalProperties":false%s}`, p, r, rest)
		return kind{schema, rapid.Custom(func(t *rapid.T) any {
			value := map[string]any{}
			all := rapid.Bool().Draw(t, "all members, not only the required")
			for _, name := range []string{"p", "q", "r"} {
				if m, ok := members[name]; ok && (all || slices.Contains(required, name)) {
					value[name] = m.fits.Draw(t, name)
				}
			}
			return value
		})}
	})
}

// validator reads a schema with a library that is not ours.
func validator(t *rapid.T, schema string) *jsonschema.Resolved {
	var s jsonschema.Schema
	if err := json.Unmarshal([]byte(schema), &s); err != nil {
		t.Fatalf("%s: %v", schema, err)
	}
	r, err := s.Resolve(nil)
	if err != nil {
		t.Fatalf("%s: %v", schema, err)
	}
	return r
}

func TestWhatFitsOneServerFitsTheSharedSchema(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := objects(2, `,"$defs":{"D":{"type":"string"}}`).Draw(t, "a")
		b := objects(2, rapid.SampledFrom([]string{
			`,"$defs":{"D":{"type":"string"}}`, `,"$defs":{"D":{"minLength":3}}`,
		}).Draw(t, "defs")).Draw(t, "b")
		merged := shared(a.schema, b.schema)
		for _, k := range []kind{a, b} {
			arguments := k.fits.Draw(t, "arguments")
			if err := validator(t, k.schema).Validate(arguments); err != nil {
				t.Fatalf("the test is wrong: %s and %v: %v", k.schema, arguments, err)
			}
			if err := validator(t, merged).Validate(arguments); err != nil {
				t.Fatalf("%v fits %s\nbut not %s: %v", arguments, k.schema, merged, err)
			}
		}
	})
}

func FuzzSchemas(f *testing.F) {
	f.Add([]byte(`{"type":"object","properties":{"a":{"type":"array","items":{"enum":[1]}}}}`), []byte(`{"properties":{"a":{"type":"array"}}}`))
	f.Add([]byte(`{"properties":{"o":{"type":"object","required":3}}}`), []byte(`{"properties":{"o":{"type":"object"}}}`))
	f.Add([]byte(`{"$defs":{"X":true}}`), []byte(`{"$defs":3}`))
	f.Add([]byte(`null`), []byte("{\"\xff\":1}"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		one, two := offer("a", "t"), offer("b", "t")
		one.Tools[0].Schema, two.Tools[0].Schema = a, b
		c := catalog.Build([]catalog.Offer{one, two}, catalog.Choices{})
		for _, e := range c.Entries() {
			var root struct {
				Type       string
				Properties map[string]any
				Required   []string
			}
			if err := json.Unmarshal(e.Schema, &root); err != nil || root.Type != "object" || root.Properties == nil || !utf8.Valid(e.Schema) {
				t.Errorf("%q and %q give %q (%v)", a, b, e.Schema, err)
			}
		}
		if tools := len(c.Problems()) + strings.Count(strings.Join(names(c), " "), "/"); tools != 2 {
			t.Errorf("%q and %q: %d tools are accounted for", a, b, tools)
		}
		_, _ = one.Tools[0].Hash(), two.Tools[0].Hash()
	})
}

// names lists the tools behind each entry.
func names(c *catalog.Catalog) []string {
	var all []string
	for _, e := range c.Entries() {
		all = append(all, owners(e.Tools))
	}
	return all
}
