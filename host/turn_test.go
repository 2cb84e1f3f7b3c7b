package host_test

import (
	"slices"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/retry"
)

func TestTurnBringsAResultBackToTheModel(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Say("Let me add that.").Call("add", `{"a": 19, "b": 23}`),
		llmtest.Say("It is 42.").Usage(llm.Usage{Input: 7, Output: 3}),
	)
	s := begin(t, m, builtins(t, "calculator"))
	s.ready("calculator")
	s.say("19 plus 23?")
	id, q := s.approval()
	if q.Tool.ID.String() != "calculator/add" || string(q.Arguments) != `{"a": 19, "b": 23}` || q.Says.Raw() != "Let me add that." {
		t.Errorf("the question is %+v", q)
	}
	s.answer(id, host.Approve{Scope: host.Once})
	if f := s.finished(); f.Outcome != host.Succeeded || !strings.Contains(f.Text.Raw(), "42") || f.Bytes == 0 {
		t.Errorf("the call ended with %+v", f)
	}
	end := s.over()
	if end.Finish != host.FinishDone || end.Steps != 2 || end.Usage.Output != 3 {
		t.Errorf("the turn ended with %+v", end)
	}
	answered(t, m.Last())
	if r := results(m.Last()); len(r) != 1 || r[0].IsError || !strings.Contains(r[0].Text, "42") {
		t.Errorf("the model read %+v", r)
	}
}

func TestTurnsShareOneConversation(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Say("one"), llmtest.Say("two"))
	s := begin(t, m, nil)
	s.say("first")
	s.say("second") // while the first runs
	if e := next(s, anyOf[host.TurnEnded]); e.Turn != 1 {
		t.Fatalf("turn %d ended first", e.Turn)
	}
	s.over()
	var said []string
	for _, msg := range m.Last().Messages {
		said = append(said, string(msg.Role)+":"+msg.Prose())
	}
	if want := []string{"user:first", "assistant:one", "user:second"}; !slices.Equal(said, want) {
		t.Errorf("the model was told %q, want %q", said, want)
	}
}

func TestStopTakesBackWhatWaits(t *testing.T) {
	t.Parallel()
	gate := make(chan struct{})
	defer close(gate)
	m := llmtest.New(llmtest.Say("never").Hold(gate), llmtest.Say("later"))
	s := begin(t, m, nil)
	s.say("first")
	s.say("second")
	next(s, anyOf[host.TurnQueued])
	s.host.Do(host.Cancel{})
	if d := next(s, anyOf[host.TurnDropped]); d.Prompt != "second" {
		t.Errorf("dropped %q", d.Prompt)
	}
	s.over()
	s.say("third")
	if e := next(s, anyOf[host.TurnStarted]); e.Prompt != "third" {
		t.Errorf("then came %q", e.Prompt)
	}
	s.over()
}

func TestCallsOfAStepRunSideBySideAndJoinInOrder(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("add", `{"a":1,"b":1}`).Call("now", `{}`).Call("add_note", `{"text":"hello"}`),
		llmtest.Say("done"),
	)
	s := begin(t, m, builtins(t, "calculator", "clock", "notes"))
	s.ready("calculator", "clock", "notes")
	s.say("do three things")
	asked := map[string]host.QuestionID{}
	for range 3 { // all three wait at the same time
		id, q := s.approval()
		asked[q.Tool.ID.Server] = id
	}
	for _, server := range []string{"notes", "clock", "calculator"} {
		s.answer(asked[server], host.Approve{Scope: host.Once})
		if f := s.finished(); f.Server != server {
			t.Fatalf("%s finished, want %s", f.Server, server)
		}
	}
	s.over()
	answered(t, m.Last())
	var order []string
	for _, r := range results(m.Last()) {
		order = append(order, r.Name)
	}
	if want := []string{"add", "now", "add_note"}; !slices.Equal(order, want) {
		t.Errorf("results came as %v, want %v", order, want)
	}
}

func TestTurnStopsAtTheStepLimit(t *testing.T) {
	t.Parallel()
	m := llmtest.NewFunc(func(llm.Request) llmtest.Step { return llmtest.Call("add", `{"a":1,"b":1}`) })
	s := begin(t, m, builtins(t, "calculator"), allow("calculator/*"), func(o *host.Options) { o.MaxSteps = 3 })
	s.ready("calculator")
	s.say("for ever")
	s.answer(next(s, anyOf[host.Asked]).ID, host.Deny{})
	if end := s.over(); end.Finish != host.FinishStepLimit || end.Steps != 3 {
		t.Errorf("the turn ended with %+v", end)
	}
	if n := len(m.Requests()); n != 3 {
		t.Errorf("the model was asked %d times", n)
	}
}

func TestFailureOfTheModelEndsTheTurnWithItsHint(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Fail(&llm.Error{Kind: llm.Auth, Provider: "acme", Message: "bad key", Hint: "set ACME_KEY"}),
		llmtest.Say("better"),
	)
	s := begin(t, m, nil)
	s.say("hello")
	end := s.over()
	if end.Finish != host.FinishFailed || end.Failure.Kind != "auth" || end.Failure.Hint != "set ACME_KEY" {
		t.Errorf("the turn ended with %+v", end)
	}
	s.say("again")
	if end := s.over(); end.Finish != host.FinishDone {
		t.Errorf("the next turn ended with %+v", end)
	}
}

