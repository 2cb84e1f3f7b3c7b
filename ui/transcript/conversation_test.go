package transcript_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/transcript"
)

var start = time.Unix(1_700_000_000, 0)

// failer is what tests, fuzz targets and property tests have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
	Errorf(format string, args ...any)
}

func newTranscript(t failer, name string, width, height int) *transcript.Transcript {
	t.Helper()
	th, err := theme.New(name, name != "light")
	if err != nil {
		t.Fatal(err)
	}
	tr := transcript.New(th)
	tr.Resize(width, height)
	return tr
}

// play applies events a tenth of a second apart.
func play(tr *transcript.Transcript, events ...host.Event) time.Time {
	now := start
	for _, e := range events {
		tr.Apply(e, now)
		now = now.Add(100 * time.Millisecond)
	}
	tr.Tick(now)
	return now
}

func prompt(text string) host.Event { return host.TurnStarted{Prompt: text} }

func text(s string) host.Event { return host.Text{Text: clean.Foreign(s)} }

func plan(id, server, tool, arguments string) host.Event {
	return host.CallPlanned{
		ID: host.CallID(id), Name: clean.Foreign(tool), Server: server, Tool: tool,
		Arguments: json.RawMessage(arguments),
	}
}

func finish(id string, outcome host.Outcome, result string) host.Event {
	return host.CallFinished{
		ID: host.CallID(id), Outcome: outcome, Text: clean.Foreign(result), Bytes: len(result), Took: 120 * time.Millisecond,
	}
}

// see gives the window as it is read, without styles.
func see(tr *transcript.Transcript) string {
	return strings.TrimRight(ansi.Strip(strings.Join(tr.View(), "\n")), "\n") + "\n"
}

// checkWindow holds what is true of every window.
func checkWindow(t failer, tr *transcript.Transcript, width, height int) {
	t.Helper()
	rows := tr.View()
	if len(rows) != height {
		t.Errorf("%d rows in a window of %d", len(rows), height)
	}
	for _, row := range rows {
		if w := ansi.StringWidth(row); w > width {
			t.Errorf("a row of %d cells in a window of %d: %q", w, width, row)
		}
		if strings.ContainsAny(ansi.Strip(row), "\x1b\r\n\t\x07\u009b") {
			t.Errorf("a control character: %q", row)
		}
	}
}

func wants(t *testing.T, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in\n%s", part, got)
		}
	}
}

func lacks(t *testing.T, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(got, part) {
			t.Errorf("%q is in\n%s", part, got)
		}
	}
}

// talk is a conversation with one of everything.
func talk() []host.Event {
	return []host.Event{
		prompt("What's the weather in Oslo? Save a note about it and compare with the files you have."),
		host.StepStarted{Turn: 1, Step: 1},
		host.Reasoning{Text: clean.Foreign("The person wants the weather.\nI should call forecast and then add a note.\n")},
		text("I'll look that up with **three** servers at once."),
		plan("1", "weather", "forecast", `{"days":3,"city":"Oslo"}`),
		plan("2", "notes", "add_note", `{"text":"the release is on Friday, bring an umbrella and a warm coat","tags":["work","rain"]}`),
		plan("3", "files", "write", `{"path":"/etc/passwd","text":"x"}`),
		plan("4", "files", "search", `{"query":"umbrella"}`),
		host.CallDecided{ID: "1", Server: "weather", Tool: "forecast", Decision: host.Allowed},
		host.CallStarted{ID: "1", Server: "weather", Tool: "forecast"},
		finish("1", host.Succeeded, "Oslo: 4 °C, rain\nThu 5 °C\nFri 7 °C"),
		finish("2", host.Refused, "denied: not before Friday"),
		finish("3", host.ToolError, "open /etc/passwd: permission denied\nThe server runs as nobody.\n3\n4\n5\n6"),
		host.CallStarted{ID: "4"},
		finish("4", host.CallError, "timed out after 30 s"),
		host.StepStarted{Turn: 1, Step: 2},
		text("It is **4 °C** with rain. 東京は晴れています。هذا نص عربي\n\n- take an umbrella\n- wear `warm` clothes\n"),
		host.TurnEnded{Turn: 1, Finish: host.FinishDone, Steps: 2, Took: 4100 * time.Millisecond, Usage: host.Usage{Input: 1100, Output: 104}},
		host.Notice{Level: host.Warn, Text: clean.Foreign("The server “notes” restarted after it exited with status 1.")},
		host.Notice{Level: host.Info, Text: clean.Foreign("Its tools are back.")},
		prompt("And now?"),
		host.StepStarted{Turn: 2, Step: 1},
		plan("5", "weather", "forecast", `{"city":"Tokyo"}`),
		plan("6", "notes", "add_note", `{"text":"x"}`),
		host.CallPlanned{ID: "7", Name: clean.Foreign("search"), Arguments: json.RawMessage(`{"query":"rain"}`)},
		host.CallDecided{ID: "6", Decision: host.Asking},
		host.CallStarted{ID: "5"},
		host.CallProgress{ID: "5", Progress: 4, Total: 10, Message: clean.Foreign("fetching")},
	}
}
