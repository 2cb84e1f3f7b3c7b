package list_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/theme"
	"switchboard/ui/list"
)

func TestTheChosenRowStaysChosen(t *testing.T) {
	t.Parallel()
	var l list.List[string]
	l.Set([]string{"a", "b", "c"})
	l.Press("j", 5)
	l.Set([]string{"0", "a", "b", "c"})
	if k, ok := l.Key(); k != "b" || !ok {
		t.Errorf("chosen is %q", k)
	}
	l.Set([]string{"0", "a"})
	if k, _ := l.Key(); k != "a" {
		t.Errorf("the row in its place is %q", k)
	}
	l.Set(nil)
	if _, ok := l.Key(); ok {
		t.Error("a list without rows has a chosen one")
	}
}

func TestAFollowedListEndsAtItsLastRow(t *testing.T) {
	t.Parallel()
	l := list.List[int]{Follow: true}
	l.Set([]int{1, 2, 3})
	if k, _ := l.Key(); k != 3 {
		t.Errorf("chosen is %d", k)
	}
	l.Move(-1)
	l.Set([]int{1, 2, 3, 4})
	if k, _ := l.Key(); k != 2 || l.Follow {
		t.Errorf("chosen is %d", k)
	}
	l.Last()
	if k, _ := l.Key(); k != 4 || !l.Follow {
		t.Errorf("chosen is %d", k)
	}
}

func TestTheChosenRowIsInSight(t *testing.T) {
	t.Parallel()
	keys := []string{"up", "down", "pgup", "pgdown", "home", "end", "k", "j", "g", "G", "x"}
	rapid.Check(t, func(t *rapid.T) {
		var l list.List[int]
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			n, h := rapid.IntRange(0, 30).Draw(t, "rows"), rapid.IntRange(1, 12).Draw(t, "height")
			rows := make([]int, n)
			for i := range rows {
				rows[i] = i
			}
			l.Set(rows)
			l.Press(rapid.SampledFrom(keys).Draw(t, "key"), h)
			from, to := l.Window(h)
			if from < 0 || to > n || to-from > h || n > 0 && (l.Chosen < from || l.Chosen >= to) {
				t.Fatalf("%d of %d rows are chosen, %d to %d in sight", l.Chosen, n, from, to)
			}
		}
	})
}

func TestFilter(t *testing.T) {
	t.Parallel()
	f := list.Filter{Typing: true}
	for _, r := range "Issue  open" {
		f.Press(string(r), string(r))
	}
	if !list.Holds("an OPEN issue", f.Words()) || list.Holds("an issue", f.Words()) || !list.Holds("x", nil) {
		t.Errorf("the words are %q", f.Words())
	}
	th, _ := theme.New("none", true)
	if row := f.Row(th, "1", "9 tools", 60); !strings.Contains(row, "Issue  open") || !strings.Contains(row, "1 of 9 tools") || f.Column == 0 {
		t.Errorf("drawn as %q", row)
	}
	if f.Press("enter", "") || f.Typing || !f.On() {
		t.Error("enter goes back to the rows and keeps the filter")
	}
	if !f.Back() || f.On() || f.Back() {
		t.Error("the filter ends once")
	}
}
