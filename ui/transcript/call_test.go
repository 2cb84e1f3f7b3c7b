package transcript_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
)

func TestLifeOfACall(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 80, 12)
	play(tr, prompt("q"), host.CallPlanned{ID: "1", Name: clean.Foreign("search"), Arguments: json.RawMessage(`{"query":"rain"}`)})
	wants(t, see(tr), `○ search  query="rain"  planned`)
	play(tr, host.CallDecided{ID: "1", Server: "notes", Tool: "search", Decision: host.Asking})
	wants(t, see(tr), `… notes/search  query="rain"  waiting for you`)
	if tr.Animated() {
		t.Error("something moves while all wait for the person")
	}
	play(tr, host.CallStarted{ID: "1", Server: "notes", Tool: "search"})
	if !tr.Animated() {
		t.Error("nothing moves while a call runs")
	}
	tr.Tick(start.Add(3200 * time.Millisecond))
	wants(t, see(tr), `notes/search  query="rain"  running 3.2 s`)
	play(tr, host.CallProgress{ID: "1", Progress: 2, Total: 5})
	tr.Tick(start.Add(4 * time.Second))
	wants(t, see(tr), "running 4.0 s  40 %")
	play(tr, finish("1", host.Succeeded, "found"))
	wants(t, see(tr), `✓ notes/search  query="rain"  0.1 s`)
	if tr.Animated() {
		t.Error("something moves although the call is over")
	}
}

func TestOutcomesAreInWords(t *testing.T) {
	t.Parallel()
	for outcome, want := range map[host.Outcome]string{
		host.Succeeded: "✓ s/t  0.1 s",
		host.ToolError: "✗ s/t  tool error: why",
		host.CallError: "✗ s/t  failed: why",
		host.Refused:   "✗ s/t  denied: why",
		host.Stopped:   "■ s/t  stopped",
	} {
		tr := newTranscript(t, "none", 60, 6)
		play(tr, prompt("q"), plan("1", "s", "t", "{}"), finish("1", outcome, "why"))
		wants(t, see(tr), want)
		wants(t, tr.Plain(), want)
	}
}

func TestProgressWithoutTotal(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 6)
	play(tr, prompt("q"), plan("1", "s", "t", "{}"), host.CallStarted{ID: "1"}, host.CallProgress{ID: "1", Progress: 12, Message: clean.Foreign("still\x1b[2Jat it")})
	wants(t, see(tr), "  12  still␛[2Jat it")
}

func TestCallUnfoldsFoldsAndGoesOn(t *testing.T) {
	t.Parallel()
	var result strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&result, "line %d\n", i)
	}
	tr := newTranscript(t, "none", 60, 24)
	play(tr, prompt("q"), plan("1", "files", "read", `{"path":"big.txt"}`), finish("1", host.Succeeded, result.String()))
	tr.Select(-1)
	tr.ToggleSelected()
	wants(t, see(tr), "│ path  big.txt", "│ line 0", "│ line 15", "… 984 more lines")
	tr.ToggleSelected()
	wants(t, see(tr), "│ line 15", "│ line 20")
	for range 200 {
		tr.ScrollLines(10)
	}
	wants(t, see(tr), "line 999")
	lacks(t, see(tr), "more line")
	tr.ToggleSelected()
	lacks(t, see(tr), "│")
}

func TestErrorsAreOpenInShort(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 24)
	play(tr, prompt("q"), plan("1", "s", "t", `{"a":1}`), finish("1", host.ToolError, "one\ntwo\nthree\nfour\nfive\nsix"))
	wants(t, see(tr), "✗ s/t  a=1  tool error", "│ four", "… 2 more lines")
	lacks(t, see(tr), "five")
}

func TestToggleAllAndBack(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 40)
	play(tr, prompt("q"), plan("1", "s", "t", `{"a":1}`), plan("2", "s", "u", `{"b":2}`), finish("1", host.Succeeded, "yes"))
	before := see(tr)
	tr.ToggleAll()
	wants(t, see(tr), "│ a  1", "│ b  2", "│ yes")
	tr.ToggleAll()
	if after := see(tr); after != before {
		t.Errorf("not as before:\n%s", after)
	}
}

func TestSelectedIsForCopying(t *testing.T) {
	t.Parallel()
	tr := newTranscript(t, "none", 60, 20)
	if _, ok := tr.Selected(); ok {
		t.Error("something is selected from the start")
	}
	play(tr, prompt("ask\x1b[2J"), plan("1", "s", "t", `{"a":"x\u001by"}`), finish("1", host.Succeeded, "re\x07sult"), text("**an** answer"))
	for _, want := range []string{"**an** answer", "s/t\n  a: x␛y\n\nre␇sult", "ask␛[2J"} {
		tr.Select(-1)
		if got, _ := tr.Selected(); got != want {
			t.Errorf("selected %q, want %q", got, want)
		}
	}
	tr.ClearSelection()
	if _, ok := tr.Selected(); ok {
		t.Error("still selected")
	}
}

func TestArgumentsOfEveryShape(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		`{}`:                            "s/t  planned",
		``:                              "s/t  planned",
		`null`:                          "s/t  null  planned",
		`[1,2]`:                         "s/t  [1,2]  planned",
		`{"a":`:                         `s/t  {"a":  planned`,
		`{"n":1.5,"b":true,"x":null}`:   "s/t  n=1.5  b=true  x=null  planned",
		`{"o":{"k":[1]},"query":"q"}`:   `s/t  query="q"  o={"k":[1]}  planned`,
		`{"a\u001b":"line\nfeed"}`:      `s/t  a␛="line␊feed"  planned`,
		`{"a":"\ud83d\ude00"}`:          `s/t  a="😀"  planned`,
		`{"a":"` + "\u202e" + `evil"}`:  `s/t  a="‹U+202E›evil"  planned`,
		`{"same":1,"same":2}`:           "s/t  same=1  same=2  planned",
		`{"long":"` + long100 + `"}`:    `s/t  long="xxxxxxxxxx`,
		`{"deep":` + deep(200) + `}`:    "s/t  deep=[[[[[[",
		`{"a":1} trailing {"nonsense"}`: "s/t  a=1",
	} {
		tr := newTranscript(t, "none", 60, 8)
		play(tr, prompt("q"), plan("1", "s", "t", arguments))
		wants(t, see(tr), want)
		tr.ToggleAll()
		checkWindow(t, tr, 60, 8)
	}
}

var long100 = strings.Repeat("x", 100)

func deep(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
