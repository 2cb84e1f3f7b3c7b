package plain_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"switchboard/host/catalog"
	"switchboard/host/check"
	"switchboard/host/clean"
	"switchboard/host/server"
	"switchboard/ui/plain"
)

func stage(name check.StageName, ms int, ok bool) check.Stage {
	return check.Stage{Name: name, Took: time.Duration(ms) * time.Millisecond, OK: ok}
}

func warn(text string) check.Problem {
	return check.Problem{Level: check.Warn, Text: clean.Foreign(text)}
}

// varied is a result with every kind of report.
func varied() check.Result {
	return check.Result{
		Servers: []check.Report{
			{
				Server: "github", Ready: true, State: server.Ready, Protocol: "2025-11-25", Took: 2 * time.Second,
				Stages: []check.Stage{
					stage(check.Start, 12, true), stage(check.Handshake, 310, true), stage(check.Tools, 4, true), stage(check.Prompts, 3, true),
					stage(check.Lint, 1, true), stage(check.Ping, 0, true), stage(check.Stop, 1520, true),
				},
				Tools: []check.Tool{
					{Name: "search", Tokens: 180, Problems: []check.Problem{{Level: check.Note, Text: clean.Foreign("Google Gemini: additionalProperties is refused (dropped)")}}},
					{Name: "get\x1b[2J_me", Tokens: 1200, Problems: []check.Problem{
						warn("its name is none that MCP allows (A-Z a-z 0-9 _ - . and at most 128)"),
						warn("its description has 2 hidden characters"),
					}},
				},
				Prompts: 2, Problems: []check.Problem{warn("did not end when its standard input was closed; SIGTERM ended it")},
			},
			{
				Server: "日本語の名前を持つとても長いサーバー", State: server.Failed,
				Reason: clean.Foreign("exited with status 1 after 0.2 s: SLACK_BOT_TOKEN is required, and so is the team's id, which the settings page of the workspace shows"),
				Stages: []check.Stage{stage(check.Start, 9, true), stage(check.Handshake, 0, false), stage(check.Stop, 1, true)},
				Stderr: clean.Foreign("one\ntwo\nthree\nfour\nfive\nError: \x1b[31mSLACK_BOT_TOKEN is required\x1b[0m " + strings.Repeat("x", 100) + "\n"),
			},
			{
				Server: "web", State: server.NeedsYou, Reason: clean.Foreign("sign in at https://example.test/login"),
				Stages: []check.Stage{stage(check.Handshake, 0, false)},
			},
			{
				Server: "mute", State: server.Ready, Reason: clean.Foreign("it does not answer a ping: no answer within 10 s"),
				Stages: []check.Stage{stage(check.Start, 9, true), stage(check.Handshake, 20, true), stage(check.Tools, 5, true), stage(check.Ping, 0, false), stage(check.Stop, 2, true)},
				Tools:  []check.Tool{{Name: "search", Tokens: 90}},
			},
		},
		Collisions: []check.Collision{{Tool: "search", Servers: []string{"github", "mute"}}},
	}
}

func TestChecked(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	plain.Checked(&out, varied())
	for line := range strings.Lines(out.String()) {
		if w := ansi.StringWidth(strings.TrimSuffix(line, "\n")); w > 80 {
			t.Errorf("%d columns: %s", w, line)
		}
		if strings.Contains(line, "\x1b") {
			t.Errorf("not cleaned: %q", line)
		}
	}
	golden.RequireEqual(t, out.Bytes())
}

// TestCheckedJSON holds the contract with programs: every field of every object.
func TestCheckedJSON(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	plain.CheckedJSON(&out, varied())
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		if strings.Contains(line, "\x1b") || !json.Valid([]byte(line)) {
			t.Errorf("not clean JSON: %s", line)
		}
	}
	golden.RequireEqual(t, out.Bytes())
}

func TestCalled(t *testing.T) {
	t.Parallel()
	id := catalog.ID{Server: "clock", Tool: "now"}
	answer := func(text string, failed bool) plain.CallResult {
		return plain.CallResult{Tool: id, Result: server.Result{Text: clean.Foreign(text), IsError: failed, Bytes: 9}, Took: 1500 * time.Microsecond}
	}
	lost := plain.CallResult{Tool: id, Err: errors.New("clock: gone"), Took: time.Millisecond}
	for _, c := range []struct {
		name     string
		result   plain.CallResult
		json     bool
		status   int
		out, err string
	}{
		{"an answer", answer("noon\x1b[2J\nor so\n", false), false, plain.Done, "noon␛[2J\nor so\n", ""},
		{"an error of the tool", answer("no clock\x07", true), false, plain.Failed, "", "switchboard: clock/now reports an error:\nno clock␇\n"},
		{"a call that is lost", lost, false, plain.Failed, "", "switchboard: the call of clock/now failed: clock: gone\n"},
		{"an answer as JSON", answer("noon\x1b", false), true, plain.Done, `{"bytes":9,"is_error":false,"server":"clock","server_ms":1.5,"text":"noon\u001b","tool":"now","type":"result"}` + "\n", ""},
		{"a lost call as JSON", lost, true, plain.Failed, `{"bytes":0,"is_error":true,"server":"clock","server_ms":1,"text":"clock: gone","tool":"now","type":"result"}` + "\n", ""},
	} {
		var out, errs bytes.Buffer
		if got := plain.Called(&out, &errs, c.result, c.json); got != c.status || out.String() != c.out || errs.String() != c.err {
			t.Errorf("%s: status %d\nout %q\nerr %q", c.name, got, out.String(), errs.String())
		}
	}
}
