package config_test

import (
	"strings"
	"testing"

	"switchboard/host/config"
)

const twoModels = `"models": {
	"fast": {"name": "gpt-5.1-mini", "effort": "low", "window": 400000, "vision": true},
	"local": {"name": "qwen3:8b", "baseUrl": "http://127.0.0.1:11434/v1", "extraBody": {"keep_alive": "1h", /* an hour */ "options": {"num_ctx": 32768,}}},
	"keyed": {"name": "m", "baseUrl": "https://proxy.example/v1", "apiKey": "${K}"}
}`

func TestModels(t *testing.T) {
	t.Parallel()
	c := parse(`{"model": "local", ` + twoModels + `}`)
	if len(c.Problems) > 0 || len(c.Models) != 3 {
		t.Fatal(c.Problems, c.Models)
	}
	fast, local, keyed := c.Models[0], c.Models[1], c.Models[2]
	if fast.Entry != "fast" || fast.Window != 400000 || fast.Vision == nil || !*fast.Vision || fast.Effort != "low" || fast.BaseURL != "" {
		t.Errorf("fast: %+v", fast)
	}
	if got := string(local.ExtraBody["options"]); got != `{"num_ctx":32768}` || string(local.ExtraBody["keep_alive"]) != `"1h"` || local.Vision != nil {
		t.Errorf("local: %+v, options %s", local, got)
	}
	if keyed.Source.Line != 4 || len(keyed.Missing) != 1 || keyed.Missing[0] != "K" {
		t.Errorf("keyed: %+v", keyed)
	}
	if m := c.Model; m.Entry != "local" || m.Name != "qwen3:8b" || m.BaseURL != local.BaseURL || m.Source.Line != 1 || m.Problem != nil {
		t.Errorf("model: %+v", m)
	}
}

// The section "model" and the entries of several files.
func TestModelsOfSeveralFiles(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, first, second string
		want                config.Model
		fails               bool
	}{
		{
			"a name in a later file", `{` + twoModels + `}`, `{"model": "fast"}`,
			config.Model{Entry: "fast", Name: "gpt-5.1-mini", Effort: "low"},
			false,
		},
		{
			"an entry in a later file", `{"model": "late"}`, `{"models": {"late": {"name": "x"}}}`,
			config.Model{Entry: "late", Name: "x"},
			false,
		},
		{
			"an entry replaced as a whole", `{"model": "fast", ` + twoModels + `}`, `{"models": {"fast": {"name": "y"}}}`,
			config.Model{Entry: "fast", Name: "y"},
			false,
		},
		{
			"a name in place of fields", `{"model": {"name": "one", "baseUrl": "https://one/", "apiKey": "k"}, ` + twoModels + `}`, `{"model": "fast"}`,
			config.Model{Entry: "fast", Name: "gpt-5.1-mini", Effort: "low"},
			false,
		},
		{
			"fields over a name are another model", `{"model": "fast", ` + twoModels + `}`, `{"model": {"effort": "high"}}`,
			config.Model{Name: "gpt-5.1-mini", Effort: "high"},
			false,
		},
		{"an entry that nobody wrote", `{` + twoModels + `}`, `{"model": "fats"}`, config.Model{}, true},
		{
			"an entry at fault", `{"models": {"bad": {"name": "x", "baseUrl": "nowhere", "apiKey": "k"}}}`, `{"model": "bad"}`,
			config.Model{},
			true,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := config.Load(write(t, test.first, test.second), env()).Model
			if (got.Problem != nil) != test.fails {
				t.Fatalf("problem %v", got.Problem)
			}
			if got.Entry != test.want.Entry || got.Name != test.want.Name || got.BaseURL != test.want.BaseURL ||
				got.Effort != test.want.Effort || got.APIKey != test.want.APIKey {
				t.Errorf("got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

// A fault in an entry costs that entry, and names its place.
func TestModelsFaults(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{`{"models": ["fast"]}`, `1:12: models: expected an object of models by name, found a list`},
		{`{"models": {"offline": {}}}`, `"offline" is the built-in word matcher`},
		{`{"models": {"": {}}}`, `the name is empty`},
		{`{"models": {"a": "gpt"}}`, `write {"name": "..."}`},
		{`{"models": {"a": {"window": 0.5}}}`, `models.a.window: expected a whole number of tokens`},
		{`{"models": {"a": {"window": 8.5}}}`, `found 8.5`},
		{`{"models": {"a": {"vision": "yes"}}}`, `remove the quotes`},
		{`{"models": {"a": {"extraBody": {"messages": []}}}}`, `models.a.extraBody.messages: this field of a request is not to be set here`},
		{`{"models": {"a": {"extraBody": 7}}}`, `expected an object, found a number`},
		{`{"models": {"a": {"url": "https://h/"}}}`, `did you mean "baseUrl"?`},
		{`{"model": "fasst", "models": {"fast": {"name": "x"}}}`, `1:11: model: no entry of "models" is called "fasst" (did you mean "fast"?)`},
		{`{"model": "gpt-5.1"}`, `write {"name": "..."} for a model that is none`},
	}
	for _, test := range tests {
		c := parse(test.text)
		if len(c.Problems) == 0 || !strings.Contains(c.Problems[0].Error(), test.want) {
			t.Errorf("%s\ngot  %v\nwant %s", test.text, c.Problems, test.want)
		}
	}
	c := parse(`{"models": {"bad": {"baseUrl": "x", "apiKey": "k"}, "good": {"name": "m"}}}`)
	if len(c.Models) != 2 || c.Models[0].Problem == nil || c.Models[0].APIKey != "" || c.Models[1].Problem != nil || c.Models[1].Name != "m" {
		t.Errorf("%+v", c.Models)
	}
}
