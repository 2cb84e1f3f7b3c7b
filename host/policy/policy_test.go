package policy_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

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
		d := p.Decide(id)
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
		d := p.Decide(catalog.ID{Server: "a", Tool: "b"})
		if d != (policy.Decision{Effect: policy.Ask}) {
			t.Errorf("got %+v", d)
		}
	}
}

func TestAnUnknownEffectAsks(t *testing.T) {
	t.Parallel()
	p := policy.New(rule("alow", "a/*"), rule(policy.Allow, "a/b"))
	if d := p.Decide(catalog.ID{Server: "a", Tool: "b"}); d.Effect != policy.Ask || !d.Found {
		t.Errorf("got %+v", d)
	}
}

func TestWithLeavesThePolicyAsItIs(t *testing.T) {
	t.Parallel()
	id := catalog.ID{Server: "a", Tool: "b"}
	before := policy.New(rule(policy.Ask, "x/y"))
	one := before.With(rule(policy.Allow, "a/b"))
	two := before.With(rule(policy.Deny, "a/b"))
	if got := before.Decide(id).Effect; got != policy.Ask {
		t.Errorf("the policy itself: %s", got)
	}
	if got := one.Decide(id).Effect; got != policy.Allow {
		t.Errorf("with an allow: %s", got)
	}
	if got := two.Decide(id).Effect; got != policy.Deny {
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

// rules draws rules that often meet.
func rules() *rapid.Generator[[]policy.Rule] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) policy.Rule {
		effect := rapid.SampledFrom([]policy.Effect{policy.Allow, policy.Ask, policy.Deny}).Draw(t, "effect")
		r := rule(effect, part("ab*?", 1).Draw(t, "server")+"/"+part("ab*?", 1).Draw(t, "tool"))
		r.Source = rapid.SampledFrom([]string{"", "flag", "session"}).Draw(t, "source")
		return r
	}), 0, 8)
}

func ids() *rapid.Generator[catalog.ID] {
	return rapid.Custom(func(t *rapid.T) catalog.ID {
		return catalog.ID{Server: part("ab", 1).Draw(t, "server"), Tool: part("ab", 1).Draw(t, "tool")}
	})
}

func TestAddingARule(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, id := policy.New(rules().Draw(t, "rules")...), ids().Draw(t, "id")
		more := rules().Draw(t, "more")
		for _, r := range more {
			before := p.Decide(id)
			after := p.With(r).Decide(id)
			switch r.Effect {
			case policy.Deny:
				if after.Effect != before.Effect && after.Effect != policy.Deny {
					t.Fatalf("deny %s made %s of %s", r, after.Effect, before.Effect)
				}
			case policy.Ask:
				if before.Effect == policy.Deny && after != before || after.Effect == policy.Allow && before.Effect != policy.Allow {
					t.Fatalf("ask %s made %s of %s", r, after.Effect, before.Effect)
				}
			case policy.Allow:
				if before.Found && before.Effect != policy.Allow && after != before {
					t.Fatalf("allow %s made %+v of %+v", r, after, before)
				}
			}
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		given, id := rules().Draw(t, "rules"), ids().Draw(t, "id")
		mixed := rapid.Permutation(given).Draw(t, "mixed")
		if a, b := policy.New(given...).Decide(id), policy.New(mixed...).Decide(id); a != b {
			t.Fatalf("%+v in one order, %+v in another", a, b)
		}
	})
}

func TestTheDecidingRuleMatches(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, id := policy.New(rules().Draw(t, "rules")...), ids().Draw(t, "id")
		d := p.Decide(id)
		if d.Found && (d.Rule.Effect != d.Effect || !d.Rule.Matches(id)) {
			t.Fatalf("%+v does not decide about %s", d, id)
		}
		for _, r := range p.Rules() {
			if r.Matches(id) && !d.Found {
				t.Fatalf("%s was overlooked for %s", r, id)
			}
		}
	})
}

func ExamplePolicy_Decide() {
	read, _ := policy.ParseRule("github/get_*")
	read.Effect, read.Source = policy.Allow, "--allow"
	p := policy.New(read)
	for _, tool := range []string{"get_issue", "delete_repo"} {
		d := p.Decide(catalog.ID{Server: "github", Tool: tool})
		fmt.Println(tool, d.Effect, d.Found)
	}
	// Output:
	// get_issue allow true
	// delete_repo ask false
}
