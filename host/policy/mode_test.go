package policy_test

import (
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/policy"
)

func TestModes(t *testing.T) {
	t.Parallel()
	reads, claims, silent := policy.Hints{ReadOnly: policy.Yes}, policy.Hints{ReadOnly: policy.Yes, Destructive: policy.Yes}, policy.Hints{}
	none := policy.New()
	allows, asks, denies := policy.New(rule(policy.Allow, "s/t")), policy.New(rule(policy.Ask, "s/t")), policy.New(rule(policy.Deny, "s/t"))
	tests := []struct {
		name    string
		p       policy.Policy
		mode    policy.Mode
		trust   policy.Trust
		hints   policy.Hints
		changed string
		want    policy.Effect
		reason  string
	}{
		{"by default nothing runs", none, "", policy.Trusted, reads, "", policy.Ask, ""},
		{"an odd mode is the default", none, "yolo", policy.Trusted, reads, "", policy.Ask, ""},
		{"read-only runs what reads", none, policy.ReadOnly, policy.Trusted, reads, "", policy.Allow, "the mode is read-only"},
		{"read-only denies what may write", none, policy.ReadOnly, policy.Trusted, silent, "", policy.Deny, "does not say"},
		{"read-only believes no contradiction", none, policy.ReadOnly, policy.Trusted, claims, "", policy.Deny, "does not say"},
		{"read-only believes only who is trusted", none, policy.ReadOnly, policy.Known, reads, "", policy.Deny, "is not trusted"},
		{"no allow beats read-only", allows, policy.ReadOnly, policy.Known, reads, "", policy.Deny, "read-only"},
		{"an ask holds in read-only", asks, policy.ReadOnly, policy.Trusted, reads, "", policy.Ask, ""},
		{"a change asks in read-only", none, policy.ReadOnly, policy.Trusted, reads, "annotations", policy.Ask, "changed: annotations"},
		{"auto runs all of a trusted server", none, policy.Auto, policy.Trusted, silent, "", policy.Allow, "the mode is auto"},
		{"auto asks for others", none, policy.Auto, policy.Known, reads, "", policy.Ask, ""},
		{"auto leaves allows", allows, policy.Auto, policy.Known, silent, "", policy.Allow, ""},
		{"an ask holds in auto", asks, policy.Auto, policy.Trusted, silent, "", policy.Ask, ""},
		{"a deny holds in auto", denies, policy.Auto, policy.Trusted, silent, "", policy.Deny, ""},
		{"a change asks in auto", none, policy.Auto, policy.Trusted, silent, "schema", policy.Ask, "changed: schema"},
		{"a refused server gets nothing", allows, policy.Auto, policy.Refused, reads, "", policy.Deny, "refused"},
		{"a new server asks", allows, policy.Manual, policy.Fresh, reads, "", policy.Ask, "s is new"},
		{"unknown trust is none", allows, policy.Auto, "yes", reads, "", policy.Ask, "s is new"},
	}
	for _, test := range tests {
		c := call(catalog.ID{Server: "s", Tool: "t"})
		c.Trust, c.Hints = test.trust, test.hints
		if test.changed != "" {
			c.Changed = []string{test.changed}
		}
		d := test.p.In(test.mode).Decide(c)
		if d.Effect != test.want || !strings.Contains(strings.Join(d.Reasons, "\n"), test.reason) {
			t.Errorf("%s: %+v", test.name, d)
		}
	}
}

func TestInLeavesThePolicyAsItIs(t *testing.T) {
	t.Parallel()
	p := policy.New()
	if m := p.In(policy.Auto).With(rule(policy.Ask, "a/b")).Mode(); m != policy.Auto {
		t.Errorf("a rule more made the mode %s", m)
	}
	if p.Mode() != policy.Manual {
		t.Errorf("the policy itself is in mode %s", p.Mode())
	}
}

func TestParseMode(t *testing.T) {
	t.Parallel()
	for _, m := range policy.Modes() {
		if got, err := policy.ParseMode(string(m)); got != m || err != nil {
			t.Errorf("%s: %s, %v", m, got, err)
		}
	}
	for in, want := range map[string]string{"readonly": "did you mean read-only", "yolo": "write ask, read-only or auto", "": "is no mode"} {
		if m, err := policy.ParseMode(in); m != policy.Manual || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %s, %v", in, m, err)
		}
	}
}
