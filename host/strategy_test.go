package host_test

import (
	"slices"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm/llmtest"
)

func collisions(c config.Collisions) func(*host.Options) {
	return func(o *host.Options) { o.Collisions = c }
}

// nothingAsked holds that no question was put.
func nothingAsked(s *session) {
	s.t.Helper()
	for _, e := range s.events {
		if a, ok := e.(host.Asked); ok {
			s.t.Errorf("something was asked: %+v", a)
		}
	}
}

func TestTheModelPicksTheServer(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("search", `{"query":"one"}`),
		llmtest.Call("search", `{"query":"two","server":"notes"}`),
		llmtest.Say("done"),
	)
	s := begin(t, m, searchers(t), allow("*/*"), collisions(config.Collisions{Default: "describe"}))
	s.ready("calculator", "files", "notes")
	s.say("go")
	if f := s.finished(); f.Outcome == host.Succeeded || !strings.Contains(f.Text.Raw(), `one of "files", "notes"`) {
		t.Errorf("a call without a server ended with %+v", f)
	}
	if f := s.finished(); f.Server != "notes" || f.Outcome != host.Succeeded {
		t.Errorf("the call ended with %+v", f)
	}
	s.over()
	nothingAsked(s)
	for _, tool := range m.Last().Tools {
		if tool.Name == "search" && !strings.Contains(string(tool.Schema), `"required":["server"`) {
			t.Errorf("the model is not told to pick: %s", tool.Schema)
		}
	}
}

func TestPriorityFollowsTheOrder(t *testing.T) {
	t.Parallel()
	for want, order := range map[string][]string{"files": nil, "notes": {"notes"}} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			m := llmtest.New(llmtest.Call("search", `{"query":"one"}`), llmtest.Say("done"))
			s := begin(t, m, searchers(t), allow("*/*"), collisions(config.Collisions{Default: "priority", Order: order}))
			s.ready("calculator", "files", "notes")
			s.say("go")
			if f := s.finished(); f.Server != want {
				t.Errorf("the call went to %q", f.Server)
			}
			s.over()
			nothingAsked(s)
		})
	}
}

func TestAliasesAndHiddenTools(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("grep", `{"query":"one"}`), llmtest.Say("done"))
	s := begin(t, m, searchers(t), allow("*/*"), collisions(config.Collisions{
		Aliases: map[string]string{"files/search": "grep"}, Hide: []string{"notes/delete_note"},
	}))
	s.ready("calculator", "files", "notes")
	s.say("go")
	if f := s.finished(); f.Server != "files" || f.Tool != "search" {
		t.Errorf("the call went to %s/%s", f.Server, f.Tool)
	}
	s.over()
	nothingAsked(s)
	if offered := names(m.Last()); !slices.Contains(offered, "search") || !slices.Contains(offered, "grep") || slices.Contains(offered, "delete_note") {
		t.Errorf("the model is offered %v", offered)
	}
}

func TestAPromisedNameKeepsWorkingWhileTheQuestionIsOpen(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("lookup", `{"x":1}`), llmtest.Say("first"),
		llmtest.Call("add", `{"name":"lookup"}`), llmtest.Say("second"),
		llmtest.Call("lookup", `{"x":2}`), llmtest.Say("third"),
	)
	servers := []config.Server{servertest.Config("new", "-tools=add"), servertest.Config("old", "-tools=lookup")}
	s := begin(t, m, servers, allow("*/*"), collisions(config.Collisions{
		Default: "priority", Tools: map[string]string{"echo": "namespace"},
	}))
	s.ready("old", "new")
	for _, prompt := range []string{"look", "now the other learns it"} {
		s.say(prompt)
		s.over()
	}
	id, q := s.collision()
	s.say("look again")
	next(s, func(e host.CallFinished) bool {
		return e.Tool == "lookup" && e.Server == "old" && e.Outcome == host.Succeeded
	})
	s.over()
	s.answer(id, host.Choose{Server: "new", Scope: host.Session})
	next(s, func(e host.CatalogChanged) bool { return len(e.Unresolved) == 0 })
	if q.Name != "lookup" || len(q.Candidates) != 2 {
		t.Errorf("the question is %+v", q)
	}
}
