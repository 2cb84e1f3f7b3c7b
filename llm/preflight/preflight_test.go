package preflight_test

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/preflight"
)

// rulesOf gives the rules of a provider, and fails where they are none.
func rulesOf(t testing.TB, provider string) llm.ToolRules {
	t.Helper()
	rules := llm.RulesFor(provider, "a-model")
	if rules == (llm.ToolRules{}) {
		t.Fatalf("%s has no rules", provider)
	}
	return rules
}

func tool(schema string) llm.Tool {
	return llm.Tool{Name: "do_it", Description: "Does it.", Schema: []byte(schema)}
}

func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, provider, schema, want string
	}{
		{"nothing to mend keeps its bytes", "OpenAI", `{"type":"object", "properties":{"b":{"type":"string"}}}`, `{"type":"object", "properties":{"b":{"type":"string"}}}`},
		{"no schema", "OpenAI", ``, `{"properties":{},"type":"object"}`},
		{"null", "Google Gemini", `null`, `{"type":"object"}`},
		{"no properties", "OpenAI", `{"type":"object"}`, `{"properties":{},"type":"object"}`},
		{"no properties below", "OpenAI", `{"type":"object","properties":{"o":{"type":"object"}}}`, `{"properties":{"o":{"properties":{},"type":"object"}},"type":"object"}`},
		{"no items", "OpenAI", `{"type":"object","properties":{"l":{"type":"array"}}}`, `{"properties":{"l":{"items":{},"type":"array"}},"type":"object"}`},
		{"required is null", "OpenAI", `{"type":"object","properties":{},"required":null}`, `{"properties":{},"type":"object"}`},
		{"required holds others", "OpenAI", `{"type":"object","properties":{"a":{}},"required":["a",3,"a"]}`, `{"properties":{"a":{}},"required":["a"],"type":"object"}`},
		{"a limit of draft 4", "OpenAI", `{"type":"object","properties":{"n":{"type":"number","minimum":0,"exclusiveMinimum":true}}}`, `{"properties":{"n":{"exclusiveMinimum":0,"type":"number"}},"type":"object"}`},
		{"types of another language", "OpenAI", `{"type":"object","properties":{"a":{"type":"int"},"b":{"type":["str","None"]},"c":{"type":"Foo"}}}`, `{"properties":{"a":{"type":"integer"},"b":{"type":["string","null"]},"c":{}},"type":"object"}`},
		{"a value of the wrong type", "OpenAI", `{"type":"object","properties":{"a":{"type":"string","enum":["x",null]}}}`, `{"properties":{"a":{"enum":["x"],"type":"string"}},"type":"object"}`},
		{"an empty enum", "OpenAI", `{"type":"object","properties":{"a":{"type":"string","enum":[]}}}`, `{"properties":{"a":{"type":"string"}},"type":"object"}`},
		{"a place for each item", "OpenAI", `{"type":"object","properties":{"p":{"type":"array","items":[{"type":"string"},{"type":"number"}]}}}`, `{"properties":{"p":{"description":"each item at its place","items":{"anyOf":[{"type":"string"},{"type":"number"}]},"type":"array"}},"type":"object"}`},
		{"references stay where they are followed", "OpenAI", `{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}}`, `{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}}`},
		{"a reference to nothing", "OpenAI", `{"type":"object","properties":{"a":{"$ref":"#/$defs/A"},"b":{"$ref":"http://x/y"}}}`, `{"properties":{"a":{},"b":{}},"type":"object"}`},
		{"a reference at the root", "Anthropic", `{"$ref":"#/$defs/Args","$defs":{"Args":{"type":"object","properties":{"a":{"type":"string"}}}}}`, `{"$defs":{"Args":{"properties":{"a":{"type":"string"}},"type":"object"}},"properties":{"a":{"type":"string"}},"type":"object"}`},
		{"alternatives at the root", "OpenAI", `{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"}},"anyOf":[{"required":["id"]},{"required":["name"]}]}`, `{"properties":{"id":{"type":"string"},"name":{"type":"string"}},"type":"object"}`},
		{"kinds at the root", "OpenAI", `{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"x":{"type":"string"}},"required":["kind","x"]},{"type":"object","properties":{"kind":{"const":"b"},"y":{"type":"string"}},"required":["kind","y"]}]}`, `{"properties":{"kind":{"enum":["a","b"]},"x":{"type":"string"},"y":{"type":"string"}},"required":["kind"],"type":"object"}`},
		{"allOf at the root", "Anthropic", `{"allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"string"}}}]}`, `{"properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a"],"type":"object"}`},
		{"an optional property of an odd name", "Anthropic", `{"type":"object","properties":{"$top":{"type":"integer"},"a":{"type":"string"}}}`, `{"properties":{"a":{"type":"string"}},"type":"object"}`},
		{"Gemini's optional", "Google Gemini", `{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}],"description":"d","default":null}}}`, `{"properties":{"a":{"description":"d","nullable":true,"type":"string"}},"type":"object"}`},
		{"Gemini's list of types", "Google Gemini", `{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":["string","integer"],"minLength":1,"description":"d"}}}`, `{"properties":{"a":{"nullable":true,"type":"string"},"b":{"anyOf":[{"description":"d","minLength":1,"type":"string"},{"type":"integer"}]}},"type":"object"}`},
		{"Gemini's formats and constants", "Google Gemini", `{"type":"object","properties":{"u":{"type":"string","format":"uri","description":"Where"},"d":{"type":"string","format":"date-time"},"k":{"const":"go"},"n":{"const":3}},"additionalProperties":false,"$schema":"x"}`, `{"properties":{"d":{"format":"date-time","type":"string"},"k":{"enum":["go"],"type":"string"},"n":{"description":"one of 3","type":"integer"},"u":{"description":"Where (format: uri)","type":"string"}},"type":"object"}`},
		{"Gemini's references", "Google Gemini", `{"type":"object","properties":{"a":{"$ref":"#/$defs/A","description":"own"}},"$defs":{"A":{"type":"object","properties":{"v":{"type":"string"},"next":{"$ref":"#/$defs/A"}}}}}`, `{"properties":{"a":{"description":"own","properties":{"next":{"description":"nested as above","type":"object"},"v":{"type":"string"}},"type":"object"}},"type":"object"}`},
		{"Gemini's required", "Google Gemini", `{"type":"object","properties":{"a":{"type":"string"}},"required":["a","b"]}`, `{"properties":{"a":{"type":"string"}},"required":["a"],"type":"object"}`},
		{"Moonshot's type beside anyOf", "Moonshot", `{"type":"object","properties":{"s":{"type":"string","description":"d","anyOf":[{"enum":["a"]},{"pattern":"^b$"}]}}}`, `{"properties":{"s":{"anyOf":[{"description":"d","enum":["a"],"type":"string"},{"pattern":"^b$","type":"string"}]}},"type":"object"}`},
		{"a grammar's pattern", "LM Studio", `{"type":"object","properties":{"d":{"type":"string","pattern":"\\d+","description":"Day"}}}`, `{"properties":{"d":{"description":"Day (matches \\d+)","type":"string"}},"type":"object"}`},
		{"weaker alternatives may meet", "LM Studio", `{"type":"object","properties":{"a":{"oneOf":[{"type":"string","pattern":"x"},{"type":"string"}]}}}`, `{"properties":{"a":{"anyOf":[{"description":"matches x","type":"string"},{"type":"string"}]}},"type":"object"}`},
		{"what must not hold goes when it is mended", "OpenAI", `{"type":"object","properties":{"a":{"not":{"type":"object"}}}}`, `{"properties":{"a":{}},"type":"object"}`},
		{"true in place of a schema", "Ollama", `{"type":"object","properties":{"a":true,"b":false}}`, `{"properties":{"a":{},"b":{"description":"must not be given"}},"type":"object"}`},
		{"half a character", "OpenAI", `{"type":"object","properties":{"a":{"type":"string","description":"x\ud83d"}}}`, `{"properties":{"a":{"description":"x�","type":"string"}},"type":"object"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rules := rulesOf(t, c.provider)
			given := tool(c.schema)
			got, repairs, err := preflight.Fit(given, rules)
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Schema) != c.want {
				t.Errorf("got  %s\nwant %s\nafter %q", got.Schema, c.want, repairs)
			}
			if string(given.Schema) != c.schema {
				t.Error("what was given was changed")
			}
			if changed := string(got.Schema) != c.schema; changed != (len(repairs) > 0) {
				t.Errorf("repairs: %q", repairs)
			}
			again, more, err := preflight.Fit(got, rules)
			if err != nil || len(more) > 0 || string(again.Schema) != string(got.Schema) || again.Description != got.Description {
				t.Errorf("fitted again: %s %q %v", again.Schema, more, err)
			}
			if findings := preflight.Check(got, rules); len(findings) > 0 {
				t.Errorf("still found: %v", findings)
			}
		})
	}
}

func TestSetAside(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"properties":{"a":`, 150) + "{}" + strings.Repeat("}}", 150)
	for _, c := range []struct {
		provider string
		tool     llm.Tool
		want     string
	}{
		{"OpenAI", llm.Tool{Name: "", Schema: []byte(`{}`)}, "it has no name"},
		{"OpenAI", llm.Tool{Name: strings.Repeat("x", 65)}, "its name has 65 bytes; 64 are taken"},
		{"OpenAI", llm.Tool{Name: "a b"}, "does not match"},
		{"Google Gemini", llm.Tool{Name: "2fa"}, "does not match"},
		{"OpenAI", tool(`{"type":`), "its schema is not JSON"},
		{"OpenAI", tool(`{} {}`), "its schema is not JSON"},
		{"OpenAI", tool(`"text"`), "its schema is not a JSON object"},
		{"OpenAI", tool(`{"type":"string"}`), "its arguments are of the type string"},
		{"OpenAI", tool(`{"anyOf":[{"type":"string"},{"type":"array"}]}`), "no alternative is an object"},
		{"OpenAI", tool(deep), "nested too deeply"},
		{"OpenAI", tool(`{"description":"` + strings.Repeat("x", 64<<10) + `"}`), "bytes; 65536 are taken"},
		{"Anthropic", tool(`{"type":"object","properties":{"$top":{}},"required":["$top"]}`), `the name of the property "$top" is refused, and a call needs it`},
	} {
		_, _, err := preflight.Fit(c.tool, rulesOf(t, c.provider))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %.60s: %v, want %q", c.provider, c.tool.Schema, err, c.want)
		}
	}
}

