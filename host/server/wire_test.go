package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// Whatever the style in which a server writes, it becomes ready and its answers
// arrive.
func TestStylesOfAnswers(t *testing.T) {
	t.Parallel()
	for _, style := range []string{"", "pretty", "batch", "stringid", "controls", "glued", "crlf", "twice", "sameline", "chatty"} {
		t.Run("style "+style, func(t *testing.T) {
			t.Parallel()
			l := ready(t, "-style="+style)
			args := `{"text":"a\u0007b \"{[\\ 12345678901234567890"}`
			if got := l.call("echo", args).Text.Raw(); got != args {
				t.Errorf("echo gives %q, want %q", got, args)
			}
		})
	}
}

func TestBanners(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		banner string
		noise  string
	}{
		"line":              {"Server 1.0 listening\n", "Server 1.0 listening"},
		"glued":             {"Server ready> ", "Server ready>"},
		"byte order mark":   {"\ufeff", "\ufeff"},
		"unfinished object": {"{\n  \"level\": \"info\",\n", `"level": "info",`},
		"json log":          {`{"level":"info","msg":"up"}` + "\n", `{"level":"info","msg":"up"}`},
		"bracket":           {"[INFO] up\n", "[INFO] up"},
		"control bytes":     {"\x00\x01\xff\n", "\x00\x01\xff"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := servertest.Config("fixture")
			script, banner := `printf '%s' "$1"; shift; exec "$0" "$@"`, c.banner
			if strings.Contains(c.banner, "\x00") { // which no argument can hold
				script, banner = `printf '\000\001\377\n'; shift; exec "$0" "$@"`, ""
			}
			cfg.Command, cfg.Args = "sh", append([]string{"-c", script, cfg.Command, banner}, cfg.Args...)
			l := run(t, cfg, server.Options{})
			st := l.awaitState(server.Ready)
			if st.Noise == 0 || !strings.Contains(st.Stdout.Raw(), c.noise) {
				t.Errorf("%d lines of noise: %q", st.Noise, st.Stdout.Raw())
			}
		})
	}
}

func TestLargeAnswers(t *testing.T) {
	t.Parallel()
	l := ready(t)
	if got := l.call("big", `{"n":3000000}`); len(got.Text.Raw()) != 3_000_000 || got.Bytes < 3_000_000 {
		t.Errorf("3 MB arrive as %d characters, %d bytes", len(got.Text.Raw()), got.Bytes)
	}
	for _, call := range []struct{ tool, args string }{{"big", `{"n":17000000}`}, {"endless", `{}`}} {
		_, err := l.Call(t.Context(), call.tool, json.RawMessage(call.args), nil)
		var e *server.Error
		if !errors.As(err, &e) || !strings.Contains(e.Text.Raw(), "larger than 16 MiB") {
			t.Errorf("%s gives %v", call.tool, err)
		}
	}
	// The line still goes on, and is thrown away as it comes.
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > 400<<20 {
		t.Errorf("%d MiB on the heap", m.HeapAlloc>>20)
	}
}

// Calls to a server that reads nothing wait for themselves only, end with their
// context, and are refused once too much waits.
func TestServerThatStopsReading(t *testing.T) {
	t.Parallel()
	l := ready(t)
	l.call("stopread", `{}`)
	args := json.RawMessage(fmt.Sprintf(`{"text":%q}`, strings.Repeat("<", 1<<20))) // 6 MiB on the wire, as \u003c
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const calls = 7 // 42 MiB
	errs := make(chan error, calls)
	for range calls {
		go func() {
			_, err := l.Call(ctx, "echo", args, nil)
			errs <- err
		}()
	}
	if err := <-errs; err == nil || !strings.Contains(err.Error(), "does not read its standard input") {
		t.Errorf("the first call to end gives %v", err)
	}
	cancel()
	for range calls - 1 {
		if err := <-errs; err == nil {
			t.Error("a call was answered")
		}
	}
}

func TestOddErrors(t *testing.T) {
	t.Parallel()
	l := ready(t)
	cases := map[string]struct {
		body string
		code int
		text string
	}{
		"unmapped code with data": {`"error":{"code":-32050,"message":"quota","data":{"left":0}}`, -32050, `error -32050: quota ({"left":0})`},
		"known code":              {`"error":{"code":-32603,"message":"syntax error at or near"}`, -32603, "syntax error at or near"},
		"string":                  {`"error":"it broke"`, -32603, "it broke"},
		"code in quotes":          {`"error":{"code":"-32000","message":"closed"}`, -32000, "closed"},
		"message is an object":    {`"error":{"code":-32001,"message":{"a":1}}`, -32001, "map[a:1]"},
		"nothing at all":          {`"x":1`, 0, "no result of a tool call"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args, _ := json.Marshal(map[string]string{"text": c.body})
			_, err := l.Call(t.Context(), "body", args, nil)
			var e *server.Error
			if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(e.Text.Raw(), c.text) {
				t.Errorf("gives %#v", err)
			}
		})
	}
	if got := l.call("body", `{"text":"\"result\":{\"content\":[]},\"error\":null"}`); !got.Text.Empty() {
		t.Errorf("a null error beside a result gives %q", got.Text.Raw())
	}
}

