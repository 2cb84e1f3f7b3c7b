package ui_test

import (
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/uitest"
)

func TestStatusTellsWhatItWaitsFor(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.ModelChosen{Provider: "offline", Name: "word matcher", Offline: true})
		d.Expect("offline · word matcher")
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"}, host.StepStarted{Turn: 1, Step: 1})
		d.Wait(3 * time.Second)
		d.Expect("asking the model 3.")
		e.Play(host.Reasoning{Turn: 1, Text: clean.Foreign("hm")})
		d.Expect("the model is thinking 0.")
		e.Play(host.Text{Turn: 1, Text: clean.Foreign("so")})
		d.Expect("answering 0.")
		e.Play(host.CallWriting{Name: clean.Foreign("now"), Bytes: 3})
		d.Expect("writing a call of now 0.")
		e.Play(called(1, "clock", "now", `{}`)...)
		d.ExpectRow("waiting for you", "ctrl+t answer")
		e.Play(host.Withdrawn{ID: 1}, host.CallStarted{ID: "cnow", Server: "clock", Tool: "now"})
		d.Expect("1 call running")
		e.Play(host.CallFinished{ID: "cnow", Outcome: host.Succeeded}, host.UsageReported{Session: host.Usage{Input: 1234, Output: 56}})
		d.ExpectRow("working", "in 1.2k out 56")
		e.Play(host.TurnEnded{Turn: 1, Finish: host.FinishDone})
		d.ExpectNot("esc stop")
	})
}

// The status line says that a turn is being stopped for as long as that is so.
func TestStoppingIsSaidWhileItLasts(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"}, host.StepStarted{Turn: 1, Step: 1})
		d.Press("esc")
		d.Expect("stopping the turn 0.")
		d.ExpectNot("esc stop")
		e.Play(host.Text{Turn: 1, Text: clean.Foreign("a last word")})
		d.Wait(5 * time.Second)
		d.Expect("stopping the turn 5.")
		e.Play(host.TurnEnded{Turn: 1, Finish: host.FinishStopped}, host.TurnStarted{Turn: 2, Prompt: "next"})
		d.Expect("asking the model")
		d.Expect("esc stop")
	})
}

func TestNoteGivesWayToAQuestion(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Press("ctrl+t")
		d.Expect("nothing waits for you")
		e.Play(searchCollision(1, ""))
		d.Expect("1 waiting for you")
		if strings.Contains(d.Screen(), "nothing waits for you") {
			t.Errorf("still said:\n%s", d.Screen())
		}
	})
}

func TestSelectionNamesItsKeys(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(asking("go", "I go")...)
		e.Play(host.CallPlanned{ID: "c", Name: clean.Foreign("now"), Server: "clock", Tool: "now", Arguments: []byte(`{"zone":"Europe/Bern"}`)},
			host.CallFinished{ID: "c", Outcome: host.Succeeded, Text: clean.Foreign("half past nine")}, host.Text{Turn: 1, Text: clean.Foreign("Late.")},
			host.TurnEnded{Turn: 1, Finish: host.FinishDone})
		d.Expect("Late.")
		d.Press("shift+up")
		d.ExpectRow("ctrl+y copy", "ctrl+o unfold", "esc back")
		d.ExpectNot("half past nine")
		d.Press("ctrl+o") // an answer has nothing to unfold: all calls are meant
		d.Expect("half past nine")
		d.Press("ctrl+o")
		d.ExpectNot("half past nine")
		d.Press("shift+up", "ctrl+o")
		d.Expect("half past nine")
		d.Press("ctrl+y")
		d.Expect("copied ")
		d.Press("esc")
		d.ExpectNot("ctrl+o unfold")
	})
}

func TestRuleSaysHowToGetToTheEnd(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(asking("go", strings.Repeat("word\n\n", 60)+"the last")...)
		d.Expect("the last")
		d.Press("pgup")
		d.ExpectRow("──", "lines below", "end jumps there", "──")
		d.Type("x")
		d.ExpectNot("end jumps there")
		d.Expect("lines below")
		d.Press("backspace", "end")
		d.Expect("the last")
		d.ExpectNot("lines below")
	})
}

func TestWindowTitle(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.TurnStarted{Turn: 1, Prompt: "\x1b]0;owned\x07"})
		d.Wait(time.Second)
		if got := d.Title(); got != "● switchboard: working" {
			t.Errorf("title %q", got)
		}
		e.Play(approval(1, "files\x1b]0;owned\x07", "delete", `{}`))
		d.Wait(time.Second)
		if got := d.Title(); got != "▲ switchboard: waiting for you" {
			t.Errorf("title %q", got)
		}
	})
}
