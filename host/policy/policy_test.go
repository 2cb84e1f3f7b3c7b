package policy_test

import (
	"fmt"
	"reflect"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/policy"
)

// rule reads a rule that is known to be sound.
func rule(effect policy.Effect, s string) policy.Rule {
	r, err := policy.ParseRule(s)
	if err != nil {
		panic(err)
	}
	r.Effect = effect
	return r
}

// call is one without arguments to a server that the rules apply to.
func call(id catalog.ID) policy.Call { return policy.Call{ID: id, Trust: policy.Known} }

func TestDecide(t *testing.T) {
	t.Parallel()
	p := policy.New(
		rule(policy.Allow, "github/*"),
		rule(policy.Ask, "github/create_*"),
		rule(policy.Deny, "*/delete_*"),
		rule(policy.Allow, "github/delete_draft"),
		rule(policy.Ask, "files/read"),
	)
	tests := []struct {
		server, tool string
		effect       policy.Effect
		rule         string
	}{
		{"github", "get_issue", policy.Allow, "github/*"},
		{"github", "create_issue", policy.Ask, "github/create_*"},
		{"github", "delete_repo", policy.Deny, "*/delete_*"},
		{"github", "delete_draft", policy.Deny, "*/delete_*"}, // no rule is stronger for being narrow
		{"files", "read", policy.Ask, "files/read"},
		{"files", "write", policy.Ask, ""},
	}
	for _, test := range tests {
		id := catalog.ID{Server: test.server, Tool: test.tool}
		d := p.Decide(call(id))
		if d.Effect != test.effect || d.Found != (test.rule != "") || d.Found && d.Rule.String() != test.rule {
			t.Errorf("%s: %+v, want %s by %q", id, d, test.effect, test.rule)
		}
		if p.Denied(id) != (test.effect == policy.Deny) {
			t.Errorf("%s: Denied = %v", id, p.Denied(id))
		}
	}
}

func TestNoRulesAsk(t *testing.T) {
	t.Parallel()
	for _, p := range []policy.Policy{{}, policy.New()} {
		d := p.Decide(call(catalog.ID{Server: "a", Tool: "b"}))
		if !reflect.DeepEqual(d, policy.Decision{Effect: policy.Ask}) {
			t.Errorf("got %+v", d)
		}
	}
}

func TestAnUnknownEffectAsks(t *testing.T) {
	t.Parallel()
	p := policy.New(rule("alow", "a/*"), rule(policy.Allow, "a/b"))
	if d := p.Decide(call(catalog.ID{Server: "a", Tool: "b"})); d.Effect != policy.Ask || !d.Found {
		t.Errorf("got %+v", d)
	}
}

func TestWithLeavesThePolicyAsItIs(t *testing.T) {
	t.Parallel()
	id := catalog.ID{Server: "a", Tool: "b"}
	before := policy.New(rule(policy.Ask, "x/y"))
	one := before.With(rule(policy.Allow, "a/b"))
	two := before.With(rule(policy.Deny, "a/b"))
	if got := before.Decide(call(id)).Effect; got != policy.Ask {
		t.Errorf("the policy itself: %s", got)
	}
	if got := one.Decide(call(id)).Effect; got != policy.Allow {
		t.Errorf("with an allow: %s", got)
	}
	if got := two.Decide(call(id)).Effect; got != policy.Deny {
		t.Errorf("with a deny: %s", got)
	}
}

func TestRulesAreCopies(t *testing.T) {
	t.Parallel()
	given := []policy.Rule{rule(policy.Deny, "a/b")}
	p := policy.New(given...)
	given[0].Effect = policy.Allow
	p.Rules()[0].Effect = policy.Allow
	if !p.Denied(catalog.ID{Server: "a", Tool: "b"}) {
		t.Error("a policy changed under its owner")
	}
}

func ExamplePolicy_Decide() {
	read, _ := policy.ParseRule("github/get_*")
	read.Effect, read.Source = policy.Allow, "--allow"
	p := policy.New(read)
	for _, tool := range []string{"get_issue", "delete_repo"} {
		d := p.Decide(policy.Call{ID: catalog.ID{Server: "github", Tool: tool}, Trust: policy.Known})
		fmt.Println(tool, d.Effect, d.Found)
	}
	// Output:
	// get_issue allow true
	// delete_repo ask false
}
