package policy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/policy"
)

// decide tells what one rule for the tool t of the server s makes of arguments.
func decide(effect policy.Effect, patterns, arguments string) policy.Decision {
	c := call(catalog.ID{Server: "s", Tool: "t"})
	c.Arguments = json.RawMessage(arguments)
	return policy.New(rule(effect, "s/t"+patterns)).Decide(c)
}

// closedWorld says which arguments the patterns of an allow cover.
var closedWorld = []struct {
	patterns, arguments string
	holds               bool
}{
	{"", `{"anything": [1]}`, true},
	{"", ``, true},
	{"()", `{}`, true},
	{"()", ``, true},
	{"()", `{"x": 1}`, false},
	{"(owner=acme)", `{"owner": "acme"}`, true},
	{"(owner=acme)", `{"owner": "Acme"}`, false},
	{"(owner=acme)", `{"Owner": "acme"}`, false},
	{"(owner=acme)", `{"owner": "acme", "repo": "x"}`, false},
	{"(owner=acme)", `{}`, false},
	{"(owner=acme)", ``, false},
	{"(owner=acme, repo=*)", `{"owner": "acme", "repo": {"deep": true}}`, true},
	{"(owner=acme, repo=*)", `{"owner": "acme"}`, true},
	{"(owner=acme, repo=web-*)", `{"owner": "acme"}`, false},
	{"(owner=acme, repo=web-?)", `{"owner": "acme", "repo": "web-1"}`, true},
	{"(owner=acme, repo=web-?)", `{"owner": "acme", "repo": ["web-1"]}`, false},
	{`(owner="acme")`, `{"owner": "\u0061cme"}`, true},
	{`(q="a*")`, `{"q": "a*"}`, true},
	{`(q="a*")`, `{"q": "ab"}`, false},
	{`(q="")`, `{"q": ""}`, true},
	{"(n=5)", `{"n": 5}`, true},
	{"(n=5)", `{"n": 5.0}`, true},
	{"(n=0.5e1)", `{"n": 5}`, true},
	{"(n=5)", `{"n": "5"}`, false},
	{`(n="5")`, `{"n": "5"}`, true},
	{`(n="5")`, `{"n": 5}`, false},
	{"(n=5)", `{"n": 50}`, false},
	{"(n=-0)", `{"n": 0}`, true},
	{"(n=1e400)", `{"n": 10e399}`, true},
	{"(n=9007199254740993)", `{"n": 9007199254740992}`, false},
	{"(ok=true)", `{"ok": true}`, true},
	{"(ok=true)", `{"ok": "true"}`, false},
	{"(ok=null)", `{"ok": null}`, true},
	{"(ok=null)", `{}`, false},
	{`(l=[1, {"a": 2}])`, `{"l":[1.0,{"a":2}]}`, true},
	{`(l=[1, 2])`, `{"l":[2,1]}`, false},
	{`(o={"b": 1, "a": 2})`, `{"o":{"a":2,"b":1}}`, true},
	{`("my arg"=x)`, `{"my arg":"x"}`, true},
	{"(x=*)", `{"x": 1, "x": 2}`, false},
	{"(x=*)", `{"x": {"y": 1, "y": 2}}`, false},
	{"(x=*)", `{"x": "\ud800"}`, false},
	{"(x=*)", "{\"x\": \"\xff\"}", false},
	{"(x=*)", `["x"]`, false},
	{"(x=*)", `{"x": 1} {}`, false},
	{"(x=*)", `{"x": 1`, false},
	{"(x=*)", `{"x": ` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, false},
}

func TestAnAllowIsAClosedWorld(t *testing.T) {
	t.Parallel()
	for _, test := range closedWorld {
		d := decide(policy.Allow, test.patterns, test.arguments)
		if holds := d.Effect == policy.Allow; holds != test.holds {
			t.Errorf("allow %s for %s: %+v", test.patterns, test.arguments, d)
		}
		if !test.holds && (d.Effect != policy.Ask || len(d.Reasons) != 1 || !strings.Contains(d.Reasons[0], "does not cover its arguments: ")) {
			t.Errorf("allow %s for %s does not say why it fails: %+v", test.patterns, test.arguments, d)
		}
	}
}

