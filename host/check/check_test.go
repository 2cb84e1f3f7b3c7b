package check_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"switchboard/host/check"
	"switchboard/host/config"
	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

func TestMain(m *testing.M) { servertest.Main(m) }

// checked tries entries out with short times.
func checked(t *testing.T, entries ...config.Server) check.Result {
	t.Helper()
	guard := servertest.Guard()
	defer guard.Close()
	return check.Servers(t.Context(), entries, check.Options{
		Server: server.Options{Guard: guard, Version: "test", Grace: 300 * time.Millisecond},
	})
}

// only is the report of a single server.
func only(t *testing.T, entry config.Server) check.Report {
	t.Helper()
	r := checked(t, entry)
	if len(r.Servers) != 1 {
		t.Fatalf("%d reports", len(r.Servers))
	}
	return r.Servers[0]
}

func stages(r check.Report) string {
	var names []string
	for _, s := range r.Stages {
		name := string(s.Name)
		if !s.OK {
			name += "!"
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

func TestReady(t *testing.T) {
	t.Parallel()
	r := only(t, servertest.Config("good", "-tools=add,sub"))
	if !r.Ready || r.State != server.Ready || !r.Reason.Empty() || r.Protocol != "2025-11-25" || r.Server != "good" {
		t.Errorf("the report is %+v", r)
	}
	if got, want := stages(r), "start handshake tools lint ping stop"; got != want {
		t.Errorf("stages %s, want %s", got, want)
	}
	for _, s := range r.Stages {
		if s.Took < 0 || s.Took > r.Took {
			t.Errorf("%s took %s of %s", s.Name, s.Took, r.Took)
		}
	}
	if len(r.Tools) != 3 || r.Tools[0].Name != "add" || r.Tools[0].Tokens == 0 || r.Tokens() == 0 || len(r.Problems) != 0 {
		t.Errorf("tools %+v, problems %+v", r.Tools, r.Problems)
	}
	if stop, _ := r.Stage(check.Stop); stop.Note.Raw() != "closed standard input" {
		t.Errorf("it stopped by %q", stop.Note.Raw())
	}
}

// Every kind of failure is told at once, in the stage that it happened in, and
// does not disturb the others.
func TestFailures(t *testing.T) {
	t.Parallel()
	missing := servertest.Config("missing")
	missing.Missing = []string{"SLACK_TOKEN"}
	broken := servertest.Config("broken")
	broken.Problem = &config.Problem{Message: "the entry is broken"}
	noProgram := config.Server{Name: "no program", Command: "no-such-program-at-all"}
	notRunnable := config.Server{Name: "not runnable", Command: filepath.Join(t.TempDir(), "plain.txt")}
	if err := os.WriteFile(notRunnable.Command, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		entry          config.Server
		state          server.State
		stages, reason string
	}{
		{noProgram, server.Failed, "start!", "not found"},
		{notRunnable, server.Failed, "start!", "plain.txt"},
		{broken, server.Failed, "start!", "the entry is broken"},
		{missing, server.NeedsYou, "start!", "set SLACK_TOKEN"},
		{servertest.Config("exits", "-exit=3", "-stderr=Error: no database\n"), server.Failed, "start handshake! stop", "exited with status 3"},
		{servertest.Config("refuses", "-era=refuse"), server.Failed, "start handshake! stop", "come back tomorrow"},
		{servertest.Config("no list", "-failpage=1"), server.Failed, "start handshake tools! stop", "the index is rebuilding"},
		{config.Server{Name: "nobody", URL: "http://127.0.0.1:1/mcp"}, server.Failed, "handshake!", "connection refused"},
	} {
		t.Run(c.entry.Name, func(t *testing.T) {
			t.Parallel()
			r := only(t, c.entry)
			if r.Ready || r.State != c.state || !strings.Contains(r.Reason.Raw(), c.reason) {
				t.Errorf("ready %v, state %s, reason %q", r.Ready, r.State, r.Reason.Raw())
			}
			if got := stages(r); got != c.stages {
				t.Errorf("stages %s, want %s", got, c.stages)
			}
			failed := slices.IndexFunc(r.Stages, func(s check.Stage) bool { return !s.OK })
			if failed < 0 || !strings.Contains(r.Stages[failed].Note.Raw(), c.reason) {
				t.Errorf("the failed stage does not say why: %+v", r.Stages)
			}
		})
	}
}

// A server that says nothing costs the timeout and no more, and one that exits is
// not waited for until it was started again.
func TestTimeout(t *testing.T) {
	t.Parallel()
	r := check.Servers(t.Context(), []config.Server{servertest.Config("mute", "-mute=initialize")}, check.Options{
		Server: server.Options{Grace: 300 * time.Millisecond}, Timeout: 200 * time.Millisecond,
	}).Servers[0]
	if r.Ready || !strings.Contains(r.Reason.Raw(), "no answer within 0.2 s") {
		t.Errorf("the report is %+v", r)
	}
}

func TestNoPing(t *testing.T) {
	t.Parallel()
	r := check.Servers(t.Context(), []config.Server{servertest.Config("deaf", "-mute=ping")}, check.Options{
		Server: server.Options{Grace: 300 * time.Millisecond}, Timeout: 700 * time.Millisecond,
	}).Servers[0]
	ping, ok := r.Stage(check.Ping)
	if r.Ready || !ok || ping.OK || !strings.Contains(r.Reason.Raw(), "does not answer a ping") {
		t.Errorf("the report is %+v", r)
	}
}

func TestStops(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no process groups and no SIGTERM")
	}
	for _, c := range []struct {
		flags []string
		want  string
	}{
		{[]string{"-ignore=eof"}, "SIGTERM ended it"},
		{[]string{"-ignore=both"}, "SIGKILL ended it"},
		{[]string{"-child", "-pids=" + filepath.Join(t.TempDir(), "pids")}, "left processes behind"},
	} {
		r := only(t, servertest.Config("s", c.flags...))
		if !r.Ready || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text.Raw(), c.want) {
			t.Errorf("%v: ready %v, problems %v", c.flags, r.Ready, r.Problems)
		}
	}
}

func TestNoise(t *testing.T) {
	t.Parallel()
	r := only(t, servertest.Config("chatty", "-banner=hello\nworld\n"))
	if !r.Ready || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text.Raw(), "wrote 2 lines to standard output") {
		t.Errorf("problems %v", r.Problems)
	}
}

