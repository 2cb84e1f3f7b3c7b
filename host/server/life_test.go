package server_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"switchboard/host/config"
	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

func TestStartsAndEnds(t *testing.T) {
	t.Parallel()
	l := ready(t, "-tools=search,fetch")
	st := l.Status()
	if st.Tools != 3 || st.Catalog != 1 || st.PID == 0 || st.Protocol != "2025-11-25" || st.Evidence.IsZero() || !st.Reason.Empty() {
		t.Errorf("ready as %+v", st)
	}
	l.end()
	if st := l.Status(); st.State != server.Stopped || st.PID != 0 {
		t.Errorf("ended as %+v", st)
	}
	want := []server.State{server.Starting, server.Ready, server.Stopping, server.Stopped}
	if got := l.states(); !slices.Equal(got, want) {
		t.Errorf("states %v, want %v", got, want)
	}
}

func TestEntriesThatCannotStart(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(file, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		cfg    config.Server
		state  server.State
		reason string
	}{
		{"disabled", config.Server{Command: "x", Disabled: true}, server.Disabled, ""},
		{"one variable missing", config.Server{Command: "x", Missing: []string{"TOKEN"}}, server.NeedsYou, "set TOKEN: the configuration needs it"},
		{"two missing", config.Server{Command: "x", Missing: []string{"A", "B"}}, server.NeedsYou, "set A and B: the configuration needs them"},
		{"problem", config.Server{Command: "x", Problem: &config.Problem{Key: "mcpServers.x", Message: "is no object"}}, server.Failed, "mcpServers.x: is no object"},
		{"nothing", config.Server{}, server.Failed, "neither a command nor a URL"},
		{"not found", config.Server{Command: "npx", Env: []string{"PATH=/nowhere:/neither:relative"}}, server.Failed, "npx: not found in PATH (2 folders); install Node.js, which brings npx"},
		{"arguments in command", config.Server{Command: "npx -y server"}, server.Failed, "put only the program into \"command\""},
		{"no such file", config.Server{Command: "/nowhere/server"}, server.Failed, "/nowhere/server: no such file"},
		{"not executable", config.Server{Command: file}, server.Failed, "not executable"},
		{"a folder", config.Server{Command: filepath.Dir(file)}, server.Failed, "folder"},
		{"no such directory", config.Server{Command: "sh", Dir: "/nowhere"}, server.Failed, "working directory /nowhere"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := run(t, c.cfg, server.Options{})
			st := l.awaitState(c.state)
			if got := st.Reason.Raw(); !strings.Contains(got, c.reason) {
				t.Errorf("reason %q, want %q in it", got, c.reason)
			}
			if _, err := l.Call(t.Context(), "x", nil, nil); err == nil || !strings.Contains(err.Error(), string(c.state)) {
				t.Errorf("a call gives %v", err)
			}
		})
	}
}

func TestFailedStarts(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		flags  []string
		reason string
	}{
		{"exits", []string{"-exit=1", "-stderr=SLACK_BOT_TOKEN is required\n"}, "exited with status 1 after "},
		{"exits, last words", []string{"-exit=1", "-stderr=SLACK_BOT_TOKEN is required\n"}, " s: SLACK_BOT_TOKEN is required"},
		{"node stack", []string{"-exit=1", "-stderr=node:internal:1\n  throw err;\n  ^\n\nError: Cannot find module 'x'\n    at f (a.js:1)\n  code: 'E'\n}\n\nNode.js v20.1.0\n"}, ": Error: Cannot find module 'x'"},
		{"python stack", []string{"-exit=1", "-stderr=Traceback (most recent call last):\n  File \"a.py\"\nModuleNotFoundError: No module named 'x'\n"}, ": ModuleNotFoundError: No module named 'x'"},
		{"coloured", []string{"-exit=1", "-stderr=\x1b[31mfatal: no key\x1b[0m\n"}, ": fatal: no key"},
		{"silent exit", []string{"-exit=0"}, "exited with status 0 after"},
		{"unknown version", []string{"-version=2099-01-01"}, "2099-01-01"},
		{"refuses", []string{"-era=refuse"}, "come back tomorrow"},
		{"first page fails", []string{"-failpage=1"}, "listing its tools: error -32050: the index is rebuilding"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			st := run(t, servertest.Config("fixture", c.flags...), server.Options{}).await("an end", func(st server.Status) bool {
				return st.State == server.Backoff || st.State == server.Failed
			})
			if lasting := c.name == "unknown version"; lasting != (st.State == server.Failed) {
				t.Errorf("it is %s", st.State)
			}
			if got := st.Reason.Raw(); !strings.Contains(got, c.reason) {
				t.Errorf("reason %q, want %q in it", got, c.reason)
			}
		})
	}
}

