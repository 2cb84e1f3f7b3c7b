package ui_test

import (
	"fmt"
	"slices"
	"strings"
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

// What was said in a long session can be edited, and is printed at the end, though
// most of it was never on the screen.
func TestALongSessionIsAllThere(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		var past []host.Event
		for i := range 200 {
			past = append(past, said(i+1, fmt.Sprintf("question %d!", i+1), fmt.Sprintf("answer %d!", i+1))...)
		}
		e.Play(host.SessionOpened{ID: "long", Past: past})
		d.Expect("answer 200!")
		e.Play(append(said(201, "one more", "gladly"), host.TurnUndone{Turn: 200})...)
		d.Expect("answer 199!")
		d.ExpectNot("gladly")
		d.Type("/edit")
		d.Press("enter")
		d.Expect("question 199!")
		d.ExpectNot("question 200!")
		d.Press("up", "up", "enter")
		if got := uitest.Only[host.Branch](e); len(got) != 1 || got[0].Turn != 197 {
			t.Fatalf("branched %+v", got)
		}
		d.Expect("answer 199!")
		printed := d.Model().Transcript()
		for i := range 199 {
			if !strings.Contains(printed, fmt.Sprintf("❯ question %d!\n\nanswer %d!\n", i+1, i+1)) {
				t.Fatalf("turn %d is not printed", i+1)
			}
		}
	})
}

// BenchmarkFirstFrame compares the frame of a session of 10,000 messages with that
// of an empty one. They take turns, and the medians count, so that what else the
// machine does weighs on both alike.
func BenchmarkFirstFrame(b *testing.B) {
	var past []host.Event
	for i := range 10_000 / 2 {
		past = append(past, said(i+1, "a question of some length", "An answer with **some** markdown and\n\n- a list\n- of things")...)
	}
	var empty, long []time.Duration
	for b.Loop() {
		empty = append(empty, firstFrame(nil))
		long = append(long, firstFrame(past))
	}
	slices.Sort(empty)
	slices.Sort(long)
	half := len(empty) / 2
	b.ReportMetric(float64(empty[half]), "ns/empty")
	b.ReportMetric(float64(long[half]), "ns/10000")
	b.ReportMetric(float64(long[half])/float64(empty[half]), "ratio")
}

// firstFrame is how long a program takes to be made, to open a session and to draw.
func firstFrame(past []host.Event) time.Duration {
	begun := time.Now()
	m := ui.New(ui.Options{Engine: uitest.NewEngine(), Theme: "dark"})
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	_ = m.View()
	ui.Tell(m, host.SessionOpened{ID: "one", Past: past})
	_ = m.View()
	return time.Since(begun)
}
