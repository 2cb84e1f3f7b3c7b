package ui_test

import (
	"testing"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/uitest"
)

func TestTheWindowIsShownAndSummedUp(t *testing.T) {
	t.Parallel()
	on(t, uitest.Size{Width: 120, Height: 30}, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.ModelChosen{Name: "gpt-4.1", Window: 10_000}, host.TurnStarted{Turn: 1, Prompt: "go"},
			host.UsageReported{Step: host.Usage{Input: 7_000, Output: 500}, Session: host.Usage{Input: 9_000, Output: 900}},
			host.TurnEnded{Turn: 1, Finish: host.FinishDone})
		d.Expect("75 % of 10k")
		d.Type("/compact")
		d.Press("enter")
		d.Type("/clear")
		d.Press("enter")
		if got := e.Ops(); len(got) != 2 || got[0] != (host.Compact{}) || got[1] != (host.Clear{}) {
			t.Fatalf("ops %v", got)
		}
		e.Play(host.Compacted{Messages: 12, Before: 7_500, After: 1_200, Summary: clean.Foreign("They want the number 42.")})
		d.Expect("first 12 messages of the conversation were summed up")
		d.Expect("They want the number 42.")
		d.Expect("12 % of 10k")
		e.Play(host.Cleared{})
		d.Expect("A new conversation begins here.")
		d.ExpectNot("% of 10k")
	})
}
