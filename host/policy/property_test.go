package policy_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"switchboard/host/catalog"
	"switchboard/host/policy"
)

// day is a moment so many days after a fixed one.
func day(n int) time.Time { return time.Date(2026, 11, 22+n, 0, 0, 0, 0, time.UTC) }

// rules draws rules that often meet.
func rules() *rapid.Generator[[]policy.Rule] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) policy.Rule {
		text := part("ab*?", 1).Draw(t, "server") + "/" + part("ab*?", 1).Draw(t, "tool") +
			rapid.SampledFrom([]string{"", "", "()", "(x=*)", "(x=a*)", "(x=a, y=*)", "(x=1)", "(y=[1, 2])", "(y=/a/*)"}).Draw(t, "arguments")
		r := rule(rapid.SampledFrom([]policy.Effect{policy.Allow, policy.Ask, policy.Deny}).Draw(t, "effect"), text)
		r.Source = rapid.SampledFrom([]string{"", "flag", "session"}).Draw(t, "source")
		r.Pin.Tool = rapid.SampledFrom([]string{"", "", "h1", "h2"}).Draw(t, "tool pin")
		r.Pin.Server = rapid.SampledFrom([]string{"", "", "s1", "s2"}).Draw(t, "server pin")
		r.Project = rapid.Bool().Draw(t, "project")
		if rapid.Bool().Draw(t, "expires") {
			r.Expires = day(rapid.IntRange(-1, 1).Draw(t, "day"))
		}
		return r
	}), 0, 8)
}

// policies draws a policy in any mode.
func policies() *rapid.Generator[policy.Policy] {
	return rapid.Custom(func(t *rapid.T) policy.Policy {
		return policy.New(rules().Draw(t, "rules")...).In(rapid.SampledFrom(policy.Modes()).Draw(t, "mode"))
	})
}

func hints() *rapid.Generator[policy.Hints] {
	h := rapid.SampledFrom([]policy.Hint{policy.Unsaid, policy.No, policy.Yes})
	return rapid.Custom(func(t *rapid.T) policy.Hints {
		return policy.Hints{ReadOnly: h.Draw(t, "read"), Destructive: h.Draw(t, "destroy"), Idempotent: h.Draw(t, "again"), OpenWorld: h.Draw(t, "open")}
	})
}

func calls() *rapid.Generator[policy.Call] {
	return rapid.Custom(func(t *rapid.T) policy.Call {
		return policy.Call{
			ID: catalog.ID{Server: part("ab", 1).Draw(t, "server"), Tool: part("ab", 1).Draw(t, "tool")},
			Arguments: json.RawMessage(rapid.SampledFrom([]string{
				"", "{}", `{"x":"a"}`, `{"x":"ab","y":1}`, `{"x":1}`, `{"y":[1,2]}`, `{"X":"a"}`,
				`{"x":"a","x":"b"}`, `{"y":"/a/../b"}`, `{"y":"/a/b"}`, `[]`, `{`,
			}).Draw(t, "arguments")),
			Pin:     policy.Pin{Server: "s1", Tool: "h1"},
			Changed: rapid.SampledFrom([][]string{nil, nil, {"description"}}).Draw(t, "changed"),
			Hints:   hints().Draw(t, "hints"),
			Trust:   rapid.SampledFrom([]policy.Trust{policy.Fresh, policy.Known, policy.Known, policy.Trusted, policy.Refused, "other"}).Draw(t, "trust"),
			At:      day(0),
		}
	})
}

func TestAddingARule(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, c := policies().Draw(t, "policy"), calls().Draw(t, "call")
		for _, r := range rules().Draw(t, "more") {
			before, after := p.Decide(c), p.With(r).Decide(c)
			switch r.Effect {
			case policy.Deny:
				if after.Effect != before.Effect && after.Effect != policy.Deny {
					t.Fatalf("deny %s made %s of %s", r, after.Effect, before.Effect)
				}
			case policy.Ask:
				if before.Effect == policy.Deny && after.Effect != policy.Deny || after.Effect == policy.Allow && before.Effect != policy.Allow {
					t.Fatalf("ask %s made %s of %s", r, after.Effect, before.Effect)
				}
			case policy.Allow:
				decided := before.Found || before.Effect == policy.Deny
				if decided && before.Effect != policy.Allow && !reflect.DeepEqual(after, before) {
					t.Fatalf("allow %s made %+v of %+v", r, after, before)
				}
			}
		}
	})
}

func TestAProjectNeverIncreasesPermission(t *testing.T) {
	t.Parallel()
	severity := map[policy.Effect]int{policy.Allow: 0, policy.Ask: 1, policy.Deny: 2}
	rapid.Check(t, func(t *rapid.T) {
		p, c := policies().Draw(t, "policy"), calls().Draw(t, "call")
		more := rules().Draw(t, "project")
		for i := range more {
			more[i].Project = true
		}
		before, after := p.Decide(c), p.With(more...).Decide(c)
		if severity[after.Effect] < severity[before.Effect] {
			t.Fatalf("%v made %s of %s", more, after.Effect, before.Effect)
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		given, c := rules().Draw(t, "rules"), calls().Draw(t, "call")
		mixed := rapid.Permutation(given).Draw(t, "mixed")
		a, b := policy.New(given...).Decide(c), policy.New(mixed...).Decide(c)
		a.Rule.Project, b.Rule.Project = false, false // counts for allows alone, and those never hold
		if a.Rule.Effect != policy.Allow {            // and so do these
			a.Rule.Expires, b.Rule.Expires = time.Time{}, time.Time{}
		}
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v in one order, %+v in another", a, b)
		}
	})
}

func TestTheDecidingRuleMatches(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, c := policies().Draw(t, "policy"), calls().Draw(t, "call")
		d := p.Decide(c)
		if d.Found && (d.Rule.Effect != d.Effect || !d.Rule.Matches(c.ID)) {
			t.Fatalf("%+v does not decide about %s", d, c.ID)
		}
		if d.Effect == policy.Allow && !d.Found && p.Mode() == policy.Manual {
			t.Fatalf("nothing allowed %s, and yet it is allowed", c.ID)
		}
		if d.Found && d.Effect == policy.Allow && (c.Trust == policy.Fresh || c.Trust == policy.Refused || d.Rule.Project) {
			t.Fatalf("%+v allowed a call to a server that is %q", d, c.Trust)
		}
		if p.Denied(c.ID) && d.Effect != policy.Deny {
			t.Fatalf("%s is denied as a whole, and this call is not", c.ID)
		}
	})
}