func TestEras(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		flags    []string
		protocol string
	}{
		"legacy":              {nil, "2025-11-25"},
		"oldest":              {[]string{"-version=2024-11-05"}, "2024-11-05"},
		"modern only":         {[]string{"-era=modern"}, "2026-07-28"},
		"silent on discover":  {[]string{"-mute=server/discover"}, "2025-11-25"},
		"odd capabilities":    {[]string{"-era=odd"}, "2025-06-18"},
		"declares no tools":   {[]string{"-nocaps"}, "2025-11-25"},
		"modern, no listener": {[]string{"-era=modern", "-mute=subscriptions/listen"}, "2026-07-28"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := ready(t, c.flags...)
			if got := l.Status().Protocol; got != c.protocol {
				t.Errorf("speaks %s, want %s", got, c.protocol)
			}
			if got := l.call("echo", `{"a":1}`).Text.Raw(); got != `{"a":1}` {
				t.Errorf("echo gives %q", got)
			}
		})
	}
}

func TestRequestsFromTheServer(t *testing.T) {
	t.Parallel()
	l := ready(t)
	for method, want := range map[string]string{
		"ping":                   `"result":{}`,
		"sampling/createMessage": `"code":-32601`,
		"elicitation/create":     `"code":-32601`,
		"roots/list":             `"code":-32601`,
	} {
		if got := l.call("ask", fmt.Sprintf(`{"method":%q}`, method)).Text.Raw(); !strings.Contains(got, want) {
			t.Errorf("%s is answered with %s", method, got)
		}
	}
}

func TestStderrFlood(t *testing.T) {
	t.Parallel()
	l := ready(t)
	line := strings.Repeat("e", 40_000)
	l.call("stderr", fmt.Sprintf(`{"n":500,"text":%q}`, line)) // 20 MB
	if got := l.Status().Stderr.Raw(); len(got) > 16<<10 {
		t.Errorf("a status carries %d bytes of standard error", len(got))
	}
	l.call("stderr", `{"n":1,"text":"the end"}`)
	l.await("the last line", func(st server.Status) bool { return strings.HasSuffix(st.Stderr.Raw(), "the end") })
}

// A server that logs 3,000 lines a second answers every call well within its time.
func TestCallsDuringChatter(t *testing.T) {
	t.Parallel()
	l := timed(t, patience, 0) // the chatter itself is never answered
	ctx, cancel := context.WithCancel(t.Context())
	chatter := make(chan error, 1)
	go func() {
		_, err := l.Call(ctx, "chatter", json.RawMessage(`{"n":30,"text":"GET /index.html 200"}`), nil)
		chatter <- err
	}()
	l.await("a line of the log", func(st server.Status) bool { return !st.Stderr.Empty() })
	for i := range 100 {
		args := fmt.Sprintf(`{"i":%d}`, i)
		if got := l.call("echo", args).Text.Raw(); got != args {
			t.Errorf("call %d gives %q", i, got)
		}
	}
	cancel()
	if err := <-chatter; !errors.Is(err, context.Canceled) {
		t.Errorf("the chatter ended with %v", err)
	}
}

func TestKilled(t *testing.T) {
	t.Parallel()
	l := ready(t)
	failed := make(chan error, 1)
	go func() {
		_, err := l.Call(context.Background(), "never", nil, nil)
		failed <- err
	}()
	st := l.await("a call under way", func(st server.Status) bool { return st.InFlight == 1 })
	if err := syscall.Kill(st.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	var e *server.Error
	if err := <-failed; !errors.As(err, &e) || e.Kind != server.Lost || !strings.Contains(e.Text.Raw(), "was ended by SIGKILL after") {
		t.Errorf("the call gives %v", err)
	}
	l.awaitState(server.Backoff)

	l = ready(t)
	_ = syscall.Kill(l.Status().PID, syscall.SIGKILL)
	if got := l.awaitState(server.Backoff).Reason.Raw(); !strings.HasPrefix(got, "was ended by SIGKILL after") {
		t.Errorf("killed while idle: %q", got)
	}
}

func TestExitDuringCall(t *testing.T) {
	t.Parallel()
	l := ready(t)
	_, err := l.Call(t.Context(), "exit", json.RawMessage(`{"n":7,"text":"panic: out of luck\n"}`), nil)
	if err == nil || !strings.Contains(err.Error(), "exited with status 7") || !strings.Contains(err.Error(), "panic: out of luck") {
		t.Errorf("the call gives %v", err)
	}
}

func TestClosedOutputIsDeath(t *testing.T) {
	t.Parallel()
	l := ready(t)
	_, err := l.Call(t.Context(), "closeout", nil, nil)
	if err == nil || !strings.Contains(err.Error(), "closed its standard output") {
		t.Errorf("the call gives %v", err)
	}
	st := l.await("no process", func(st server.Status) bool { return st.State == server.Backoff && st.PID == 0 })
	if !strings.Contains(st.Reason.Raw(), "while it was still running") {
		t.Errorf("reason %q", st.Reason.Raw())
	}
}
