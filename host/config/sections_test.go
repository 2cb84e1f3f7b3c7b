package config_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"switchboard/host/config"
	"switchboard/host/policy"
)

func TestModel(t *testing.T) {
	t.Parallel()
	c := parse(`{"model": {"name": "m", "baseUrl": "http://localhost:11434/v1", "apiKey": "${K}", "headers": {"X": "${H:-h}"},
		"temperature": 0.2, "effort": "low", "maxOutput": 4096}}`, "K=key")
	m := c.Model
	if len(c.Problems) > 0 || m.Problem != nil {
		t.Fatal(c.Problems)
	}
	if m.Name != "m" || m.BaseURL != "http://localhost:11434/v1" || m.APIKey != "key" || m.Headers["X"] != "h" ||
		*m.Temperature != 0.2 || m.Effort != "low" || m.MaxOutput != 4096 || m.Missing != nil {
		t.Errorf("%+v", m)
	}
	if m.Source.Line != 1 || m.Source.Column != 2 {
		t.Errorf("source %v", m.Source)
	}
	if m := parse(`{}`).Model; m.Source.Line != 0 {
		t.Errorf("a section that is absent has the source %v", m.Source)
	}
}

func TestModelSpellings(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"model": {"model": "m", "base_url": "https://h/", "api_key": "k", "max_output": 1}}`,
		`{"model": {"name": "m", "baseURL": "https://h/", "apiKey": "k", "maxOutput": 1}}`,
	} {
		c := parse(text)
		if m := c.Model; m.Name != "m" || m.BaseURL != "https://h/" || m.APIKey != "k" || m.MaxOutput != 1 || len(c.Problems) > 0 {
			t.Errorf("%+v %v", m, c.Problems)
		}
	}
}

func TestModelOfSeveralFiles(t *testing.T) {
	t.Parallel()
	const first = `{"model": {"name": "one", "baseUrl": "https://one/", "apiKey": "${K1}", "headers": {"A": "${K2}"}, "effort": "low"}}`
	tests := []struct {
		name, second string
		want         config.Model
	}{
		{
			"a field", `{"model": {"name": "two"}}`,
			config.Model{Name: "two", BaseURL: "https://one/", APIKey: "k1", Effort: "low", Missing: []string{"K2"}, Headers: map[string]string{"A": ""}},
		},
		{
			"another endpoint, without the secrets of the first", `{"model": {"baseUrl": "https://two/"}}`,
			config.Model{Name: "one", BaseURL: "https://two/", Effort: "low"},
		},
		{
			"another endpoint and key", `{"model": {"apiKey": "k3", "baseUrl": "https://two/"}}`,
			config.Model{Name: "one", BaseURL: "https://two/", APIKey: "k3", Effort: "low"},
		},
		{"an endpoint that cannot be read", `{"model": {"baseUrl": "two", "apiKey": "k3"}}`, config.Model{}},
		{"no object", `{"model": "two"}`, config.Model{}},
		{"cut short", `{"model": {"name": "two", "apiKey": "k3"`, config.Model{}},
		{"another word for baseUrl", `{"model": {"url": "https://two/", "apiKey": "k3"}}`, config.Model{}},
		{"two endpoints", `{"model": {"baseUrl": "https://two/", "baseURL": "https://three/"}}`, config.Model{}},
		{"one endpoint twice", `{"model": {"baseUrl": "https://two/", "baseUrl": "https://three/"}}`, config.Model{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files := write(t, first, test.second)
			got := config.Load(files, env("K1=k1")).Model
			if got.Source.File != files[1] {
				t.Errorf("source %v", got.Source)
			}
			if certain := test.want.BaseURL != ""; certain != (got.Problem == nil) {
				t.Errorf("problem %v", got.Problem)
			}
			if got.Name != test.want.Name || got.BaseURL != test.want.BaseURL || got.APIKey != test.want.APIKey || got.Effort != test.want.Effort ||
				!maps.Equal(got.Headers, test.want.Headers) || !slices.Equal(got.Missing, test.want.Missing) {
				t.Errorf("got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestCollisions(t *testing.T) {
	t.Parallel()
	for _, choice := range []string{"ask", "namespace", "ask-each-call"} {
		c := parse(`{"collisions": {"default": "` + choice + `"}}`)
		if c.Collisions.Default != choice || len(c.Problems) != 0 {
			t.Errorf("%s: %+v %v", choice, c.Collisions, c.Problems)
		}
	}
	c := parse(`{"collisions": {"tools": {"search": "server:my notes", "read": "ask", "list": "namespace", "write": "ask-each-call", "bad": "both"}}}`)
	want := map[string]string{"search": "server:my notes", "read": "ask", "list": "namespace", "write": "ask-each-call"}
	if !maps.Equal(c.Collisions.Tools, want) || len(c.Problems) != 1 {
		t.Errorf("%+v %v", c.Collisions, c.Problems)
	}
}

func TestRulesAreThoseThatPolicyReads(t *testing.T) {
	t.Parallel()
	for _, rule := range []string{"github/list_*", "*/*", "my notes/search", "github", "a/b/c", "/x", "x/", "", "a/[bc]", "a /b", "a/b(c=d, e=*)", "a/b(c)"} {
		c := parse(`{"approval": {"ask": ["` + rule + `"]}}`)
		_, err := policy.ParseRule(rule)
		switch {
		case err == nil && (len(c.Problems) > 0 || !slices.Equal(texts(c.Approval.Ask), []string{rule})):
			t.Errorf("%q is refused: %v", rule, c.Problems)
		case err != nil && (len(c.Problems) != 1 || c.Problems[0].Message != err.Error() || c.Problems[0].Key != "approval.ask[0]" || c.Approval.Ask != nil):
			t.Errorf("%q: %v, want %v", rule, c.Problems, err)
		}
	}
}

// texts are rules in their written form.
func texts(rules []policy.Rule) []string {
	all := make([]string, len(rules))
	for i, r := range rules {
		all[i] = r.String()
	}
	return all
}

func TestRulesKnowTheirPlace(t *testing.T) {
	t.Parallel()
	file := write(t, `{"approval": {
  "allow": ["github/create_issue(owner=acme, title=*)"],
  "deny": ["a/b",
    "c/d(path=\"/etc/passwd\")"]
}}`)[0]
	a := config.Load([]string{file}, env()).Approval
	got := slices.Concat(a.Allow, a.Ask, a.Deny)
	want := []string{"allow github/create_issue(owner=acme, title=*) 2:13", "deny a/b 3:12", "deny c/d(path=/etc/passwd) 4:5"}
	if len(got) != len(want) {
		t.Fatalf("%+v", a)
	}
	for i, r := range got {
		place := strings.TrimPrefix(r.Source, filepath.Base(file)+":")
		if s := fmt.Sprintf("%s %s %s", r.Effect, r, place); s != want[i] {
			t.Errorf("got %s, want %s", s, want[i])
		}
	}
}

func TestAFaultNeverGrantsAnything(t *testing.T) {
	t.Parallel()
	const allow = `"allow": ["a/*"]`
	tests := []struct {
		name, text string
		holds      bool
	}{
		{"no fault", `{"approval": {` + allow + `, "deny": ["a/x"]}}`, true},
		{"a bad server", `{"mcpServers": {"a": {}}, "approval": {` + allow + `}}`, true},
		{"a bad allow", `{"approval": {"allow": ["a/*", "b"]}}`, true},
		{"a bad deny", `{"approval": {` + allow + `, "deny": ["a"]}}`, false},
		{"a bad ask", `{"approval": {` + allow + `, "ask": [1]}}`, false},
		{"deny is no list", `{"approval": {` + allow + `, "deny": "a/x"}}`, false},
		{"deny misspelt", `{"approval": {` + allow + `, "denny": ["a/x"]}}`, false},
		{"deny twice", `{"approval": {` + allow + `, "deny": [], "deny": ["a/x"]}}`, false},
		{"approval twice", `{"approval": {` + allow + `}, "approval": {"deny": ["a/x"]}}`, false},
		{"approval misspelt", `{"approval": {` + allow + `}, "aproval": {"deny": ["a/x"]}}`, false},
		{"cut short", `{"approval": {` + allow + `}, "theme": `, false},
		{"comma missing", `{"approval": {` + allow + ` "deny": ["a/x"]}}`, false},
	}
	for _, test := range tests {
		c := parse(test.text)
		if holds := len(c.Approval.Allow) == 1; holds != test.holds {
			t.Errorf("%s: allow %q\n%v", test.name, c.Approval.Allow, c.Problems)
		}
		last := ""
		if n := len(c.Problems); n > 0 {
			last = c.Problems[n-1].Key
		}
		if !test.holds && last != "approval.allow" {
			t.Errorf("%s: nobody is told", test.name)
		}
	}
}
