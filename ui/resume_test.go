package ui_test

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui"
	"switchboard/ui/uitest"
)

// said are the events of a turn.
func said(turn int, prompt, answer string) []host.Event {
	return []host.Event{
		host.TurnStarted{Turn: turn, Prompt: prompt},
		host.StepStarted{Turn: turn, Step: 1},
		host.Text{Turn: turn, Text: clean.Foreign(answer)},
		host.TurnEnded{Turn: turn, Finish: host.FinishDone, Steps: 1},
	}
}

func TestAnotherSessionIsPicked(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(said(1, "what was here before", "something")...)
		d.Type("/resume")
		d.Press("enter")
		d.Expect("go on with")
		e.Play(host.SessionsListed{Sessions: []host.SessionInfo{
			{ID: "one", Title: "the harvest", Dir: "/home/me", Turns: 3, Changed: time.Now()},
			{ID: "two", Title: "the moon\x1b[31m", Dir: "/home/me", Turns: 1, Changed: time.Now()},
		}})
		d.Expect("the harvest")
		d.Expect("3 turns")
		d.Type("moon")
		if got := uitest.Only[host.ListSessions](e); got[len(got)-1].Query != "moon" {
			t.Fatalf("searched %+v", got)
		}
		e.Play(host.SessionsListed{Query: "moon", Sessions: []host.SessionInfo{{ID: "two", Title: "the moon", Found: "how far is the moon"}}})
		d.Expect("how far is the moon")
		d.ExpectNot("the harvest")
		d.Press("enter")
		if got := uitest.Only[host.OpenSession](e); len(got) != 1 || got[0].ID != "two" {
			t.Fatalf("opened %+v", got)
		}
		e.Play(host.SessionOpened{ID: "two", Past: said(1, "how far is the moon", "quite far")})
		d.Expect("quite far")
		d.ExpectNot("what was here before")
		if d.Model().Session() != "two" {
			t.Errorf("the session is %q", d.Model().Session())
		}
	})
}

func TestUndoTakesTheTurnOffTheScreen(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(append(said(1, "first", "the one"), said(2, "second", "the other")...)...)
		d.Expect("the other")
		d.Type("/undo")
		d.Press("enter")
		if got := uitest.Only[host.Undo](e); len(got) != 1 {
			t.Fatalf("asked for %v", e.Ops())
		}
		e.Play(host.TurnUndone{Turn: 2})
		d.ExpectNot("the other")
		d.Expect("the one")
	})
}

func TestAnEarlierPromptIsEditedInABranch(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(append(said(1, "first words", "the one"), said(2, "second words", "the other")...)...)
		d.Type("/edit")
		d.Press("enter")
		d.Expect("say it differently")
		d.Press("up", "enter")
		if got := uitest.Only[host.Branch](e); len(got) != 1 || got[0].Turn != 1 {
			t.Fatalf("branched %+v", got)
		}
		d.ExpectRow("❯ first words")
		if d.Model().Draft() != "first words" {
			t.Errorf("the draft is %q", d.Model().Draft())
		}
	})
}

func TestAReplayObeysItsKeys(t *testing.T) {
	t.Parallel()
	e := uitest.NewEngine()
	d := uitest.Start(t, medium, e, func(o *ui.Options) { o.Replay = true })
	d.Press("space", "+", "n", "x")
	want := []host.ControlReplay{{Pause: true}, {Speed: 2}, {Skip: true}}
	if got := uitest.Only[host.ControlReplay](e); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("did %v", got)
	}
	if d.Model().Draft() != "" {
		t.Error("something was typed into a replay")
	}
	e.Play(host.ReplayStood{Speed: 2, Paused: true})
	d.Expect("replay ×2  paused")
	d.Press("q")
	if !d.Ended() {
		t.Error("q does not end it")
	}
}

// BenchmarkFirstFrame compares the frame of a session of 10,000 messages with that
// of an empty one.
func BenchmarkFirstFrame(b *testing.B) {
	for _, messages := range []int{0, 10_000} {
		b.Run(fmt.Sprint(messages), func(b *testing.B) {
			var past []host.Event
			for i := range messages / 2 {
				past = append(past, said(i+1, "a question of some length", "An answer with **some** markdown and\n\n- a list\n- of things")...)
			}
			for b.Loop() {
				e := uitest.NewEngine()
				m := ui.New(ui.Options{Engine: e, Theme: "dark"})
				m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
				_ = m.View()
				ui.Tell(m, host.SessionOpened{ID: "one", Past: past})
				_ = m.View()
			}
		})
	}
}
