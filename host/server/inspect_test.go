package server_test

import (
	"bytes"
	"encoding/json"
	"errors"
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

// awaitInspection waits until an inspection has what is looked for.
func (l *line) awaitInspection(what string, has func(server.Inspection) bool) server.Inspection {
	l.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		i := l.Inspect()
		if has(i) {
			return i
		}
		if time.Now().After(end) {
			l.t.Fatalf("no %s; the last is %+v", what, i)
		}
	}
}

func TestInspect(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := servertest.Config("files", "-offers=2", "-stderr=\x1b[31mkey is hunter2222\x1b[0m\n")
	cfg.Env = append(cfg.Env, "API_KEY=hunter2222")
	cfg.Source = config.Position{File: "config.json", Line: 3}
	l := run(t, cfg, server.Options{LogDir: dir, Environ: []string{"PATH=/bin:relative", "OTHER=1"}})
	l.awaitState(server.Ready)
	l.call("echo", `{"pw":"hunter2222"}`)
	l.call("line", `{"line":{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"warning","logger":"db","data":"slow, hunter2222"}}}`)
	i := l.awaitInspection("log message", func(i server.Inspection) bool { return len(i.Log) == 2 && len(i.Prompts) > 0 })

	if i.Status.Name != "files" || i.Status.State != server.Ready || len(i.Tools) != 1 {
		t.Errorf("status %+v, %d tools", i.Status, len(i.Tools))
	}
	if h := i.Handshake; h.How != "initialize" || h.Protocol != "2025-11-25" || h.Name.Raw() != "fixture" || h.Took <= 0 ||
		!slices.Equal(h.Capabilities, []string{"logging", "prompts", "resources (list changes, subscriptions)", "tools (list changes)"}) {
		t.Errorf("handshake %+v", h)
	}
	if la := i.Launch; la.Resolved != cfg.Command || la.Command != cfg.Command || len(la.Lookup) != 1 || la.Source != cfg.Source ||
		!slices.Equal(la.Env, []string{"API_KEY", "GORACE", "PATH"}) || strings.Contains(strings.Join(la.Args, " "), "hunter") {
		t.Errorf("launch %+v", la)
	}
	if p := i.Process; p.Processes != 1 || p.RSS < 1<<20 || p.At.IsZero() {
		t.Errorf("usage %+v", p)
	}
	if c := i.Calls; c.Calls != 2 || c.Failed != 0 || c.P99 <= 0 || len(i.Recent) != 2 || string(i.Recent[0].Arguments) != `{"pw":"•••"}` {
		t.Errorf("calls %+v, %+v", c, i.Recent)
	}
	var states []server.State
	for _, c := range i.History {
		states = append(states, c.State)
	}
	if !slices.Equal(states, []server.State{server.Starting, server.Ready}) {
		t.Errorf("history %v", states)
	}
	first, second := i.Log[0], i.Log[1]
	if first.Source != server.Stderr || first.Text.Raw() != "key is •••" {
		t.Errorf("first line %+v", first)
	}
	if second.Source != server.MCPLog || second.Level != "warning" || second.Logger.Raw() != "db" || second.Text.Raw() != "slow, •••" {
		t.Errorf("second line %+v", second)
	}
	if file, err := os.ReadFile(i.LogFile); err != nil || filepath.Dir(i.LogFile) != dir || !strings.HasSuffix(string(file), " key is •••\n") {
		t.Errorf("log file %q: %q, %v", i.LogFile, file, err)
	}
	if st := i.Status.Stderr.Raw(); st != "key is •••" {
		t.Errorf("status shows %q", st)
	}
	checkWire(t, i.Wire)
	l.checkSaved(len(i.Wire))
}

// checkWire looks for a request with its answer, both ways.
func checkWire(t *testing.T, wire []server.WireRecord) {
	t.Helper()
	methods := map[string]int{}
	for n, m := range wire {
		if m.Seq != n+1 || bytes.Contains(m.Body, []byte("hunter")) {
			t.Errorf("message %d is %+v: %s", n, m, m.Body)
		}
		if m.Kind == server.WireResponse && (m.Took <= 0 || m.Sent) {
			t.Errorf("answer %+v", m)
		}
		methods[string(m.Kind)+" "+m.Method]++
	}
	for _, want := range []string{
		"request initialize", "response initialize", "notification notifications/initialized", "request tools/list",
		"response tools/list", "request tools/call", "response tools/call", "response prompts/list", "notification notifications/message",
	} {
		if methods[want] == 0 {
			t.Errorf("no %s among %v", want, methods)
		}
	}
}

