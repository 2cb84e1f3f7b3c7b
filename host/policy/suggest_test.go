package policy_test

import (
	"encoding/json"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/policy"
)

func withArguments(tool, arguments string) policy.Call {
	c := call(catalog.ID{Server: "github", Tool: tool})
	c.Arguments = json.RawMessage(arguments)
	c.Pin = policy.Pin{Server: "s1", Tool: "h1"}
	return c
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	c := withArguments("create_issue", `{"title":"a, b","owner":"acme","labels":["x"]}`)
	tests := []struct {
		pointedAt []string
		want      string
	}{
		{nil, "github/create_issue(labels=*, owner=*, title=*)"},
		{[]string{"owner"}, "github/create_issue(labels=*, owner=acme, title=*)"},
		{[]string{"owner", "title", "labels", "nothing"}, `github/create_issue(labels=["x"], owner=acme, title="a, b")`},
	}
	for _, test := range tests {
		r, err := policy.Suggest(c, test.pointedAt)
		if err != nil || r.String() != test.want || r.Effect != policy.Allow || r.Pin != c.Pin {
			t.Errorf("%q: %+v, %v; want %s", test.pointedAt, r, err, test.want)
		}
	}
	if r, err := policy.Suggest(withArguments("list", ``), nil); err != nil || r.String() != "github/list()" {
		t.Errorf("no arguments: %s, %v", r, err)
	}
	for _, odd := range []policy.Call{withArguments("a*", `{}`), withArguments("a(b)", `{}`), withArguments("x", `[]`), withArguments("x", `{"a":1,"a":2}`)} {
		if r, err := policy.Suggest(odd, nil); err == nil {
			t.Errorf("%s of %s got the rule %s", odd.Arguments, odd.ID, r)
		}
	}
}

func TestWouldHaveAllowed(t *testing.T) {
	t.Parallel()
	past := []policy.Call{
		withArguments("create_issue", `{"owner":"acme","title":"one"}`),
		withArguments("create_issue", `{"owner":"acme"}`),
		withArguments("create_issue", `{"owner":"evil","title":"one"}`),
		withArguments("create_issue", `{"owner":"acme","assignee":"me"}`),
		withArguments("delete_issue", `{"owner":"acme"}`),
	}
	r, err := policy.Suggest(past[0], []string{"owner"})
	if err != nil {
		t.Fatal(err)
	}
	r.Expires = day(-1) // whether it holds is another question
	if n, of := policy.WouldHaveAllowed(r, past); n != 2 || of != 4 {
		t.Errorf("%d of %d, want 2 of 4", n, of)
	}
}