func TestSilentServerFailsInTime(t *testing.T) {
	t.Parallel()
	opt := server.Options{StartTimeout: 300 * time.Millisecond}
	l := run(t, servertest.Config("fixture", "-mute=initialize", "-stderr=downloading\n"), opt)
	st := l.awaitState(server.Backoff)
	if got := st.Reason.Raw(); !strings.HasPrefix(got, "no answer within 0.3 s of its start") {
		t.Errorf("reason %q", got)
	}
	st = l.await("no process", func(st server.Status) bool { return st.PID == 0 })
	if st.State != server.Backoff {
		t.Errorf("after the process is gone it is %s", st.State)
	}
}

func TestOrders(t *testing.T) {
	t.Parallel()
	l := ready(t)
	before := l.Status()
	l.Enable() // changes nothing about a server that runs
	l.Restart()
	st := l.await("another process", func(st server.Status) bool { return st.State == server.Ready && st.PID != before.PID })
	if st.Restarts != 1 || st.Catalog != 1 {
		t.Errorf("after a restart %d restarts, catalogue %d", st.Restarts, st.Catalog)
	}
	l.Disable()
	st = l.awaitState(server.Disabled)
	if st.PID != 0 {
		t.Errorf("disabled with process %d", st.PID)
	}
	l.Disable()
	l.Enable()
	l.awaitState(server.Ready)
}

func TestOrdersDuringStart(t *testing.T) {
	t.Parallel()
	l := run(t, servertest.Config("fixture", "-mute=initialize"), server.Options{})
	l.await("a process", func(st server.Status) bool { return st.PID != 0 })
	l.Disable()
	l.awaitState(server.Disabled)
	l.Restart()
	l.Restart()
	l.await("a new process", func(st server.Status) bool { return st.State == server.Starting && st.PID != 0 })
}

// Ten servers that take their time are ready together: the sum of their delays
// is ten times the longest.
func TestStartsSideBySide(t *testing.T) {
	t.Parallel()
	const n, delay = 10, 500 * time.Millisecond
	began := time.Now()
	lines := make([]*line, n)
	for i := range lines {
		lines[i] = run(t, servertest.Config(fmt.Sprint(i), "-delay="+delay.String()), server.Options{})
	}
	for _, l := range lines {
		l.awaitState(server.Ready)
	}
	if took := time.Since(began); took > n*delay/2 {
		t.Errorf("%d servers that need %s each were ready after %s", n, delay, took)
	}
}

func TestDiesIdle(t *testing.T) {
	t.Parallel()
	l := run(t, servertest.Config("fixture", "-dieafter=300ms"), server.Options{})
	st := l.awaitState(server.Backoff)
	got := st.Reason.Raw()
	if !strings.HasPrefix(got, "exited with status 3 after ") || !strings.HasSuffix(got, ": Error: the database went away") {
		t.Errorf("reason %q", got)
	}
	if !strings.Contains(st.Stderr.Raw(), "the database went away") {
		t.Errorf("stderr %q", st.Stderr.Raw())
	}
	l.Restart()
	l.await("a second life", func(st server.Status) bool { return st.Restarts == 1 })
}
