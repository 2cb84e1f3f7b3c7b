package host_test

import (
	"slices"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/config"
	"switchboard/llm/llmtest"
)

func searchers(t *testing.T) []config.Server { return builtins(t, "calculator", "files", "notes") }

func TestACollisionAsksOnceAndOnlyItsNameWaits(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("two"),
		llmtest.Call("search", `{"query":"release"}`), llmtest.Say("nothing"),
	)
	s := begin(t, m, searchers(t), allow("*/*"))
	_, q := s.collision()
	if q.Name != "search" || len(q.Candidates) != 2 || q.Call != "" {
		t.Fatalf("the question is %+v", q)
	}
	for i, want := range []string{"files__search", "notes__search"} {
		if q.Candidates[i].Prefixed != want {
			t.Errorf("candidate %d is %q, want %q", i, q.Candidates[i].Prefixed, want)
		}
	}
	s.say("add")
	s.over() // another name does not wait
	s.say("search")
	next(s, func(e host.CallPlanned) bool { return e.Name.Raw() == "search" && e.Server == "" })
	id, q := s.collision() // the call asks now, in place of the name
	if q.Call == "" || !q.Offers(host.Once) || !q.Offers(host.Session) || q.Offers(host.Always) {
		t.Fatalf("the call's question is %+v", q)
	}
	s.answer(id, host.Choose{Server: "notes", Scope: host.Session})
	if f := s.finished(); f.Server != "notes" || f.Wait <= 0 {
		t.Errorf("the call went to %q", f.Server)
	}
	s.over()
}

func TestKeepBothOffersEachUnderItsPrefix(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("files__search", `{"query":"package host"}`), llmtest.Say("there"))
	s := begin(t, m, searchers(t), allow("*/*"))
	id, _ := s.collision()
	s.answer(id, host.Adopt{Strategy: catalog.Namespace, Scope: host.Session})
	next(s, func(e host.CatalogChanged) bool { return len(e.Unresolved) == 0 && e.Tools > 8 })
	s.say("go")
	if f := s.finished(); f.Server != "files" {
		t.Errorf("the call went to %+v", f)
	}
	s.over()
	offered := names(m.Last())
	if slices.Contains(offered, "search") || !slices.Contains(offered, "notes__search") {
		t.Errorf("the model is offered %v", offered)
	}
}

func TestAskMeAtEveryCall(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("search", `{"query":"one"}`).Call("search", `{"query":"two"}`).Call("search", `{"query":"three"}`),
		llmtest.Say("done"),
	)
	s := begin(t, m, searchers(t), allow("*/*"))
	id, _ := s.collision()
	s.answer(id, host.Adopt{Strategy: catalog.AskEachCall, Scope: host.Session})
	next(s, func(e host.CatalogChanged) bool { return len(e.Unresolved) == 0 })
	s.say("go")
	for _, a := range []host.Answer{host.Choose{Server: "files", Scope: host.Once}, host.Choose{Server: "notes", Scope: host.Once}, host.Deny{Reason: "no search"}} {
		id, q := s.collision()
		if q.Call == "" || !strings.Contains(string(q.Arguments), "query") {
			t.Errorf("the question is not about a call: %+v", q)
		}
		s.answer(id, a)
	}
	s.over()
	var outcomes []host.Outcome
	for _, e := range s.events {
		if f, ok := e.(host.CallFinished); ok {
			outcomes = append(outcomes, f.Outcome)
		}
	}
	slices.Sort(outcomes)
	if want := []host.Outcome{host.Refused, host.Succeeded, host.Succeeded}; !slices.Equal(outcomes, want) {
		t.Errorf("outcomes %v, want %v", outcomes, want)
	}
}

func TestAnOpenNameThatIsSplitAsksForTheWaitingCall(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("search", `{"query":"one"}`), llmtest.Say("done"))
	s := begin(t, m, searchers(t), allow("*/*"))
	s.collision()
	s.say("go")
	clash, _ := s.collision()
	s.answer(clash, host.Adopt{Strategy: catalog.Namespace, Scope: host.Session})
	id, q := s.collision()
	if q.Call == "" || q.Offers(host.Session) {
		t.Fatalf("the question is %+v", q)
	}
	s.answer(id, host.Choose{Server: "files", Scope: host.Once})
	if f := s.finished(); f.Server != "files" || f.Outcome != host.Succeeded {
		t.Errorf("the call ended with %+v", f)
	}
	s.over()
}

func TestTheConfigurationSettlesACollision(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("search", `{"query":"one"}`), llmtest.Say("done"))
	s := begin(t, m, searchers(t), allow("*/*"), func(o *host.Options) {
		o.Collisions = config.Collisions{Tools: map[string]string{"search": "server:files"}}
	})
	s.ready("calculator", "files", "notes")
	s.say("go")
	if f := s.finished(); f.Server != "files" {
		t.Errorf("the call went to %q", f.Server)
	}
	s.over()
	for _, e := range s.events {
		if a, ok := e.(host.Asked); ok {
			t.Errorf("something was asked all the same: %+v", a)
		}
	}
}

func TestUnattendedAsksAboutANameOnlyWhenItIsCalled(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Call("search", `{"query":"x"}`))
	s := begin(t, m, searchers(t), allow("*/*"), func(o *host.Options) { o.Unattended = true })
	s.say("go")
	f := s.finished() // the turn waited for the servers, and nothing was asked
	if f.Tool != "add" || f.Outcome != host.Succeeded {
		t.Errorf("the first call ended with %+v", f)
	}
	if _, q := s.collision(); q.Call == "" {
		t.Errorf("the question is %+v", q)
	}
	s.host.Do(host.Cancel{})
	s.over()
}

func TestDisablingACandidateWithdrawsTheQuestion(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(), searchers(t))
	id, _ := s.collision()
	s.host.Do(host.ControlServer{Server: "notes", Action: host.Disable})
	next(s, func(e host.Withdrawn) bool { return e.ID == id })
}
