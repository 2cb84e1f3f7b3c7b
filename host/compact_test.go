package host_test

import (
	"fmt"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// small is a model with a small window.
type small struct {
	*llmtest.Scripted
	window int
}

func (m small) Info() llm.Info {
	i := m.Scripted.Info()
	i.Window = m.window
	return i
}

// sums answers the request for a summary apart from the script.
func sums(r llm.Request) bool {
	last := r.Messages[len(r.Messages)-1]
	return strings.HasPrefix(last.Prose(), "Sum up the conversation so far")
}

func TestAFullWindowIsSummedUp(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("words and more words ", 200) // about 1,000 tokens
	m := small{llmtest.NewFunc(func(r llm.Request) llmtest.Step {
		if sums(r) {
			if len(r.Tools) != 0 {
				t.Error("tools were offered for a summary")
			}
			return llmtest.Say("They want the number 42.")
		}
		return llmtest.Say(long)
	}), 4_000}
	s := begin(t, m, builtins(t))
	for i := range 4 {
		s.say(fmt.Sprintf("prompt %d", i))
		if end := s.over(); end.Finish != host.FinishDone {
			t.Fatalf("ended with %+v", end)
		}
	}
	var e host.Compacted
	for _, event := range s.events {
		if c, ok := event.(host.Compacted); ok {
			e = c
		}
	}
	if e.Messages == 0 || e.After >= e.Before || !strings.Contains(e.Summary.Raw(), "42") {
		t.Fatalf("summed up as %+v", e)
	}
	first := m.Last().Messages[0]
	if first.Role != llm.User || !strings.Contains(first.Prose(), "They want the number 42.") {
		t.Errorf("the model's conversation begins with %+v", first)
	}
	answered(t, m.Last())
}

func TestARefusalForLengthIsMended(t *testing.T) {
	t.Parallel()
	refusals := 0
	m := llmtest.NewFunc(func(r llm.Request) llmtest.Step {
		switch {
		case sums(r):
			return llmtest.Say("a summary")
		case len(r.Messages) > 3 && refusals == 0:
			refusals++
			return llmtest.Fail(&llm.Error{Kind: llm.ContextTooLong, Message: "too long"})
		}
		return llmtest.Say("fine")
	})
	s := begin(t, m, builtins(t))
	for range 3 {
		s.say("go on")
		if end := s.over(); end.Finish != host.FinishDone {
			t.Fatalf("ended with %+v", end)
		}
	}
	if refusals != 1 {
		t.Errorf("%d refusals", refusals)
	}
	if first := m.Last().Messages[0].Prose(); !strings.Contains(first, "a summary") {
		t.Errorf("the model's conversation begins with %q", first)
	}
}

func TestOldResultsMakeRoomWhereNothingCanBeSummedUp(t *testing.T) {
	t.Parallel()
	step := 0
	m := small{llmtest.NewFunc(func(r llm.Request) llmtest.Step {
		if sums(r) {
			t.Error("asked for a summary of a lone prompt")
		}
		if step++; step > 6 {
			return llmtest.Say("done")
		}
		return llmtest.Call("big", fmt.Sprintf(`{"n":%d}`, 4000+step))
	}), 6_000}
	s := begin(t, m, []config.Server{servertest.Config("wordy", "-tools=big")}, allow("*/*"))
	s.ready("wordy")
	s.say("go")
	if end := s.over(); end.Finish != host.FinishDone {
		t.Fatalf("ended with %+v", end)
	}
	r := results(m.Last())
	if len(r[0].Text) > 1000 || !strings.Contains(r[0].Text, "make the call again") {
		t.Errorf("the oldest result has %d bytes", len(r[0].Text))
	}
	if n := len(r[len(r)-1].Text); n < 3000 {
		t.Errorf("the newest result has %d bytes", n)
	}
	answered(t, m.Last())
}

func TestCompactAndClearByHand(t *testing.T) {
	t.Parallel()
	m := llmtest.NewFunc(func(r llm.Request) llmtest.Step {
		if sums(r) {
			return llmtest.Say("all of it")
		}
		return llmtest.Say("fine")
	})
	s := begin(t, m, builtins(t))
	s.host.Do(host.Compact{})
	next(s, func(n host.Notice) bool { return strings.Contains(n.Text.Raw(), "nothing to sum up") })
	for range 2 {
		s.say("hello")
		s.over()
	}
	s.host.Do(host.Compact{})
	if e := next(s, anyOf[host.Compacted]); e.Messages != 2 {
		t.Errorf("summed up %+v", e)
	}
	s.host.Do(host.Clear{})
	next(s, anyOf[host.Cleared])
	s.say("who are you?")
	s.over()
	if got := m.Last().Messages; len(got) != 1 {
		t.Errorf("the model still knows %+v", got)
	}
}