func (l *line) checkSaved(atLeast int) {
	l.t.Helper()
	var b bytes.Buffer
	if err := l.WriteWire(&b); err != nil {
		l.t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(b.Bytes()), []byte("\n"))
	for _, one := range lines {
		if !json.Valid(one) {
			l.t.Errorf("saved %s", one)
		}
	}
	if len(lines) < atLeast || bytes.Contains(b.Bytes(), []byte("hunter")) {
		l.t.Errorf("%d lines saved: %.500s", len(lines), b.Bytes())
	}
}

// What was never started can be inspected as well: the look-up tells why it would
// not start.
func TestInspectUnstarted(t *testing.T) {
	t.Parallel()
	s := server.New(config.Server{Name: "x", Command: "nonesuch", Args: []string{"--token", "abc"}}, server.Options{Environ: []string{"PATH=/bin:rel"}})
	i := s.Inspect()
	if want := []string{"/bin: not there", `"rel": passed over, because it is no absolute path`}; !slices.Equal(i.Launch.Lookup, want) {
		t.Errorf("look-up %q, want %q", i.Launch.Lookup, want)
	}
	if i.Launch.Resolved != "" || i.Launch.Args[1] != "•••" || i.Process.Processes != 0 || len(i.Wire) != 0 {
		t.Errorf("%+v", i)
	}
	web := server.New(config.Server{Name: "w", URL: "https://u:p@a.example/?key=abc", Headers: map[string]string{"B": "1", "A": "2"}}, server.Options{})
	if la := web.Inspect().Launch; la.URL != "https://u:•••@a.example/?key=•••" || !slices.Equal(la.Headers, []string{"A", "B"}) || la.Env != nil {
		t.Errorf("%+v", la)
	}
}

// The revision stands still while nothing happens and moves when something does.
func TestRevision(t *testing.T) {
	t.Parallel()
	l := ready(t)
	l.awaitInspection("resources", func(server.Inspection) bool {
		select {
		case <-l.Offered():
			return true
		default:
			return false
		}
	})
	before := l.Revision()
	l.Inspect()
	if after := l.Revision(); after != before {
		t.Errorf("looking moves the revision from %d to %d", before, after)
	}
	l.call("echo", `{}`)
	if l.Revision() == before {
		t.Error("a call does not move the revision")
	}
}

func TestFailedCallsAreKept(t *testing.T) {
	t.Parallel()
	l := ready(t)
	_, err := l.Call(t.Context(), "body", json.RawMessage(`{"text":"\"error\":{\"code\":-32050,\"message\":\"no\"}"}`), nil)
	if err == nil {
		t.Fatal("no error")
	}
	i := l.Inspect()
	if i.Calls.Calls != 1 || i.Calls.Failed != 1 || !i.Recent[0].Failed || !strings.Contains(i.Recent[0].Text.Raw(), "no") {
		t.Errorf("%+v, %+v", i.Calls, i.Recent)
	}
	if last := i.Wire[len(i.Wire)-1]; !last.Failed || last.Method != "tools/call" {
		t.Errorf("the last message is %+v", last)
	}
}

func TestReadResource(t *testing.T) {
	t.Parallel()
	l := ready(t, "-offers=1")
	text, mime, n, err := l.ReadResource(t.Context(), "mem://0")
	if err != nil || text.Raw() != "the text of mem://0\n[blob image/png, 3 bytes]" || mime != "text/plain" || n != 22 {
		t.Errorf("%q, %q, %d, %v", text.Raw(), mime, n, err)
	}
	for uri, want := range map[string]server.Kind{"mem://missing": server.Refused, "mem://nothing": server.Invalid} {
		_, _, _, err := l.ReadResource(t.Context(), uri)
		var failed *server.Error
		if !errors.As(err, &failed) || failed.Kind != want {
			t.Errorf("%s gives %v", uri, err)
		}
	}
	l.stop()
	<-l.done
	var failed *server.Error
	if _, _, _, err := l.ReadResource(t.Context(), "mem://0"); !errors.As(err, &failed) || failed.Kind != server.NotReady {
		t.Errorf("a server that is gone gives %v", err)
	}
}
