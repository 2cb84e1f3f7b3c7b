package compare_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/compare"
)

// picture is of tools with these descriptions; every other has a parameter more.
func picture(t interface{ Fatal(...any) }, palette string, descriptions ...string) compare.Picture {
	th, err := theme.New(palette, true)
	if err != nil {
		t.Fatal(err)
	}
	p := compare.Picture{Theme: th}
	var tools []catalog.Tool
	for i, d := range descriptions {
		schema := `{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}`
		if i%2 == 1 {
			schema = `{"type":"object","properties":{"query":{"type":"string"},"limit":{"type":"integer"}}}`
		}
		tool := catalog.Tool{
			ID: catalog.ID{Server: "server " + string(rune('a'+i)), Tool: "search"}, Description: clean.Foreign(d),
			Schema: json.RawMessage(schema), Hints: catalog.Hints{Destructive: i%2 == 1},
		}
		tools = append(tools, tool)
		p.Candidates = append(p.Candidates, host.Candidate{
			Tool: tool, Prefixed: "x__search", State: host.ServerReady, P50: time.Millisecond, Calls: 3, Failed: i % 3,
		})
	}
	p.Comparison = catalog.Compare(tools)
	return p
}

func text(p compare.Picture, w int) string { return ansi.Strip(strings.Join(p.Lines(w), "\n")) }

func TestWhatDiffersIsMarked(t *testing.T) {
	t.Parallel()
	p := picture(t, "none", "Finds old notes.", "Finds new notes.")
	for _, w := range []int{60, 120} {
		s := text(p, w)
		for _, want := range []string{
			"Finds [old] notes.", "Finds [new] notes.", "does not have it", "[integer], optional",
			"may add or change", "may change or delete", "3 calls, 0 % failed", "3 calls, 33 % failed", "1 ●", "2 ●",
		} {
			if !strings.Contains(s, want) {
				t.Errorf("%d cells: %q is missing:\n%s", w, want, s)
			}
		}
	}
}

func TestTheyStandSideBySideWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	p := picture(t, "dark", "one", "two")
	beside := func(w int) bool {
		first, _, _ := strings.Cut(text(p, w), "\n")
		return strings.Contains(first, "server a") && strings.Contains(first, "server b")
	}
	if !beside(83) || beside(77) {
		t.Errorf("side by side at 83: %v, at 77: %v", beside(83), beside(77))
	}
	if s := text(picture(t, "dark", "1", "2", "3", "4", "5"), 100); strings.Contains(strings.Split(s, "\n")[0], "server b") {
		t.Errorf("five are squeezed into 100 cells:\n%s", s)
	}
}

func TestNoLineIsTooWideAndNothingHiddenGetsThrough(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		descriptions := rapid.SliceOfN(rapid.String(), 2, 4).Draw(t, "descriptions")
		descriptions[0] += "\x1b[2J\u202e\r\n" + strings.Repeat("字", 50)
		w := rapid.IntRange(24, 140).Draw(t, "width")
		p := picture(t, rapid.SampledFrom([]string{"dark", "none"}).Draw(t, "palette"), descriptions...)
		for _, l := range p.Lines(w) {
			if got := ansi.StringWidth(l); got > w {
				t.Fatalf("a line takes %d of %d cells: %q", got, w, l)
			}
			if strings.ContainsAny(l, "\u202e\r\n") || strings.Contains(l, "\x1b[2J") {
				t.Fatalf("a hidden character got through: %q", l)
			}
		}
	})
}
