package policy_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/catalog"
	"switchboard/host/policy"
)

func TestParseRule(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"github/get_issue", "*/*", "github/get_*", "my server/a?b", "a.b-c/*_x", "日本/検索"} {
		r, err := policy.ParseRule(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
			continue
		}
		if r.String() != s {
			t.Errorf("%s is printed as %s", s, r)
		}
		if r.Effect != "" || r.Source != "" {
			t.Errorf("%s got an effect or a source from nowhere: %+v", s, r)
		}
	}
}

func TestParseRuleSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"", "no slash"},
		{"github", "no slash"},
		{"/get", "its server is empty"},
		{"github/", "its tool is empty"},
		{"github/a/b", "more than one slash"},
		{"github/[ab]", "only * and ?"},
		{"{a,b}/x", "its server uses"},
		{`github/a\*`, "only * and ?"},
		{" github/x", "its server begins or ends with a space"},
		{"github/x ", "its tool begins or ends with a space"},
		{"git\u200bhub/x", "cannot be seen"},
		{"github/x\x1b", "cannot be seen"},
		{"github/\xff", "cannot be seen"},
	}
	for _, test := range tests {
		_, err := policy.ParseRule(test.in)
		if err == nil {
			t.Errorf("%q was accepted", test.in)
			continue
		}
		if !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "github/get_*") {
			t.Errorf("%q: %v; want %q and an example", test.in, err, test.want)
		}
	}
}

func TestMatches(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule, server, tool string
		want               bool
	}{
		{"github/get_issue", "github", "get_issue", true},
		{"github/get_issue", "github", "get_issues", false},
		{"github/get_issue", "github", "Get_issue", false},
		{"github/get_issue", "github2", "get_issue", false},
		{"github/get_*", "github", "get_", true},
		{"github/get_*", "github", "forget_it", false},
		{"*/delete_*", "anything", "delete_repo", true},
		{"*/*", "", "", true},
		{"git*/*_*e", "gitlab", "get_issue", true},
		{"git*/*_*e", "gitlab", "get_issues", false},
		{"a/?", "a", "é", true},
		{"a/?", "a", "", false},
		{"a/??", "a", "x", false},
		{"a/*a*b*c", "a", "xxaxxbxxabc", true},
		{"a/*a*b*c", "a", "xxaxxbxxab", false},
		{"a/*", "a", "with/slash", true},
		{"a/with?slash", "a", "with/slash", true},
		{"a?b/x", "a/b", "x", true},
		{"a/b", "a/b", "", false},
		{"a/a.c", "a", "abc", false},
	}
	for _, test := range tests {
		r, err := policy.ParseRule(test.rule)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Matches(catalog.ID{Server: test.server, Tool: test.tool}); got != test.want {
			t.Errorf("%s on %s of %s: %v", test.rule, test.tool, test.server, got)
		}
		if got := r.MatchesServer(test.server); test.want && !got {
			t.Errorf("%s matches a tool of %s and not the server", test.rule, test.server)
		}
	}
}

func TestMatchingIsNotSlow(t *testing.T) {
	t.Parallel()
	r, err := policy.ParseRule("a/" + strings.Repeat("*a", 60) + "b")
	if err != nil {
		t.Fatal(err)
	}
	if r.Matches(catalog.ID{Server: "a", Tool: strings.Repeat("a", 20_000)}) {
		t.Error("matched without the last letter")
	}
}

func TestExactly(t *testing.T) {
	t.Parallel()
	id := catalog.ID{Server: "github", Tool: "get_issue"}
	r, err := policy.Exactly(policy.Allow, id, "this session")
	want := policy.Rule{Effect: policy.Allow, Server: "github", Tool: "get_issue", Source: "this session"}
	if err != nil || !reflect.DeepEqual(r, want) {
		t.Errorf("got %+v, %v", r, err)
	}
	for _, odd := range []catalog.ID{
		{Server: "a", Tool: "get*"},
		{Server: "a?", Tool: "x"},
		{Server: "a", Tool: "b/c"},
		{Server: "a/b", Tool: "c"},
		{Server: "a", Tool: ""},
		{Server: "a", Tool: "x\u202e"},
		{Server: "a", Tool: "[x]"},
	} {
		if r, err := policy.Exactly(policy.Allow, odd, ""); err == nil {
			t.Errorf("%q got the rule %s", odd, r)
		}
	}
}

// part draws a pattern or a name from few letters, so that they often match.
func part(letters string, least int) *rapid.Generator[string] {
	return rapid.StringOfN(rapid.RuneFrom([]rune(letters)), least, 6, -1)
}

func TestPrintAndParseAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := part("ab*?_é", 1).Draw(t, "server") + "/" + part("ab*?_é", 1).Draw(t, "tool")
		r, err := policy.ParseRule(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := policy.ParseRule(r.String())
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("%s became %+v, %v", s, again, err)
		}
	})
}

func TestMatchesAsARegularExpressionDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pattern, name := part("ab*?é", 1).Draw(t, "pattern"), part("abé/", 0).Draw(t, "name")
		r, err := policy.ParseRule("s/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		expression := strings.NewReplacer("*", ".*", "?", ".").Replace(pattern)
		want := regexp.MustCompile("^(?s:" + expression + ")$").MatchString(name)
		if got := r.Matches(catalog.ID{Server: "s", Tool: name}); got != want {
			t.Fatalf("%s on %s: %v", pattern, name, got)
		}
	})
}
