package host_test

import (
	"fmt"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

func steps(n int) func(*host.Options) { return func(o *host.Options) { o.MaxSteps = n } }

// adding makes so many scripted calls, each another one.
func adding(n int) []llmtest.Step {
	var all []llmtest.Step
	for i := range n {
		all = append(all, llmtest.Call("add", fmt.Sprintf(`{"a":%d,"b":1}`, i)))
	}
	return all
}

func TestThePersonMayLetALongTurnGoOn(t *testing.T) {
	t.Parallel()
	m := llmtest.New(append(adding(3), llmtest.Say("done"))...)
	s := begin(t, m, builtins(t, "calculator"), allow("*/*"), steps(2))
	s.ready("calculator")
	s.say("go")
	a := next(s, anyOf[host.Asked])
	if q, ok := a.Question.(host.GoOn); !ok || q.Steps != 2 {
		t.Fatalf("asked %+v", a)
	}
	s.answer(a.ID, host.Proceed{})
	if end := s.over(); end.Finish != host.FinishDone || end.Steps != 4 {
		t.Errorf("ended with %+v", end)
	}
}

func TestTheSameCallWithTheSameResult(t *testing.T) {
	t.Parallel()
	var script []llmtest.Step
	for range 7 {
		script = append(script, llmtest.Call("add", `{"a":1, "b":1}`))
	}
	m := llmtest.New(script...)
	s := begin(t, m, builtins(t, "calculator"), allow("*/*"))
	s.ready("calculator")
	s.say("go")
	if end := s.over(); end.Finish != host.FinishRepeated || end.Steps != 5 {
		t.Fatalf("ended with %+v", end)
	}
	r := results(m.Last()) // what the fifth request held
	for i, want := range []bool{false, false, true, true} {
		if got := strings.Contains(r[i].Text, "Do not make it again"); got != want {
			t.Errorf("result %d says %q", i+1, r[i].Text)
		}
	}
	answered(t, m.Last())
}

func TestWhatIsTypedMeanwhileGoesToTheModelAtItsNextStep(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("slow", `{"ms":1}`), llmtest.Say("as you wish"))
	s := begin(t, m, append(builtins(t, "calculator"), servertest.Config("slow", "-tools=slow")), allow("calculator/*"))
	s.ready("calculator", "slow")
	s.say("go")
	id, _ := s.approval()
	s.say("in French")
	s.say("no, wait")
	next(s, func(e host.TurnQueued) bool { return e.Prompt == "no, wait" })
	s.host.Do(host.TakeBack{})
	if e := next(s, anyOf[host.TurnRecalled]); e.Prompt != "no, wait" {
		t.Errorf("took back %q", e.Prompt)
	}
	s.answer(id, host.Deny{})
	if e := next(s, anyOf[host.TurnSteered]); e.Prompt != "in French" {
		t.Errorf("steered with %q", e.Prompt)
	}
	s.over()
	messages := m.Last().Messages
	last := messages[len(messages)-1]
	if last.Role != llm.User || last.Prose() != "in French" || messages[len(messages)-2].Role != llm.ToolRole {
		t.Errorf("the model read %+v", messages)
	}
	answered(t, m.Last())
}

func TestASerialServerGetsOneCallAtATime(t *testing.T) {
	t.Parallel()
	cfg := servertest.Config("serial", "-tools=slow")
	cfg.Parallel = 1
	call := llmtest.Call("slow", `{"ms":20}`)
	for range 3 {
		call = call.Call("slow", `{"ms":20}`)
	}
	m := llmtest.New(call, llmtest.Say("done"))
	s := begin(t, m, append(builtins(t), cfg), allow("*/*"))
	s.ready("serial")
	s.say("go")
	s.over()
	under := 0
	for _, e := range s.events {
		switch e.(type) {
		case host.CallStarted:
			under++
		case host.CallFinished:
			under--
		}
		if under > 1 {
			t.Fatal("two calls were under way at a time")
		}
	}
}
