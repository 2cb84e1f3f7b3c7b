package policy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/policy"
)

func tool(server, name, schema string) catalog.Tool {
	return catalog.Tool{ID: catalog.ID{Server: server, Tool: name}, Schema: json.RawMessage(schema)}
}

// offered is a configuration of three servers, one of which has not told its tools.
func offered() policy.Offered {
	return policy.Offered{
		Servers: []string{"github", "files", "late"},
		Tools: map[string][]catalog.Tool{
			"github": {
				tool("github", "get_issue", `{"type":"object","properties":{"owner":{},"repo":{}}}`),
				tool("github", "search", `{"type":"object","properties":{"query":{}},"additionalProperties":true}`),
				tool("github", "odd", `{"$ref":"#/x","properties":{}}`),
			},
			"files": {tool("files", "read", `{"type":"object","properties":{"path":{}}}`)},
		},
		At: day(0),
	}
}

// AT-30: each rule that can never have an effect is an error that says why.
func TestAT30DeadRules(t *testing.T) {
	t.Parallel()
	old := rule(policy.Allow, "files/read")
	old.Expires = day(-1)
	project := rule(policy.Allow, "files/read")
	project.Project = true
	tests := []struct {
		name  string
		rules []policy.Rule
		want  []string // one for each problem
	}{
		{"sound rules", []policy.Rule{rule(policy.Allow, "github/get_*"), rule(policy.Deny, "*/delete_*"), rule(policy.Ask, "late/x(y=1)")}, nil},
		{"no such server", []policy.Rule{rule(policy.Deny, "githb/*")}, []string{"no server has that name (did you mean github?)"}},
		{"no such tool", []policy.Rule{rule(policy.Deny, "github/get_isue")}, []string{"no tool of that server has that name (did you mean get_issue?)"}},
		{"no tool by the pattern", []policy.Rule{rule(policy.Allow, "files/write_*")}, []string{"no tool of that server has that name"}},
		{"unknown tools are not judged", []policy.Rule{rule(policy.Allow, "late/anything"), rule(policy.Deny, "l*/anything(x=y)")}, nil},
		{"beaten by a deny", []policy.Rule{rule(policy.Deny, "github/*"), rule(policy.Allow, "github/get_*")}, []string{"deny github/* covers all that it covers"}},
		{"an ask beaten by a deny", []policy.Rule{rule(policy.Ask, "files/read"), rule(policy.Deny, "*/r?ad")}, []string{"deny */r?ad covers"}},
		{"an allow beaten by an ask", []policy.Rule{rule(policy.Allow, "files/read"), rule(policy.Ask, "files/*")}, []string{"ask files/* covers"}},
		{"a narrower deny beats nothing", []policy.Rule{rule(policy.Deny, "github/get_issue"), rule(policy.Allow, "github/*")}, nil},
		{"a deny of some arguments beats nothing", []policy.Rule{rule(policy.Deny, "files/read(path=/etc/*)"), rule(policy.Allow, "files/read")}, nil},
		{"a deny of the same arguments", []policy.Rule{rule(policy.Deny, "files/read(path=/etc/*)"), rule(policy.Allow, "files/read(path=/etc/*)")}, []string{"deny files/read(path=/etc/*) covers"}},
		{"a deny of an argument that may be left out", []policy.Rule{rule(policy.Deny, "files/read(path=*)"), rule(policy.Allow, "files/read(path=*)")}, nil},
		{"equal effects", []policy.Rule{rule(policy.Deny, "files/*"), rule(policy.Deny, "files/read")}, nil},
		{"expired", []policy.Rule{old}, []string{"it expired on 2026-11-21"}},
		{"from a project", []policy.Rule{project}, []string{"cannot allow anything"}},
		{"no effect", []policy.Rule{rule("alow", "files/read")}, []string{`"alow" is no effect`}},
		{"no such argument", []policy.Rule{rule(policy.Allow, "files/read(pth=/x)")}, []string{"no tool that it covers has an argument pth (did you mean path?)"}},
		{"an argument in other letters", []policy.Rule{rule(policy.Allow, "files/read(Path=*)"), rule(policy.Deny, "files/read(Path=/x)")}, []string{"has an argument Path"}},
		{"a schema that takes more", []policy.Rule{rule(policy.Allow, "github/search(more=1)"), rule(policy.Allow, "github/odd(x=1)")}, nil},
		{"a path that steps up", []policy.Rule{rule(policy.Allow, "files/read(path=/data/../*)"), rule(policy.Deny, "files/read(path=*/../*)")}, []string{"steps up (..)"}},
	}
	for _, test := range tests {
		problems := policy.Dead(test.rules, offered())
		if len(problems) != len(test.want) {
			t.Errorf("%s: %v", test.name, problems)
			continue
		}
		for i, want := range test.want {
			if !strings.Contains(problems[i].Error(), want) {
				t.Errorf("%s: %v, want %s", test.name, problems[i], want)
			}
		}
	}
}

func TestAProblemSaysWhereTheRuleStands(t *testing.T) {
	t.Parallel()
	r := rule(policy.Deny, "githb/*")
	r.Source = "config.json:3:5"
	got := policy.Dead([]policy.Rule{r}, offered())
	if len(got) != 1 || got[0].Error() != "config.json:3:5: deny githb/*: no server has that name (did you mean github?)" {
		t.Errorf("%v", got)
	}
}

// A rule that decides a call about a tool of the catalogue is not dead.
func TestADeadRuleNeverDecides(t *testing.T) {
	t.Parallel()
	texts := []string{"*/*", "github/*", "g*/get_?ssue", "files/read", "files/read()", "files/read(path=*)", "files/read(path=/a*)", "*/read(path=/a)", "nobody/*", "files/red"}
	effects := []policy.Effect{policy.Allow, policy.Ask, policy.Deny}
	arguments := []string{"", `{"path":"/a"}`, `{"path":"/b"}`, `{"PATH":"/a"}`}
	for _, a := range texts {
		for _, b := range texts {
			for i := range len(effects) * len(effects) {
				given := []policy.Rule{rule(effects[i/3], a), rule(effects[i%3], b)}
				for _, dead := range policy.Dead(given, offered()) {
					for _, raw := range arguments {
						c := call(catalog.ID{Server: "files", Tool: "read"})
						c.Arguments = json.RawMessage(raw)
						if d := policy.New(given...).Decide(c); d.Found && d.Rule.Effect == dead.Rule.Effect && d.Rule.String() == dead.Rule.String() {
							t.Fatalf("%v, and yet it decided about %s", dead, raw)
						}
					}
				}
			}
		}
	}
}
