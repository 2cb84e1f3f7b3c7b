package transcript_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/transcript"
)

// session draws a conversation of some turns, with whatever comes in one.
func session(t *rapid.T) []host.Event {
	var past []host.Event
	for turn := range rapid.IntRange(1, 12).Draw(t, "turns") {
		past = append(past, host.TurnStarted{Turn: turn, Prompt: fmt.Sprintf("question %d", turn)})
		for step := range rapid.IntRange(0, 4).Draw(t, "steps") {
			past = append(past, host.StepStarted{Turn: turn, Step: step})
			past = append(past, stepOf(t, fmt.Sprintf("%d.%d", turn, step))...)
		}
		past = append(past, host.TurnEnded{Turn: turn, Finish: host.FinishDone, Steps: 2, Took: time.Second})
	}
	return past
}

func stepOf(t *rapid.T, name string) []host.Event {
	var events []host.Event
	for k, what := range rapid.SliceOfN(rapid.IntRange(0, 7), 0, 4).Draw(t, "what") {
		id := fmt.Sprintf("%s.%d", name, k)
		switch what {
		case 0, 1:
			events = append(events, text(name+" with **bold**\n\n- a list\n- of things"))
		case 2:
			events = append(events, host.Reasoning{Text: clean.Foreign("thought of " + id)})
		case 3, 4:
			events = append(events, plan(id, "files", "read", `{"path":"`+id+`"}`), host.CallDecided{ID: host.CallID(id), Decision: host.Allowed},
				host.CallFinished{ID: host.CallID(id), Server: "files", Tool: "read", Outcome: host.Succeeded, Took: time.Second, Text: clean.Foreign(strings.Repeat("a line\n", 40))})
		case 5:
			events = append(events, plan(id, "git", "push", `{}`), finish(id, host.ToolError, "it\nfailed"))
		case 6:
			events = append(events, host.Notice{Level: host.Warn, Text: clean.Foreign("news of " + id)})
		case 7:
			events = append(events, host.TextVoided{Why: clean.Foreign("cut off")})
		}
	}
	return events
}

// twins are the same conversation twice: as it was told, and restored.
func twins(t failer, past []host.Event, width, height int) (told, restored *transcript.Transcript) {
	told, restored = newTranscript(t, "dark", width, height), newTranscript(t, "dark", width, height)
	now := play(told, past...)
	restored.Restore(past, now)
	return told, restored
}

// A restored conversation cannot be told from one that was lived through.
func TestRestoredIsAsItWas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		told, restored := twins(t, session(t), 60, 14)
		both := func(do func(*transcript.Transcript)) { do(told); do(restored) }
		for range rapid.IntRange(1, 25).Draw(t, "uses") {
			n := rapid.IntRange(-20, 20).Draw(t, "n")
			what := rapid.IntRange(0, 8).Draw(t, "use")
			both(func(tr *transcript.Transcript) { use(tr, what, n) })
			if a, b := see(told), see(restored); a != b {
				t.Fatalf("after use %d (%d) it looks so:\n%s\nand was\n%s", what, n, b, a)
			}
			a, _ := told.Selected()
			if b, _ := restored.Selected(); a != b {
				t.Fatalf("%q is selected, was %q", b, a)
			}
			if told.Following() != restored.Following() {
				t.Fatalf("follows: %v", restored.Following())
			}
			a, b := lastCall(told), lastCall(restored)
			if a != b {
				t.Fatalf("the call is %q, was %q", b, a)
			}
		}
		if a, b := told.Plain(), restored.Plain(); a != b {
			t.Fatalf("it prints\n%s\nand printed\n%s", b, a)
		}
	})
}

func lastCall(tr *transcript.Transcript) string {
	id, _ := tr.Call()
	return string(id)
}

// use does something with a conversation.
func use(tr *transcript.Transcript, what, n int) {
	switch what {
	case 0:
		tr.ScrollLines(n)
	case 1:
		tr.ScrollPages(float64(n) / 4)
	case 2:
		tr.Top()
	case 3:
		tr.Bottom()
	case 4:
		tr.Select(n)
	case 5:
		tr.ToggleSelected()
	case 6:
		tr.ToggleAll()
	case 7:
		tr.Resize(50+n, 20+n/2)
	case 8:
		play(tr, text("more"), host.TurnUndone{Turn: max(n, 3)})
	}
}

// history is a long conversation of short turns.
func history(turns int) []host.Event {
	var past []host.Event
	for i := range turns {
		past = append(past, host.TurnStarted{Turn: i, Prompt: fmt.Sprintf("question %d", i)}, host.StepStarted{Turn: i},
			text(fmt.Sprintf("answer %d\n\n- with\n- a list", i)), host.TurnEnded{Turn: i, Finish: host.FinishDone})
	}
	return past
}

func TestScrollingThroughTheRestored(t *testing.T) {
	t.Parallel()
	_, tr := twins(t, history(300), 60, 20)
	wants(t, see(tr), "answer 299")
	tr.Top()
	wants(t, see(tr), "question 0")
	guess, lines := tr.Below(), 0
	for ; !tr.Following(); lines++ {
		tr.ScrollLines(1)
	}
	if guess < lines*9/10 || guess > lines*11/10 {
		t.Errorf("%d lines were thought to be below, it were %d", guess, lines)
	}
	wants(t, see(tr), "answer 299")
	tr.ScrollLines(-lines)
	wants(t, see(tr), "question 0")
	if got := tr.Below(); got != lines {
		t.Errorf("%d lines below once all were seen, want %d", got, lines)
	}
}

func TestTheRestoredIsSelectedFromTheEnd(t *testing.T) {
	t.Parallel()
	_, tr := twins(t, history(300), 60, 20)
	tr.Select(-1)
	tr.Select(-101)
	if text, ok := tr.Selected(); !ok || text != "question 249" {
		t.Errorf("selected %q", text)
	}
	wants(t, see(tr), "▌❯ question 249")
}

func TestResizingKeepsThePlaceInTheRestored(t *testing.T) {
	t.Parallel()
	_, tr := twins(t, history(300), 60, 20)
	tr.ScrollLines(-700)
	first := strings.TrimSpace(strings.Split(see(tr), "\n")[1])
	for _, width := range []int{100, 30, 61} {
		tr.Resize(width, 20)
		wants(t, see(tr), first)
		checkWindow(t, tr, width, 20)
	}
}

// The conversation goes on where it was, and an earlier turn of it is undone.
func TestTheRestoredGoesOn(t *testing.T) {
	t.Parallel()
	_, tr := twins(t, history(300), 60, 20)
	play(tr, host.TurnStarted{Turn: 300, Prompt: "go on"}, host.StepStarted{Turn: 300}, text("gladly"))
	wants(t, see(tr), "answer 299", "go on", "gladly")
	play(tr, host.TurnUndone{Turn: 20})
	got := see(tr)
	wants(t, got, "answer 19")
	lacks(t, got, "answer 299", "gladly", "question 20")
	if lines := strings.Count(tr.Plain(), "question"); lines != 20 {
		t.Errorf("%d prompts are printed, want 20", lines)
	}
}
