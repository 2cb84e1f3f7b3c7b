package host_test

import (
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/llm/llmtest"
)

// TestAT33 holds that every decision is told before the call goes out, and says
// what was decided about.
func TestAT33(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("so"))
	s := begin(t, m, builtins(t, "calculator"))
	s.ready("calculator")
	s.say("go")
	id, q := s.approval()
	s.answer(id, host.Approve{Scope: host.Session})
	s.over()
	var order []string
	for _, e := range s.events {
		switch e := e.(type) {
		case host.CallDecided:
			order = append(order, "decided")
			if string(e.Arguments) != string(q.Arguments) || e.Definition != q.Tool.Hash() {
				t.Errorf("decided %+v", e)
			}
		case host.CallAnswered:
			order = append(order, "answered")
			if e.Grant != "allow calculator/add" || e.Wait <= 0 || e.Wait > time.Hour {
				t.Errorf("answered %+v", e)
			}
		case host.CallStarted:
			order = append(order, "started")
		}
	}
	if got := strings.Join(order, " "); got != "decided answered started" {
		t.Errorf("the order is %s", got)
	}
}
