package host_test

import (
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm/llmtest"
)

func workflows(all ...host.Workflow) func(*host.Options) {
	return func(o *host.Options) { o.Workflows = all }
}

// exampleWorkflow is one of those that ship as examples.
func exampleWorkflow(t *testing.T, name string) host.Workflow {
	t.Helper()
	cfg := config.Load([]string{"../config.example.json"}, func(string) (string, bool) { return "x", true })
	for _, w := range cfg.Workflows {
		if w.Name == name {
			return w
		}
	}
	t.Fatalf("the example has no workflow %q", name)
	return host.Workflow{}
}

func TestAWorkflowIsFilledInAndSent(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Say("done"))
	w := host.Workflow{Name: "sum", Prompt: "Add {{a}} and 1.", Servers: []string{"calculator"}}
	w.Parameters = append(w.Parameters, exampleWorkflow(t, "standup").Parameters[0])
	w.Parameters[0].Name = "a"
	s := begin(t, m, builtins(t, "calculator"), workflows(w))
	if e := next(s, anyOf[host.WorkflowsKnown]); len(e.Workflows) != 1 {
		t.Errorf("known are %+v", e)
	}
	s.host.Do(host.RunWorkflow{Name: "sum"})
	if e := next(s, anyOf[host.WorkflowRefused]); !strings.Contains(e.Message, "a not given") {
		t.Errorf("refused with %+v", e)
	}
	s.host.Do(host.RunWorkflow{Name: "som", Words: "41"})
	next(s, anyOf[host.WorkflowRefused])
	s.host.Do(host.RunWorkflow{Name: "sum", Words: "41"}) // waits for the server that starts
	if e := next(s, anyOf[host.TurnStarted]); e.Prompt != "Add 41 and 1." {
		t.Errorf("sent %q", e.Prompt)
	}
	if end := s.over(); end.Finish != host.FinishDone {
		t.Errorf("ended with %+v", end)
	}
	if len(m.Last().Tools) == 0 {
		t.Error("the model was asked before its server was there")
	}
}

func TestAWorkflowThatLacksAServerSaysSo(t *testing.T) {
	t.Parallel()
	m := llmtest.New()
	gone := servertest.Config("slack")
	gone.Command = "no-such-program-at-all"
	w := host.Workflow{Name: "post", Prompt: "Post it.", Servers: []string{"calculator", "slack", "jira"}}
	s := begin(t, m, append(builtins(t, "calculator"), gone), workflows(w))
	s.host.Do(host.RunWorkflow{Name: "post"})
	end := s.over()
	said := end.Failure.Message.Raw()
	if end.Finish != host.FinishFailed || end.Failure.Kind != host.NotReady {
		t.Fatalf("ended with %+v", end)
	}
	for _, want := range []string{"slack, which is failed (no-such-program-at-all", "jira, which is not configured"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q lacks %q", said, want)
		}
	}
	if strings.Contains(said, "calculator") || len(m.Requests()) != 0 {
		t.Errorf("it says %q, and the model was asked %d times", said, len(m.Requests()))
	}
}