func TestNotesAreInTheDescription(t *testing.T) {
	t.Parallel()
	given := tool(`{"type":"object","properties":{"id":{},"name":{},"org":{}},"anyOf":[{"required":["id"]},{"required":["name","org"]}]}`)
	got, _, err := preflight.Fit(given, rulesOf(t, "OpenAI"))
	if want := "Does it.\nArguments: give id, or name and org."; err != nil || got.Description != want {
		t.Errorf("got %q, %v", got.Description, err)
	}
	given.Description = strings.Repeat("ö", 600)
	got, repairs, err := preflight.Fit(given, rulesOf(t, "Azure OpenAI"))
	if err != nil || len(got.Description) > 1024 || !strings.HasSuffix(got.Description, "name and org.") || !strings.Contains(strings.Join(repairs, "\n"), "cut to 1024 bytes") {
		t.Errorf("got %q, %q, %v", got.Description, repairs, err)
	}
}

func TestNoRulesChangeNothing(t *testing.T) {
	t.Parallel()
	given := llm.Tool{Name: "a b", Schema: []byte(`not even JSON`)}
	got, repairs, err := preflight.Fit(given, llm.ToolRules{})
	if err != nil || repairs != nil || string(got.Schema) != string(given.Schema) || preflight.Check(given, llm.ToolRules{}) != nil {
		t.Errorf("%+v, %q, %v", got, repairs, err)
	}
}

