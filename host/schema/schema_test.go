package schema_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"switchboard/host/schema"
)

// weather is a schema as zod and pydantic write them.
const weather = `{
	"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "additionalProperties": false,
	"properties": {
		"city": {"type": "string", "minLength": 1, "description": "where"},
		"days": {"type": "integer", "minimum": 1, "maximum": 7},
		"units": {"enum": ["metric", "imperial"]},
		"exact": {"type": "boolean"},
		"tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}, "maxItems": 2},
		"place": {"$ref": "#/definitions/place"}
	},
	"required": ["city"],
	"definitions": {"place": {"type": "object", "properties": {"lat": {"type": "number"}, "lon": {"type": "number"}}, "required": ["lat", "lon"]}}
}`

func TestValidate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, schema, args string
		want               []string
	}{
		{"as it should be", weather, `{"city":"Kyiv","days":3,"units":"metric","exact":true,"tags":["a"],"place":{"lat":50.4,"lon":30.5}}`, nil},
		{"missing", weather, `{}`, []string{"city: is missing"}},
		{"empty", weather, `{"city":""}`, []string{"city: must not be empty"}},
		{"wrong types", weather, `{"city":7,"days":"3","exact":"yes"}`, []string{
			"city: must be a string, not 7", `days: must be a whole number, not the string "3"`,
			`exact: must be true or false, not the string "yes"`,
		}},
		{"no whole number", weather, `{"city":"x","days":1.5}`, []string{"days: must be a whole number, not 1.5"}},
		{"a whole number with a point", weather, `{"city":"x","days":2.0}`, nil},
		{"out of bounds", weather, `{"city":"x","days":9}`, []string{"days: must be at most 7, not 9"}},
		{"not among them", weather, `{"city":"x","units":"kelvin"}`, []string{`units: must be one of "metric", "imperial", not "kelvin"`}},
		{"misspelt", weather, `{"city":"x","dayz":2}`, []string{`dayz: is no parameter here; did you mean "days"?`}},
		{"unknown", weather, `{"city":"x","q":2}`, []string{"q: is no parameter here; known are: city, days, exact, place, tags, units"}},
		{"in a list", weather, `{"city":"x","tags":["a","B","c"]}`, []string{
			`tags[1]: must match the pattern ^[a-z]+$, not be "B"`, "tags: may have at most 2 items, not 3",
		}},
		{"behind a reference", weather, `{"city":"x","place":{"lat":"50"}}`, []string{
			"place.lon: is missing", `place.lat: must be a number, not the string "50"`,
		}},
		{"no object", weather, `[1]`, []string{"the arguments: must be an object, not a list"}},
		{"no JSON", weather, `{"city"`, []string{"the arguments: are not valid JSON"}},
		{
			"an odd name", `{"type":"object","properties":{"a b":{"type":"string"}}}`, "{\"a b\":{\"x\u202e\":1}}",
			[]string{`["a b"]: must be a string, not an object`},
		},
		{
			"one of several types", `{"type":"object","properties":{"x":{"anyOf":[{"type":"string"},{"type":"null"}]}}}`, `{"x":4}`,
			[]string{"x: must be a string or null, not 4"},
		},
		{
			"the form that fits furthest", `{"type":"object","properties":{"x":{"oneOf":[{"type":"string"},{"type":"object","required":["id"]}]}}}`, `{"x":{}}`,
			[]string{"x.id: is missing"},
		},
		{
			"two forms at once", `{"type":"object","oneOf":[{"required":["a"]},{"required":["b"]}]}`, `{"a":1,"b":2}`,
			[]string{"the arguments: fits more than one of the forms that exclude each other"},
		},
		{"excluded", `{"type":"object","properties":{"x":{"not":{"const":"y"}}}}`, `{"x":"y"}`, []string{"x: is what the schema excludes"}},
		{
			"if and then", `{"type":"object","if":{"properties":{"kind":{"const":"file"}},"required":["kind"]},"then":{"required":["path"]},"else":{"required":["url"]}}`, `{"kind":"file"}`,
			[]string{"path: is missing"},
		},
		{"what asks for more", `{"type":"object","dependentRequired":{"a":["b"]}}`, `{"a":1}`, []string{"b: is missing"}},
		{"tuples of the newer draft", `{"type":"object","properties":{"x":{"prefixItems":[{"type":"string"}],"items":false}}}`, `{"x":["a",2]}`, []string{"x[1]: is not allowed here"}},
		{"tuples of the older draft", `{"type":"object","properties":{"x":{"items":[{"type":"string"}],"additionalItems":false}}}`, `{"x":["a",2]}`, []string{"x[1]: is not allowed here"}},
		{"twice the same", `{"type":"object","properties":{"x":{"uniqueItems":true}}}`, `{"x":[{"a":1,"b":2},{"b":2,"a":1}]}`, []string{"x: must not have the same item twice"}},
		{"what only the judge knows", `{"type":"object","properties":{"x":{"contains":{"type":"integer"}}}}`, `{"x":["a"]}`, []string{"the arguments: contains: [a] does not have an item matching <anonymous schema>"}},
		{"unevaluated", `{"type":"object","allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}`, `{"a":1}`, nil},
		{"named by a pattern", `{"type":"object","patternProperties":{"^n_":{"type":"number"}},"additionalProperties":false}`, `{"n_a":"x","m":1}`, []string{
			"m: is no parameter here; there are none", `n_a: must be a number, not the string "x"`,
		}},
		{"nullable as OpenAPI has it", `{"type":"object","properties":{"x":{"type":"string","nullable":true}}}`, `{"x":null}`, nil},
		{"a recursive schema", `{"type":"object","properties":{"next":{"$ref":"#"},"n":{"type":"integer"}}}`, `{"next":{"next":{"n":"x"}}}`, []string{`next.next.n: must be a whole number, not the string "x"`}},
	} {
		s, err := schema.Compile([]byte(c.schema))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, f := range s.Validate([]byte(c.args)) {
			got = append(got, f.String())
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: got\n  %s\nwant\n  %s", c.name, strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
		}
	}
}