// What is odd about a tool is said of that tool alone.
func TestLint(t *testing.T) {
	t.Parallel()
	r := only(t, servertest.Config("odd", `-raw=[
		{"name":"mute","inputSchema":{"type":"object","properties":{}}},
		{"name":"sp ace","description":"does","inputSchema":{"type":"object","properties":{}}},
		{"name":"hidden","description":"does\u202e","inputSchema":{"type":"object","properties":{"x":{"type":"string","description":"a\u200bb"}}}},
		{"name":"both","description":"does","inputSchema":{"type":"object","properties":{}},"annotations":{"readOnlyHint":true,"destructiveHint":true}},
		{"name":"reads","description":"does","inputSchema":{"type":"object","properties":{}},"annotations":{"readOnlyHint":true}},
		{"name":"long","description":"`+strings.Repeat("word ", 2000)+`","inputSchema":{"type":"object","properties":{}}},
		{"name":"remote","description":"does","inputSchema":{"type":"object","properties":{"x":{"$ref":"https://a.test/s.json"}}}},
		{"name":"bare","description":"does","inputSchema":{"type":"object","properties":{"x":{"type":"array"}}}},
		{"name":"bare","description":"again","inputSchema":{"type":"object"}}]`))
	said := map[string]string{}
	for _, tool := range r.Tools {
		for _, p := range tool.Problems {
			said[tool.Name] += string(p.Level) + ": " + p.Text.Raw() + "\n"
		}
	}
	for name, want := range map[string]string{
		"mute": "warn: has no description", "sp ace": "warn: its name is none that MCP allows",
		"hidden": "warn: hidden characters in its description: 1", "both": "only reads and that it destroys",
		"long": "the model gets the first 4096", "remote": "which is not in it", "bare": "note: ",
	} {
		if !strings.Contains(said[name], want) {
			t.Errorf("of %s is said %q, want %q", name, said[name], want)
		}
	}
	if !strings.Contains(said["hidden"], "hidden characters in its schema: 1") || !strings.Contains(said["long"], "takes about") {
		t.Errorf("missing in %q and %q", said["hidden"], said["long"])
	}
	if strings.Contains(said["reads"], "warn") {
		t.Errorf("of a tool that is as it should be is said %q", said["reads"])
	}
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text.Raw(), "repeats a name") {
		t.Errorf("of the server is said %v", r.Problems)
	}
}

// All start at once, in the order of the entries, with their collisions; a failure
// costs only itself, and a disabled one that was asked for is tried too.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	off := servertest.Config("off", "-tools=search")
	off.Disabled = true
	var mu sync.Mutex
	done := map[string][]check.StageName{}
	r := check.Servers(t.Context(), []config.Server{
		servertest.Config("a", "-tools=search,add"), {Name: "gone", Command: "no-such-program-at-all"}, off,
	}, check.Options{
		Server: server.Options{Grace: time.Second},
		Doing: func(server string, stage check.StageName) {
			mu.Lock()
			defer mu.Unlock()
			done[server] = append(done[server], stage)
		},
	})
	if r.Ready() || len(r.Servers) != 3 || !r.Servers[0].Ready || r.Servers[1].Ready || !r.Servers[2].Ready {
		t.Errorf("the result is %+v", r)
	}
	if len(r.Collisions) != 2 || r.Collisions[1].Tool != "search" || !slices.Equal(r.Collisions[1].Servers, []string{"a", "off"}) {
		t.Errorf("collisions %+v", r.Collisions)
	}
	mu.Lock()
	defer mu.Unlock()
	if got := done["a"]; len(got) < 4 || got[0] != check.Start || got[len(got)-1] != check.Stop {
		t.Errorf("a went through %v", got)
	}
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r := check.Servers(ctx, []config.Server{servertest.Config("mute", "-mute=initialize")}, check.Options{
		Server: server.Options{Grace: 300 * time.Millisecond},
		Doing: func(_ string, stage check.StageName) {
			if stage == check.Handshake {
				cancel()
			}
		},
	})
	if r.Ready() || r.Servers[0].State.Callable() {
		t.Errorf("the result is %+v", r)
	}
}
