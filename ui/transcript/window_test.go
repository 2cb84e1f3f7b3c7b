package transcript_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/transcript"
)

// long is a transcript of n short turns that fills its window of 40 by 12 many
// times over.
func long(t failer, n int) *transcript.Transcript {
	tr := newTranscript(t, "dark", 40, 12)
	for i := range n {
		play(tr, prompt(fmt.Sprintf("question %d", i)), text(fmt.Sprintf("answer %d\n\n- with\n- a list", i)), host.TurnEnded{Finish: host.FinishDone})
	}
	return tr
}

func TestFollowsUntilScrolled(t *testing.T) {
	t.Parallel()
	tr := long(t, 20)
	wants(t, see(tr), "answer 19")
	tr.ScrollLines(-3)
	if tr.Following() || tr.Below() != 3 {
		t.Errorf("following %v with %d lines below, want 3", tr.Following(), tr.Below())
	}
	before := see(tr)
	play(tr, prompt("new"), text("newest"))
	if after := see(tr); after != before {
		t.Errorf("the window moved while it was being read:\n%s\nwas\n%s", after, before)
	}
	if got := tr.Below(); got != 7 {
		t.Errorf("%d lines below, want 3 old and 4 new", got)
	}
	tr.ScrollLines(100)
	if !tr.Following() || tr.Below() != 0 {
		t.Error("does not follow although the end was reached")
	}
	wants(t, see(tr), "newest")
}

func TestTopAndBottom(t *testing.T) {
	t.Parallel()
	tr := long(t, 20)
	tr.Top()
	wants(t, see(tr), "question 0")
	if tr.Following() {
		t.Error("follows at the top")
	}
	tr.ScrollPages(1)
	lacks(t, see(tr), "question 0")
	tr.ScrollPages(-1)
	wants(t, see(tr), "question 0")
	tr.Bottom()
	wants(t, see(tr), "answer 19")
	if !tr.Following() {
		t.Error("does not follow at the bottom")
	}
}

func TestShortConversationAlwaysFollows(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "dark", 40, 12)
	play(tr, prompt("hello"))
	tr.ScrollLines(-5)
	tr.Top()
	if !tr.Following() {
		t.Error("stopped following with everything in sight")
	}
}

func TestResizeKeepsThePlace(t *testing.T) {
	t.Parallel()
	tr := long(t, 50)
	tr.ScrollPages(-10)
	first := strings.TrimSpace(strings.Split(see(tr), "\n")[1])
	tr.Resize(60, 12)
	wants(t, see(tr), first)
	tr.Resize(30, 9)
	wants(t, see(tr), first)
	tr.SetTheme(mustTheme(t, "light"))
	wants(t, see(tr), first)
}

func mustTheme(t failer, name string) theme.Theme {
	t.Helper()
	th, err := theme.New(name, true)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// A call above the window that ends in an error grows; what is read stays.
func TestGrowthAboveStaysOut(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "dark", 60, 6)
	play(tr, prompt("q"), plan("1", "s", "t", "{}"), text(strings.Repeat("line\n\n", 20)))
	tr.ScrollLines(-2)
	before := see(tr)
	play(tr, finish("1", host.ToolError, "one\ntwo\nthree\nfour\nfive"))
	if after := see(tr); after != before {
		t.Errorf("the window moved:\n%s\nwas\n%s", after, before)
	}
}

func TestAnyUseKeepsTheWindowWhole(t *testing.T) {
	t.Parallel()
	events := talk()
	rapid.Check(t, func(t *rapid.T) {
		width, height := 40, 12
		tr := newTranscript(t, "dark", width, height)
		next := 0
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0, 1, 2:
				tr.Apply(events[next%len(events)], start)
				next++
			case 3:
				tr.ScrollLines(rapid.IntRange(-30, 30).Draw(t, "lines"))
			case 4:
				tr.ScrollPages(rapid.Float64Range(-2, 2).Draw(t, "pages"))
			case 5:
				width, height = rapid.IntRange(1, 100).Draw(t, "width"), rapid.IntRange(1, 40).Draw(t, "height")
				tr.Resize(width, height)
			case 6:
				tr.Select(rapid.SampledFrom([]int{-3, -1, 1, 2}).Draw(t, "select"))
				checkSelection(t, tr, min(width, height))
			case 7:
				tr.ToggleSelected()
				checkSelection(t, tr, min(width, height))
			case 8:
				tr.ToggleAll()
			case 9:
				tr.Top()
			}
			checkWindow(t, tr, width, height)
			if tr.Following() && tr.Below() != 0 {
				t.Errorf("follows with %d lines below", tr.Below())
			}
		}
	})
}

// checkSelection: what was just selected or unfolded can be seen.
func checkSelection(t failer, tr *transcript.Transcript, size int) {
	t.Helper()
	if _, ok := tr.Selected(); ok && size > 2 && !strings.Contains(see(tr), "▌") {
		t.Errorf("the selected item is not in the window:\n%s", see(tr))
	}
}