// What makes no sense in a schema forbids nothing, and the rest of it still counts.
func TestSenselessParts(t *testing.T) {
	t.Parallel()
	for _, part := range []string{
		`"type":"any"`, `"type":[]`, `"enum":[]`, `"enum":"x"`, `"minimum":"0"`, `"exclusiveMinimum":true`, `"required":true`,
		`"pattern":"(?=x)"`, `"pattern":"("`, `"minLength":-1`, `"multipleOf":0`, `"properties":[]`, `"items":"string"`,
		`"anyOf":[]`, `"allOf":{}`, `"$id":"%%%"`, `"deprecated":"no"`, `"examples":7`, `"default":{"type":1}`, `"x-order":1`,
		`"patternProperties":{"(?!a)":false},"additionalProperties":false`, `"format":"no-such-format"`, `"dependentRequired":{"x":1}`,
	} {
		text := `{"type":"object","properties":{"n":{"type":"integer"},"x":{` + part + `}}}`
		s, err := schema.Compile([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		for _, x := range []string{`"text"`, `-3`, `{"a":1}`} {
			if faults := s.Validate([]byte(`{"n":1,"x":` + x + `}`)); len(faults) > 0 {
				t.Errorf("%s forbids %s: %v", part, x, faults)
			}
		}
		if faults := s.Validate([]byte(`{"n":"1"}`)); len(faults) != 1 {
			t.Errorf("beside %s a wrong type passed: %v", part, faults)
		}
	}
}

func TestSchemasThatCheckNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ schema, want string }{
		"no JSON":            {`{`, "not valid JSON"},
		"no object":          {`[]`, "no object"},
		"too deep":           {strings.Repeat(`{"not":`, 100) + `{}` + strings.Repeat(`}`, 100), "nested more than 64 deep"},
		"too large":          {`{"description":"` + strings.Repeat("x", schema.MaxSize) + `"}`, "larger than 1024 KiB"},
		"from the network":   {`{"properties":{"x":{"$ref":"https://evil.test/schema.json"}}}`, `"https://evil.test/schema.json", which is not in it`},
		"from a file":        {`{"properties":{"x":{"$ref":"other.json#/x"}}}`, "which is not in it"},
		"to nowhere":         {`{"properties":{"x":{"$ref":"#/$defs/x"}}}`, "which is not in it"},
		"to no schema":       {`{"enum":["a"],"properties":{"x":{"$ref":"#/enum/0"}}}`, "which is not in it"},
		"a dynamic one":      {`{"properties":{"x":{"$dynamicRef":"#x"}}}`, "it uses $dynamicRef"},
		"hidden in the name": {"{\"properties\":{\"x\":{\"$ref\":\"\u202ex\"}}}", "‹U+202E›"},
	} {
		if _, err := schema.Compile([]byte(c.schema)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A schema made to run for ever ends, and says nothing rather than something wrong.
func TestBounds(t *testing.T) {
	t.Parallel()
	double := `"a0":{"type":"string"}`
	for i := range 60 {
		double += fmt.Sprintf(`,"a%d":{"anyOf":[{"$ref":"#/$defs/a%d"},{"$ref":"#/$defs/a%d"}]}`, i+1, i, i)
	}
	many := strings.TrimSuffix(strings.Repeat(`"x",`, 100_000), ",")
	deep := strings.Repeat(`{"a":`, 2000) + "1" + strings.Repeat("}", 2000)
	for name, c := range map[string]struct{ schema, args string }{
		"itself":          {`{"$ref":"#"}`, `{}`},
		"itself, in all":  {`{"allOf":[{"$ref":"#"}]}`, `{}`},
		"each other":      {`{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}`, `{}`},
		"doubling":        {`{"$ref":"#/$defs/a60","$defs":{` + double + `}}`, `{}`},
		"doubling deeper": {`{"properties":{"a":{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}},"required":["z"]}`, deep},
		"many choices":    {`{"properties":{"l":{"items":{"enum":[` + many + `]}}}}`, `{"l":[` + strings.ReplaceAll(many, "x", "y") + `]}`},
	} {
		s, err := schema.Compile([]byte(c.schema))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		done := make(chan []schema.Fault, 1)
		go func() { done <- s.Validate([]byte(c.args)) }()
		select {
		case faults := <-done:
			if len(faults) > 0 {
				t.Errorf("%s: %v", name, faults)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("%s goes on for ever", name)
		}
	}
}

func TestManyFaults(t *testing.T) {
	t.Parallel()
	s, err := schema.Compile([]byte(`{"additionalProperties":{"type":"string"}}`))
	if err != nil {
		t.Fatal(err)
	}
	args := map[string]int{}
	for i := range 100 {
		args[fmt.Sprint("k", i)] = i
	}
	text, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	if faults := s.Validate(text); len(faults) != schema.MaxFaults {
		t.Errorf("%d faults", len(faults))
	}
}

func TestSentence(t *testing.T) {
	t.Parallel()
	got := schema.Sentence([]schema.Fault{{"city", "is missing"}, {"", "are not valid JSON"}})
	if want := "city: is missing; the arguments: are not valid JSON"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPairs(t *testing.T) {
	t.Parallel()
	s, err := schema.Compile([]byte(`{"type":"object","properties":{
		"city":{"type":"string"},"days":{"type":"integer"},"ratio":{"type":["number","null"]},"exact":{"type":"boolean"},
		"tags":{"type":"array","items":{"type":"string"}},"ids":{"type":"array","items":{"$ref":"#/$defs/id"}},
		"at":{"type":"object"},"any":{},"link":{"$ref":"#/$defs/id"}},"$defs":{"id":{"type":"integer"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		pairs []string
		want  string
	}{
		{nil, `{}`},
		{[]string{"city=42", "days=3", "exact=true"}, `{"city":"42","days":3,"exact":true}`},
		{[]string{"city=a=b", "city2="}, `{"city":"a=b","city2":""}`},
		{[]string{"days=three", "exact=yes"}, `{"days":"three","exact":"yes"}`},
		{[]string{"ratio=null"}, `{"ratio":null}`},
		{[]string{"ratio=1e2"}, `{"ratio":1e2}`},
		{[]string{"tags=a", "days=1", "tags=2"}, `{"tags":["a","2"],"days":1}`},
		{[]string{"tags=a"}, `{"tags":["a"]}`},
		{[]string{`tags=["a", "b"]`}, `{"tags":["a","b"]}`},
		{[]string{"ids=1", "ids=2"}, `{"ids":[1,2]}`},
		{[]string{`at={"lat": 1}`}, `{"at":{"lat":1}}`},
		{[]string{"any=7", "other=true", "word=seven"}, `{"any":7,"other":true,"word":"seven"}`},
		{[]string{"link=5"}, `{"link":5}`},
		{[]string{"ratio=1e999"}, `{"ratio":"1e999"}`},
	} {
		got, err := s.Pairs(c.pairs)
		if err != nil || string(got) != c.want {
			t.Errorf("%q became %s (%v), want %s", c.pairs, got, err, c.want)
		}
	}
	for _, pairs := range [][]string{{"city"}, {"=x"}, {"city=a", "city=b"}} {
		if got, err := s.Pairs(pairs); err == nil {
			t.Errorf("%q became %s", pairs, got)
		}
	}
	var none *schema.Schema
	if got, err := none.Pairs([]string{"n=1", "s=x"}); err != nil || string(got) != `{"n":1,"s":"x"}` {
		t.Errorf("without a schema: %s %v", got, err)
	}
}

// What a schema is made of fits it, and a value of another type does not.
func TestValuesOfTheRightType(t *testing.T) {
	t.Parallel()
	samples := map[string][]string{
		"string": {`""`, `"x"`}, "integer": {`0`, `-7`}, "boolean": {`true`}, "array": {`[]`, `[1]`}, "object": {`{}`, `{"a":1}`}, "null": {`null`},
	}
	kinds := []string{"string", "integer", "boolean", "array", "object", "null"}
	rapid.Check(t, func(t *rapid.T) {
		want, have := rapid.SampledFrom(kinds).Draw(t, "want"), rapid.SampledFrom(kinds).Draw(t, "have")
		draft := rapid.SampledFrom([]string{"", `"$schema":"http://json-schema.org/draft-07/schema#",`, `"$schema":"https://json-schema.org/draft/2020-12/schema",`}).Draw(t, "draft")
		s, err := schema.Compile([]byte(`{` + draft + `"properties":{"v":{"type":"` + want + `"}},"required":["v"]}`))
		if err != nil {
			t.Fatal(err)
		}
		value := rapid.SampledFrom(samples[have]).Draw(t, "value")
		if faults := s.Validate([]byte(`{"v":` + value + `}`)); (len(faults) == 0) != (want == have) {
			t.Fatalf("%s as %s: %v", value, want, faults)
		}
	})
}

func FuzzValidate(f *testing.F) {
	f.Add([]byte(weather), []byte(`{"city":1}`))
	f.Add([]byte(`{"anyOf":[{"$ref":"#"}],"patternProperties":{"a":false}}`), []byte(`{"a":1}`))
	f.Add([]byte(`{"items":[true],"if":false,"else":{"not":{}}}`), []byte(`[1]`))
	f.Fuzz(func(t *testing.T, text, args []byte) {
		s, err := schema.Compile(text)
		if err != nil {
			return
		}
		for _, fault := range s.Validate(args) {
			if strings.ContainsAny(fault.String(), "\x1b\n") {
				t.Errorf("unclean: %q", fault)
			}
		}
		pairs, err := s.Pairs([]string{string(args)})
		if err == nil && !json.Valid(pairs) {
			t.Errorf("%q became %s", args, pairs)
		}
	})
}
