package host_test

import (
	"slices"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm/llmtest"
)

// TestEveryStrategyChangesWithoutARestart goes through all of them in one session:
// what the model is offered follows, and calls land where the table says.
func TestEveryStrategyChangesWithoutARestart(t *testing.T) {
	t.Parallel()
	steps := []struct {
		set     host.SetStrategy
		offered []string
		call    string
		args    string
		ask     string // the server that the person picks; "" where nobody is asked
		want    string
	}{
		{host.SetStrategy{Strategy: catalog.Namespace}, []string{"files__search", "notes__search"}, "notes__search", `{"query":"a"}`, "", "notes"},
		{host.SetStrategy{Strategy: catalog.Priority}, []string{"search"}, "search", `{"query":"a"}`, "", "files"},
		{host.SetStrategy{Server: "notes", Strategy: catalog.AskEachCall}, []string{"search"}, "search", `{"query":"a"}`, "notes", "notes"},
		{host.SetStrategy{Tool: "search", Strategy: catalog.Describe}, []string{"search"}, "search", `{"query":"a","server":"notes"}`, "", "notes"},
		{host.SetStrategy{Tool: "search", Strategy: catalog.Server("files")}, []string{"search"}, "search", `{"query":"a"}`, "", "files"},
	}
	m := llmtest.New()
	for _, step := range steps {
		m.Then(llmtest.Call(step.call, step.args), llmtest.Say("done"))
	}
	s := begin(t, m, searchers(t), allow("*/*"), collisions(config.Collisions{Default: "namespace"}))
	s.ready("calculator", "files", "notes")
	for i, step := range steps {
		step.set.Scope = host.Session
		s.host.Do(step.set)
		s.say("go")
		if step.ask != "" {
			id, q := s.collision()
			if q.Call == "" {
				t.Errorf("step %d asks about the name", i)
			}
			s.answer(id, host.Choose{Server: step.ask, Scope: host.Once})
		}
		if f := s.finished(); f.Server != step.want || f.Outcome != host.Succeeded {
			t.Errorf("step %d: the call went to %q and ended %q: %s", i, f.Server, f.Outcome, f.Text)
		}
		s.over()
		var got []string
		for _, name := range names(m.Last()) {
			if strings.Contains(name, "search") {
				got = append(got, name)
			}
		}
		if !slices.Equal(got, step.offered) {
			t.Errorf("step %d: the model is offered %v", i, got)
		}
	}
}

func TestTheChosenServersOwnParametersAreTold(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("search", `{"query":"one","path":"."}`), llmtest.Say("understood"))
	s := begin(t, m, searchers(t), allow("*/*"))
	s.ready("calculator", "files", "notes")
	s.say("go")
	id, q := s.collision()
	for q.Call == "" {
		id, q = s.collision()
	}
	s.answer(id, host.Choose{Server: "notes", Scope: host.Session})
	f := s.finished()
	if f.Outcome == host.Succeeded || !strings.Contains(f.Text.Raw(), "path") || !strings.Contains(f.Text.Raw(), "query (string, required)") {
		t.Errorf("the call ended %q: %s", f.Outcome, f.Text)
	}
	s.over()
}

func TestAnAnswerForOneCallLeavesTheNameOpen(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("search", `{"query":"one"}`), llmtest.Say("first"),
		llmtest.Call("search", `{"query":"two"}`).Call("search", `{"query":"three"}`), llmtest.Say("second"),
	)
	s := begin(t, m, searchers(t), allow("*/*"))
	s.ready("calculator", "files", "notes")
	asked := func() host.QuestionID {
		for {
			if id, q := s.collision(); q.Call != "" {
				return id
			}
		}
	}
	s.say("go")
	s.answer(asked(), host.Choose{Server: "files", Scope: host.Once})
	if f := s.finished(); f.Server != "files" {
		t.Errorf("the call went to %q", f.Server)
	}
	s.over()
	s.say("again")
	s.answer(asked(), host.Choose{Server: "notes", Scope: host.Session}) // settles the other call as well
	for range 2 {
		if f := s.finished(); f.Server != "notes" {
			t.Errorf("a call went to %q", f.Server)
		}
	}
	s.over()
}

// TestAServerThatConnectsLaterTakesNothingOver enables a server whose tool has the
// name of one that the model was promised.
func TestAServerThatConnectsLaterTakesNothingOver(t *testing.T) {
	t.Parallel()
	for _, strategy := range []string{"ask", "priority", "describe", "namespace", "ask-each-call"} {
		t.Run(strategy, func(t *testing.T) {
			t.Parallel()
			m := llmtest.New(llmtest.Call("lookup", `{"x":1}`), llmtest.Say("one"), llmtest.Call("lookup", `{"x":2}`), llmtest.Say("two"))
			late := servertest.Config("a late one", "-tools=lookup")
			late.Disabled = true
			servers := []config.Server{late, servertest.Config("old", "-tools=lookup")}
			s := begin(t, m, servers, allow("*/*"), collisions(config.Collisions{Default: strategy, Tools: map[string]string{"echo": "namespace", "add": "namespace"}}))
			s.ready("old")
			s.say("look")
			s.over()
			s.host.Do(host.ControlServer{Server: "a late one", Action: host.Enable})
			s.ready("a late one")
			s.say("look again")
			if f := lastCall(s); f.Server == "a late one" {
				t.Errorf("the newcomer got the call: %+v", f)
			}
			s.over()
		})
	}
}

// lastCall waits for the end of a call, and answers a question about it with the
// server that had the name first.
func lastCall(s *session) host.CallFinished {
	s.t.Helper()
	for {
		e := next(s, func(e host.Event) bool {
			switch e := e.(type) {
			case host.CallFinished:
				return true
			case host.Asked:
				c, ok := e.Question.(host.Collision)
				return ok && c.Call != ""
			}
			return false
		})
		if f, ok := e.(host.CallFinished); ok {
			return f
		}
		s.answer(e.(host.Asked).ID, host.Choose{Server: "old", Scope: host.Once})
	}
}
