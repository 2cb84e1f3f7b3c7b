package ui_test

import (
	"testing"
	"time"

	"switchboard/host"
	"switchboard/ui/uitest"
)

func TestAQueuedPromptIsTakenBack(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"}, host.StepStarted{Turn: 1, Step: 1}, host.TurnQueued{Prompt: "in French"})
		d.Expect("1 queued")
		d.Press("up")
		if got := uitest.Only[host.TakeBack](e); len(got) != 1 {
			t.Fatalf("asked for %v", e.Ops())
		}
		e.Play(host.TurnRecalled{Prompt: "in French"})
		d.ExpectRow("❯ in French")
		d.ExpectNot("1 queued")
	})
}

func TestASteeringPromptStandsInTheConversation(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"}, host.TurnQueued{Prompt: "in French"},
			host.TurnSteered{Turn: 1, Prompt: "in French"})
		d.Expect("in French")
		d.ExpectNot("queued")
	})
}

func TestALongTurnAsksWhetherToGoOn(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"}, host.Asked{ID: 4, Question: host.GoOn{Turn: 1, Steps: 25}, At: time.Now()})
		d.Expect("the model was asked 25 times in this turn: go on?")
		d.Type("g")
		d.Press("backspace")
		if got := e.Answers(); len(got) != 0 {
			t.Fatalf("typing answered %v", got)
		}
		d.Press("ctrl+t")
		d.Wait(time.Second)
		d.Press("g")
		if got := e.Answers(); len(got) != 1 || got[0].Answer != (host.Proceed{}) {
			t.Errorf("answered %v", got)
		}
	})
}
