package host_test

import (
	"slices"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/policy"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// rule adds a rule to a host's options.
func rule(effect policy.Effect, text string) func(*host.Options) {
	return func(o *host.Options) {
		r, err := policy.ParseRule(text)
		if err != nil {
			panic(err)
		}
		r.Effect, r.Source = effect, "test"
		o.Rules = append(o.Rules, r)
	}
}

func allow(text string) func(*host.Options) { return rule(policy.Allow, text) }
func deny(text string) func(*host.Options)  { return rule(policy.Deny, text) }

func TestDenyWithAReasonReachesTheModel(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("understood"))
	s := begin(t, m, builtins(t, "calculator"))
	s.ready("calculator")
	s.say("go")
	id, _ := s.approval()
	s.answer(id, host.Deny{Reason: "I can add that myself"})
	if f := s.finished(); f.Outcome != host.Refused {
		t.Errorf("the call ended %q", f.Outcome)
	}
	s.over()
	if r := results(m.Last()); !r[0].IsError || !strings.Contains(r[0].Text, "I can add that myself") {
		t.Errorf("the model read %+v", r)
	}
}

func TestSessionGrantHoldsForThatToolAlone(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("once"),
		llmtest.Call("add", `{"a":2,"b":2}`), llmtest.Say("twice"),
		llmtest.Call("subtract", `{"a":2,"b":2}`), llmtest.Say("thrice"),
	)
	s := begin(t, m, builtins(t, "calculator"))
	s.ready("calculator")
	s.say("one")
	id, q := s.approval()
	if !q.Offers(host.Session) {
		t.Error("a session grant is not offered")
	}
	s.answer(id, host.Approve{Scope: host.Session})
	s.over()
	s.say("two")
	d := next(s, anyOf[host.CallDecided])
	if d.Decision != host.Allowed || !strings.Contains(d.Rule, "session") {
		t.Errorf("the second call was decided %+v", d)
	}
	s.over()
	s.say("three")
	if d := next(s, anyOf[host.CallDecided]); d.Decision != host.Asking {
		t.Errorf("another tool was decided %+v", d)
	}
	id, _ = s.approval()
	s.answer(id, host.Deny{})
	s.over()
}

func TestRulesDecide(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Call("subtract", `{"a":1,"b":1}`), llmtest.Say("so"))
	s := begin(t, m, builtins(t, "calculator"), allow("calculator/*"), deny("calculator/sub*"))
	s.ready("calculator")
	s.say("go")
	d := next(s, anyOf[host.CallDecided])
	if d.Decision != host.Allowed || d.Rule != "allow calculator/* (test)" {
		t.Errorf("decided %+v", d)
	}
	s.over()
	if offered := names(m.Last()); slices.Contains(offered, "subtract") || !slices.Contains(offered, "add") {
		t.Errorf("the model is offered %v; a denied tool must not be among them", offered)
	}
	if r := results(m.Last()); len(r) != 2 || !r[1].IsError || !strings.Contains(r[1].Text, "no tool") {
		t.Errorf("calling a denied tool gave %+v", r)
	}
}

func TestAnAskRuleOutlastsTheSession(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("so"))
	s := begin(t, m, builtins(t, "calculator"), rule(policy.Ask, "calculator/*"), allow("*/*"))
	s.ready("calculator")
	s.say("go")
	id, q := s.approval()
	if q.Offers(host.Session) {
		t.Error("a grant is offered that would not hold against the ask rule")
	}
	s.answer(id, host.Approve{Scope: host.Once})
	s.over()
}

func TestTheOfflineModelAlwaysAsks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		unattended bool
		want       host.Decision
	}{
		{"where a person watches", false, host.Asking},
		{"not where the rule was written for the very turn", true, host.Allowed},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("so"))
			m.Description = llm.Info{Provider: "offline", Name: "word matcher", Offline: true}
			s := begin(t, m, builtins(t, "calculator"), allow("*/*"), func(o *host.Options) { o.Unattended = c.unattended })
			s.ready("calculator")
			s.say("go")
			if d := next(s, anyOf[host.CallDecided]); d.Decision != c.want {
				t.Errorf("decided %q, want %q", d.Decision, c.want)
			}
			if c.want == host.Asking {
				id, q := s.approval()
				if q.Offers(host.Session) {
					t.Error("the offline model's call offers more than once")
				}
				s.answer(id, host.Approve{Scope: host.Once})
			}
			s.over()
		})
	}
}
