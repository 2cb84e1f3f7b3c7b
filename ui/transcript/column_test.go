package transcript

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
)

// Where every item was made the lines are counted exactly; where not, those that
// were made stand for the others.
func TestColumnCountsItsLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 3*blockSize).Draw(t, "places")
		c := newColumn(n)
		lines := make([]int, n)
		put := make([]bool, n)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			v := rapid.IntRange(0, 9).Draw(t, "lines")
			switch i := rapid.IntRange(-1, max(c.n-1, -1)).Draw(t, "place"); {
			case i < 0:
				c.add(entry{gone{}, 0, v})
				lines, put = append(lines, v), append(put, true)
			case put[i]:
				c.measured(i, v)
				lines[i] = v
			default:
				c.put(i, entry{gone{}, 0, v})
				lines[i], put[i] = v, true
			}
		}
		from := rapid.IntRange(0, c.n).Draw(t, "from")
		want, missing, total, made := 0, 0, 0, 0
		for i := range c.n {
			total += lines[i]
			if put[i] {
				made++
			}
			if i < from {
				continue
			}
			want += lines[i]
			if !put[i] {
				missing++
			}
		}
		if got := c.from(from); got != want+missing*total/max(made, 1) {
			t.Fatalf("from %d of %d: %d lines, want %d and %d places of %d/%d", from, c.n, got, want, missing, total, made)
		}
	})
}

// However long a session is, what is made of it is what comes near the window.
func TestOnlyWhatIsNearIsMade(t *testing.T) {
	t.Parallel()
	var past []host.Event
	for i := range 5_000 {
		past = append(
			past, host.TurnStarted{Turn: i, Prompt: "a question"}, host.StepStarted{Turn: i, Step: 1},
			host.Text{Turn: i, Text: clean.Foreign("an answer")}, host.TurnEnded{Turn: i, Finish: host.FinishDone},
		)
	}
	th, err := theme.New("dark", true)
	if err != nil {
		t.Fatal(err)
	}
	tr := New(th)
	tr.Resize(80, 24)
	tr.Restore(past, time.Unix(0, 0))
	for name, do := range map[string]func(){
		"opened":         func() {},
		"at the top":     tr.Top,
		"resized":        func() { tr.Resize(40, 30) },
		"in other hues":  func() { tr.SetTheme(th) },
		"all unfolded":   tr.ToggleAll,
		"at the bottom":  tr.Bottom,
		"the last call":  func() { tr.Call() },
		"a page up":      func() { tr.ScrollPages(-1) },
		"selected above": func() { tr.Select(-2) },
	} {
		before := tr.items.made.total
		do()
		tr.View()
		tr.Below()
		if made := tr.items.made.total - before; made > 200 {
			t.Errorf("%s: %d of %d places were made", name, made, len(past))
		}
	}
}