func TestADenyIsAnOpenWorld(t *testing.T) {
	t.Parallel()
	tests := []struct {
		patterns, arguments string
		holds               bool
	}{
		{"", `{}`, true},
		{"()", `{"x": 1}`, true},
		{"(force=*)", `{"force": false, "x": 1}`, true},
		{"(force=*)", `{"x": 1}`, false},
		{"(force=true)", `{"force": true}`, true},
		{"(force=true)", `{"FORCE": true}`, true},
		{"(force=true)", `{"force": false}`, false},
		{"(n=1)", `{"n": 1.0}`, true},
		{"(a=x, b=y)", `{"a": "x", "b": "y", "c": 1}`, true},
		{"(a=x, b=y)", `{"a": "x", "b": "z"}`, false},
		{"(to=*@evil.com)", `{"to": ["me@here.org", "you@evil.com"]}`, true},
		{"(to=you@evil.com)", `{"to": {"list": [{"cc": "you@evil.com"}]}}`, true},
		{"(l=[1])", `{"l": {"x": [1]}}`, true},
		{"(x=a)", `{"x": "b", "x": "c"}`, true},
		{"(x=a)", `not JSON`, true},
		{"(x=a)", ``, false},
	}
	for _, test := range tests {
		for _, effect := range []policy.Effect{policy.Deny, policy.Ask} {
			d := decide(effect, test.patterns, test.arguments)
			if d.Found != test.holds || test.holds && d.Effect != effect {
				t.Errorf("%s %s for %s: %+v", effect, test.patterns, test.arguments, d)
			}
		}
	}
}

// AT-07: what was allowed for some arguments is asked about with others.
func TestAT07OtherArgumentsAsk(t *testing.T) {
	t.Parallel()
	if d := decide(policy.Allow, "(repo=mine)", `{"repo":"mine"}`); d.Effect != policy.Allow {
		t.Errorf("the call that was allowed: %+v", d)
	}
	if d := decide(policy.Allow, "(repo=mine)", `{"repo":"yours"}`); d.Effect != policy.Ask {
		t.Errorf("a call with another argument: %+v", d)
	}
}

func TestPathsDoNotEscapeAnAllow(t *testing.T) {
	t.Parallel()
	for path, holds := range map[string]bool{
		"/data/a":                     true,
		"/data/a/b.txt":               true,
		"/data/./a":                   true,
		"/data//a":                    true,
		"/data/...":                   false, // Windows drops the dots
		"/data/a..b":                  true,
		"/data/..a":                   true,
		"/data/../etc/passwd":         false,
		`/data/..\..\etc\passwd`:      false,
		"/data/a/..":                  false,
		"/data/.. /x":                 false,
		"/data/%2e%2e/etc/passwd":     false,
		"/data/%2E./etc/passwd":       false,
		"/data/%252e%252e/etc":        false,
		"/data/..%2fetc":              false,
		"/data/..%5Cetc":              false,
		"/data/x\x00/../..":           false,
		"/data/x%00":                  false,
		"/work":                       false,
		`\work\a`:                     false,
		"/workshop/a":                 false,
		"/data/50% off":               true,
		"/data/costs/a .. b/file.txt": true,
	} {
		arguments, err := json.Marshal(map[string]string{"path": path})
		if err != nil {
			t.Fatal(err)
		}
		if d := decide(policy.Allow, "(path=/data/*)", string(arguments)); (d.Effect == policy.Allow) != holds {
			t.Errorf("%q: %s", path, d.Effect)
		}
	}
	if d := decide(policy.Allow, "(path=docs*)", `{"path":"docs/../../etc/passwd"}`); d.Effect != policy.Ask {
		t.Errorf("a pattern without a slash was fooled: %+v", d)
	}
	if d := decide(policy.Allow, "(path=../docs)", `{"path":"../docs"}`); d.Effect != policy.Allow {
		t.Errorf("a path that the person wrote out: %+v", d)
	}
}

func TestADenySeesThroughPaths(t *testing.T) {
	t.Parallel()
	for path, holds := range map[string]bool{
		"/etc/passwd":                true,
		"/data/../etc/passwd":        true,
		`/work\..\etc\passwd`:        true,
		"/etc//passwd":               true,
		"/./etc/passwd":              true,
		`\etc\passwd`:                true,
		"../../../etc/passwd":        true,
		"/data/%2e%2e/etc/passwd":    true,
		"/data/%252e%252e%2fetc%2fx": true,
		"/etc":                       false,
		"/etcetera/x":                false,
		"/data/etc/x":                false,
		"/etc/../data/x":             true, // as it stands it matches
	} {
		arguments, err := json.Marshal(map[string]any{"paths": []string{"/work", path}})
		if err != nil {
			t.Fatal(err)
		}
		if d := decide(policy.Deny, "(paths=/etc/*)", string(arguments)); d.Found != holds {
			t.Errorf("%q: %+v", path, d)
		}
	}
	if d := decide(policy.Deny, "(path=/etc/passwd)", `{"path":"/data/../etc/passwd"}`); !d.Found {
		t.Errorf("a text that is written out: %+v", d)
	}
}