func TestACutAnswerIsAnErrorAndIsRemembered(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Say("The first half").Fail(&llm.Error{Kind: llm.Truncated, Provider: "acme", Message: "cut"}),
		llmtest.Say("and the second"),
	)
	s := begin(t, m, nil)
	s.say("tell me")
	if end := s.over(); end.Finish != host.FinishFailed || end.Failure.Kind != "truncated" {
		t.Errorf("the turn ended with %+v", end)
	}
	s.say("go on")
	s.over()
	partial := m.Last().Messages[1]
	if partial.Role != llm.Assistant || !strings.HasPrefix(partial.Prose(), "The first half") || !strings.Contains(partial.Prose(), "cut off") {
		t.Errorf("the model is told %q", partial.Prose())
	}
}

func TestCallsThatCannotRunAreToldToTheModel(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, tool, arguments, want string
	}{
		{"unknown tool", "ad", `{}`, "did you mean add"},
		{"malformed arguments", "add", `{"a":`, "not a JSON object"},
		{"arguments the tool refuses", "add", `{"a":"x"}`, "b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.New(llmtest.Call(c.tool, c.arguments), llmtest.Say("sorry"))
			s := begin(t, m, builtins(t, "calculator"), allow("*/*"))
			s.ready("calculator")
			s.say("go")
			if f := s.finished(); f.Outcome != host.CallError && f.Outcome != host.ToolError {
				t.Errorf("the call ended %q", f.Outcome)
			}
			s.over()
			r := results(m.Last())
			if len(r) != 1 || !r[0].IsError || !strings.Contains(r[0].Text, c.want) {
				t.Errorf("the model read %+v, want %q in it", r, c.want)
			}
		})
	}
}

func TestEscStopsModelAndQuestionsAtOnce(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Say("two at once").Call("add", `{"a":1,"b":2}`).Call("subtract", `{"a":1,"b":2}`),
		llmtest.Say("fine"),
	)
	s := begin(t, m, builtins(t, "calculator"))
	s.ready("calculator")
	s.say("go")
	first, _ := s.approval()
	s.approval()
	s.host.Do(host.Cancel{})
	for range 2 {
		if f := s.finished(); f.Outcome != host.Stopped {
			t.Errorf("a call ended %q", f.Outcome)
		}
	}
	if end := s.over(); end.Finish != host.FinishStopped {
		t.Errorf("the turn ended with %+v", end)
	}
	s.answer(first, host.Approve{Scope: host.Once}) // too late: nothing may run
	s.say("never mind")
	s.over()
	answered(t, m.Last())
	for _, e := range s.events {
		if started, ok := e.(host.CallStarted); ok {
			t.Errorf("a call ran after the stop: %+v", started)
		}
	}
}

func TestStopInMidAnswerKeepsWhatCame(t *testing.T) {
	t.Parallel()
	gate := make(chan struct{})
	defer close(gate)
	m := llmtest.New(llmtest.Say("never said").Hold(gate), llmtest.Say("next"))
	s := begin(t, m, nil)
	s.say("go")
	next(s, anyOf[host.StepStarted])
	s.host.Do(host.Cancel{})
	if end := s.over(); end.Finish != host.FinishStopped {
		t.Errorf("the turn ended with %+v", end)
	}
	s.say("again")
	if end := s.over(); end.Finish != host.FinishDone {
		t.Errorf("the next turn ended with %+v", end)
	}
}

// An answer that breaks off is asked for again before any of its tools ran, and
// nothing of it stays: not in the conversation, not as a call.
func TestAnswerThatBreaksOffIsAskedForAgain(t *testing.T) {
	t.Parallel()
	cut := &llm.Error{Kind: llm.Truncated, Provider: "script", Message: "cut off", RetryAfter: 1}
	add := `{"a": 19, "b": 23}`
	m := llmtest.New(
		llmtest.Say("Half of").Call("add", add).Fail(cut),
		llmtest.Say("Let me add.").Call("add", add),
		llmtest.Say("It is ").Fail(cut),
		llmtest.Say("It is 42."),
	)
	s := begin(t, retry.New(m), builtins(t, "calculator"))
	s.ready("calculator")
	s.say("19 plus 23?")
	if v := next(s, anyOf[host.TextVoided]); v.Why.Raw() != "cut off" {
		t.Errorf("void because of %q", v.Why.Raw())
	}
	id, _ := s.approval()
	s.answer(id, host.Approve{Scope: host.Once})
	if end := s.over(); end.Finish != host.FinishDone || end.Steps != 2 {
		t.Errorf("the turn ended with %+v", end)
	}
	calls, voids := 0, 0
	for _, e := range s.events {
		switch e.(type) {
		case host.CallStarted:
			calls++
		case host.TextVoided:
			voids++
		}
	}
	if calls != 1 || voids != 2 || len(m.Requests()) != 4 {
		t.Errorf("%d calls, %d voids, %d requests", calls, voids, len(m.Requests()))
	}
	for _, r := range m.Requests() {
		answered(t, r)
		for _, msg := range r.Messages {
			if strings.Contains(msg.Prose(), "Half") || msg.Prose() == "It is " {
				t.Errorf("the model is told of what is void: %q", msg.Prose())
			}
		}
	}
	m.Verify(t)
}