func TestLintSaysWhereAndWhat(t *testing.T) {
	t.Parallel()
	findings := preflight.Lint([]byte(`{"type":"object","properties":{"a":{"type":"array"},"b":{"type":"string","format":"uri"}},"required":["c"]}`), rulesOf(t, "Google Gemini"))
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.String())
	}
	want := []string{
		"required names what is no property: c (left out)",
		"properties.a: a list without items (they may be anything)",
		`properties.b: the format "uri" is refused (put into the description)`,
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q", lines)
	}
}

func TestOneProviderAnother(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		provider, model string
		like            string
		tools           int
	}{
		{"OpenRouter", "google/gemini-3-pro", "Google Gemini", 128},
		{"OpenRouter", "anthropic/claude-opus-4.5", "Anthropic", 128},
		{"Together", "moonshotai/Kimi-K2", "Moonshot", 0},
		{"localhost:8080", "qwen3", "LM Studio", 0},
		{"our proxy", "gpt-5.2", "OpenAI", 128},
		{"Azure OpenAI", "gpt-5.2", "Azure OpenAI", 128},
	} {
		want := rulesOf(t, c.like)
		want.MaxTools = c.tools
		if got := llm.RulesFor(c.provider, c.model); got != want {
			t.Errorf("%s %s: %+v", c.provider, c.model, got)
		}
	}
}

func TestFittedSchemasAreJSON(t *testing.T) {
	t.Parallel()
	for _, provider := range llm.RuledProviders() {
		got, _, err := preflight.Fit(tool(`{"properties":{"a<b>":{"type":"number","minimum":1e400}}}`), rulesOf(t, provider))
		if provider == "Anthropic" {
			continue // it refuses the name, which is optional
		}
		if err != nil || !json.Valid(got.Schema) || !strings.Contains(string(got.Schema), "1e400") || !strings.Contains(string(got.Schema), "a<b>") {
			t.Errorf("%s: %s, %v", provider, got.Schema, err)
		}
	}
}
