package policy_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/policy"
)

// combinations are all 81 ways to answer four yes-or-no questions or leave them open.
func combinations() []policy.Hints {
	var all []policy.Hints
	says := []policy.Hint{policy.Unsaid, policy.No, policy.Yes}
	for _, read := range says {
		for _, destroy := range says {
			for _, again := range says {
				for _, open := range says {
					all = append(all, policy.Hints{ReadOnly: read, Destructive: destroy, Idempotent: again, OpenWorld: open})
				}
			}
		}
	}
	return all
}

// AT-31: no combination of annotations of a server that is not trusted lowers a
// decision or a risk below that of a tool without any.
func TestAT31HintsOfAnUntrustedServerOnlyRaise(t *testing.T) {
	t.Parallel()
	if n := len(combinations()); n != 81 {
		t.Fatalf("%d combinations", n)
	}
	silent := policy.RiskOf(policy.Hints{}, false)
	policies := []policy.Policy{
		policy.New(), policy.New(rule(policy.Allow, "s/t")), policy.New(rule(policy.Ask, "s/*")), policy.New(rule(policy.Deny, "*/*")),
	}
	for _, h := range combinations() {
		r := policy.RiskOf(h, false)
		if r.Level < silent.Level || silent.Outside && !r.Outside || silent.High() && !r.High() {
			t.Errorf("%+v lowers the risk to %s", h, r)
		}
		for _, p := range policies {
			for _, mode := range policy.Modes() {
				for _, trust := range []policy.Trust{policy.Fresh, policy.Known, policy.Refused} {
					c := call(catalog.ID{Server: "s", Tool: "t"})
					c.Trust = trust
					without := p.In(mode).Decide(c).Effect
					c.Hints = h
					if with := p.In(mode).Decide(c).Effect; with != without {
						t.Errorf("%+v of a server that is %q, mode %s: %s, without hints %s", h, trust, mode, with, without)
					}
				}
			}
		}
	}
}

func TestRisk(t *testing.T) {
	t.Parallel()
	const yes, no = policy.Yes, policy.No
	tests := []struct {
		hints   policy.Hints
		trusted bool
		high    bool
		want    string
	}{
		{policy.Hints{}, false, false, "may change or remove things"},
		{policy.Hints{}, true, false, "may change or remove things"},
		{policy.Hints{ReadOnly: yes}, true, false, "only reads"},
		{policy.Hints{ReadOnly: yes}, false, false, "may change or remove things; says that it only reads, which nobody has checked"},
		{policy.Hints{ReadOnly: yes, OpenWorld: yes}, true, true, "only reads, deals with the outside world"},
		{policy.Hints{ReadOnly: yes, Destructive: yes}, true, true, "may remove or overwrite things for good; says that it only reads, which nobody has checked"},
		{policy.Hints{Destructive: no}, true, false, "adds or changes things"},
		{policy.Hints{Destructive: no}, false, false, "may change or remove things"},
		{policy.Hints{Destructive: yes, OpenWorld: yes}, false, true, "may remove or overwrite things for good, deals with the outside world"},
		{policy.Hints{Idempotent: yes, OpenWorld: no}, false, false, "may change or remove things"},
	}
	for _, test := range tests {
		r := policy.RiskOf(test.hints, test.trusted)
		if r.String() != test.want || r.High() != test.high {
			t.Errorf("%+v, trusted %v: %q, high %v; want %q", test.hints, test.trusted, r, r.High(), test.want)
		}
	}
}

func TestParseHints(t *testing.T) {
	t.Parallel()
	words := map[policy.Hint]string{policy.Unsaid: "", policy.No: "false", policy.Yes: "true"}
	for _, want := range combinations() {
		var said []string
		for name, h := range map[string]policy.Hint{
			"readOnlyHint": want.ReadOnly, "destructiveHint": want.Destructive,
			"idempotentHint": want.Idempotent, "openWorldHint": want.OpenWorld,
		} {
			if words[h] != "" {
				said = append(said, fmt.Sprintf("%q: %s", name, words[h]))
			}
		}
		definition := `{"name": "t", "annotations": {` + strings.Join(said, ",") + `}}`
		if got := policy.ParseHints(json.RawMessage(definition)); got != want {
			t.Errorf("%s: %+v", definition, got)
		}
	}
	for _, odd := range []string{"", "[]", "{", `{"annotations": 5}`, `{"annotations": {"readOnlyHint": "true"}}`, `{"annotations": {"readOnlyHint": null}}`, `{"annotations": {"readOnlyHint": 1}}`} {
		if got := policy.ParseHints(json.RawMessage(odd)); got != (policy.Hints{}) {
			t.Errorf("%s: %+v", odd, got)
		}
	}
}
