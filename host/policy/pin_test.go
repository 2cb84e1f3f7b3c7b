package policy_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/policy"
)

// pinned is an allow for s/t that is tied to the definition h1 of the server s1.
func pinned() policy.Rule {
	r := rule(policy.Allow, "s/t")
	r.Pin = policy.Pin{Server: "s1", Tool: "h1"}
	return r
}

// AT-02: a grant is void when the definition is another one, whatever part of it;
// key order alone is no change.
func TestAT02AChangedDefinitionAsks(t *testing.T) {
	t.Parallel()
	before := definition(`{"name":"t","description":"reads","inputSchema":{"type":"object","properties":{"mode":{"enum":["a","b"]}}},"annotations":{"readOnlyHint":false}}`)
	tests := []struct {
		name, now string
		holds     bool
	}{
		{"nothing", `{"name":"t","description":"reads","inputSchema":{"type":"object","properties":{"mode":{"enum":["a","b"]}}},"annotations":{"readOnlyHint":false}}`, true},
		{"description", `{"name":"t","description":"reads.","inputSchema":{"type":"object","properties":{"mode":{"enum":["a","b"]}}},"annotations":{"readOnlyHint":false}}`, false},
		{"one parameter more", `{"name":"t","description":"reads","inputSchema":{"type":"object","properties":{"mode":{"enum":["a","b"]},"sidenote":{}}},"annotations":{"readOnlyHint":false}}`, false},
		{"enum", `{"name":"t","description":"reads","inputSchema":{"type":"object","properties":{"mode":{"enum":["a","c"]}}},"annotations":{"readOnlyHint":false}}`, false},
		{"annotation", `{"name":"t","description":"reads","inputSchema":{"type":"object","properties":{"mode":{"enum":["a","b"]}}},"annotations":{"readOnlyHint":true}}`, false},
		{"key order", `{"annotations":{"readOnlyHint":false},"inputSchema":{"properties":{"mode":{"enum":["a","b"]}},"type":"object"},"description":"reads","name":"t"}`, true},
	}
	r := rule(policy.Allow, "s/t")
	r.Pin = policy.Pin{Server: "s1", Tool: before.Hash()}
	for _, test := range tests {
		c := call(before.ID)
		c.Pin = policy.Pin{Server: "s1", Tool: definition(test.now).Hash()}
		d := policy.New(r).Decide(c)
		if holds := d.Effect == policy.Allow; holds != test.holds {
			t.Errorf("%s: %+v", test.name, d)
		}
		if !test.holds && !slices.Equal(d.Reasons, []string{"s/t would allow it, but its definition has changed since"}) {
			t.Errorf("%s: %q", test.name, d.Reasons)
		}
	}
}

// definition is the tool s/t of a definition as it came.
func definition(raw string) catalog.Tool {
	var parts struct {
		Description string
		InputSchema json.RawMessage
	}
	if err := json.Unmarshal([]byte(raw), &parts); err != nil {
		panic(err)
	}
	return catalog.Tool{
		ID: catalog.ID{Server: "s", Tool: "t"}, Description: clean.Foreign(parts.Description),
		Schema: parts.InputSchema, Raw: json.RawMessage(raw),
	}
}

// AT-04: a server that is started or reached in another way gets none of the
// grants of the one before.
func TestAT04AnotherLaunchAsks(t *testing.T) {
	t.Parallel()
	c := call(catalog.ID{Server: "s", Tool: "t"})
	c.Pin = policy.Pin{Server: "s2", Tool: "h1"}
	d := policy.New(pinned()).Decide(c)
	if d.Effect != policy.Ask || !slices.Equal(d.Reasons, []string{"s/t would allow it, but the way s is started or reached has changed since"}) {
		t.Errorf("%+v", d)
	}
}

// AT-15: an allow from a file that a repository may have brought never holds; its
// asks and denies do.
func TestAT15AProjectAllowsNothing(t *testing.T) {
	t.Parallel()
	c := call(catalog.ID{Server: "s", Tool: "t"})
	for effect, want := range map[policy.Effect]policy.Effect{policy.Allow: policy.Ask, policy.Ask: policy.Ask, policy.Deny: policy.Deny} {
		r := rule(effect, "s/t")
		r.Project = true
		d := policy.New(r).Decide(c)
		if d.Effect != want || d.Found == (effect == policy.Allow) {
			t.Errorf("%s: %+v", effect, d)
		}
	}
}

func TestWhatVoidsAnAllow(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		rule   func(*policy.Rule)
		call   func(*policy.Call)
		reason string // empty when it holds
	}{
		{"nothing", nil, nil, ""},
		{"no pins, no change", func(r *policy.Rule) { r.Pin = policy.Pin{} }, nil, ""},
		{"no pins, a change", func(r *policy.Rule) { r.Pin = policy.Pin{} }, changed, "its definition changed: description, schema"},
		{"pinned to this very definition, though it changed before", nil, changed, ""},
		{"another definition", func(r *policy.Rule) { r.Pin.Tool = "h0" }, changed, "its definition changed: description, schema"},
		{"not yet expired", func(r *policy.Rule) { r.Expires = day(1) }, nil, ""},
		{"expired at that moment", func(r *policy.Rule) { r.Expires = day(0) }, nil, "it expired on 2026-11-22"},
		{"expired", func(r *policy.Rule) { r.Expires = day(-1) }, nil, "it expired on 2026-11-21"},
		{"new", nil, func(c *policy.Call) { c.Trust = policy.Fresh }, "s is new: every call asks until you let rules apply to it"},
	}
	for _, test := range tests {
		r, c := pinned(), call(catalog.ID{Server: "s", Tool: "t"})
		c.Pin, c.At = r.Pin, day(0)
		if test.rule != nil {
			test.rule(&r)
		}
		if test.call != nil {
			test.call(&c)
		}
		d := policy.New(r).Decide(c)
		if test.reason == "" && d.Effect != policy.Allow || test.reason != "" && (d.Effect != policy.Ask || strings.Join(d.Reasons, "") != "s/t would allow it, but "+test.reason) {
			t.Errorf("%s: %+v", test.name, d)
		}
		r.Effect = policy.Deny
		if got := policy.New(r).Decide(c).Effect; got != policy.Deny {
			t.Errorf("%s: a deny is void too: %s", test.name, got)
		}
	}
}

func changed(c *policy.Call) { c.Changed = []string{"description", "schema"} }

func TestReasonsAreSafeToShow(t *testing.T) {
	t.Parallel()
	c := call(catalog.ID{Server: "s", Tool: "t\x1b[31m"})
	c.Changed, c.Arguments = []string{"title \u202e"}, json.RawMessage(`{"a\u001b":1}`)
	closed := rule(policy.Allow, "s/t*()")
	for _, p := range []policy.Policy{policy.New(closed), policy.New(rule(policy.Allow, "s/*")), policy.New().In(policy.Auto)} {
		for _, trust := range []policy.Trust{policy.Fresh, policy.Known, policy.Trusted, policy.Refused} {
			c.Trust = trust
			for _, reason := range p.Decide(c).Reasons {
				if clean.Line(reason) != reason {
					t.Errorf("%q", reason)
				}
			}
		}
	}
}
