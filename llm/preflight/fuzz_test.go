package preflight_test

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/preflight"
)

func FuzzFit(f *testing.F) {
	for _, s := range []string{
		`{}`, `null`, `[]`, `{"type":["object","null"],"properties":{"a":{"$ref":"#"}}}`,
		`{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}`,
		`{"anyOf":[{"oneOf":[{"allOf":[{"properties":{"x":{"enum":[1,"2",null,""]}}}]}]},{"required":["x"]}]}`,
		`{"properties":{"a":{"type":["array","null"],"items":[{"type":"int"},true]},"b":false,"c":3,"d":{"anyOf":[]}},"required":["a","z"]}`,
		`{"properties":{"a":{"anyOf":[{"type":"null"}],"description":"d"},"b":{"type":"null"},"c":{"const":{"deep":[1]}}}}`,
		`{"properties":{"a":{"allOf":[{"$ref":"#/properties/b"},{"anyOf":[{"minLength":1},{"type":"integer"}]}]},"b":{"type":"string","pattern":"(?=x)"}}}`,
		`{"properties":{"n":{"exclusiveMinimum":true,"minimum":1.5e3,"multipleOf":0,"format":"uri","default":null}},"if":{},"then":{},"not":{}}`,
		`{"type":"object","properties":{"é\ud800":{"description":7,"enum":[]},"$top":{}}}`,
		`{"properties":` + strings.Repeat(`{"a":{"properties":`, 40) + `{}` + strings.Repeat(`}}`, 40) + `}`,
	} {
		f.Add([]byte(s), "does it")
	}
	providers := llm.RuledProviders()
	f.Fuzz(func(t *testing.T, schema []byte, about string) {
		for _, provider := range providers {
			rules := llm.RulesFor(provider, "m")
			before := string(schema)
			given := llm.Tool{Name: "t", Description: about, Schema: schema}
			got, repairs, err := preflight.Fit(given, rules)
			if string(schema) != before {
				t.Fatalf("%s: the raw schema was changed", provider)
			}
			if err != nil {
				continue
			}
			checkFitted(t, provider, rules, got)
			twice, again, err := preflight.Fit(given, rules)
			if err != nil || string(twice.Schema) != string(got.Schema) || strings.Join(again, "\n") != strings.Join(repairs, "\n") {
				t.Fatalf("%s: another time it gave %s, %q, %v", provider, twice.Schema, again, err)
			}
		}
	})
}

// checkFitted holds what is promised of every fitted tool.
func checkFitted(t *testing.T, provider string, rules llm.ToolRules, got llm.Tool) {
	t.Helper()
	if !json.Valid(got.Schema) {
		t.Fatalf("%s: not JSON: %s", provider, got.Schema)
	}
	if findings := preflight.Check(got, rules); len(findings) > 0 {
		t.Fatalf("%s: still found %v in %s", provider, findings, got.Schema)
	}
	again, repairs, err := preflight.Fit(got, rules)
	if err != nil || len(repairs) > 0 || string(again.Schema) != string(got.Schema) || again.Description != got.Description {
		t.Fatalf("%s: fitted again it is %s, %q, %v", provider, again.Schema, repairs, err)
	}
}
