//go:build unix

package server_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	mcpserver "github.com/mark3labs/mcp-go/server"

	"switchboard/host/config"
	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// hasty are probes that a test can wait for.
func hasty() server.Options {
	return server.Options{
		ProbeEvery: 50 * time.Millisecond, ProbeTimeout: 100 * time.Millisecond, CallTimeout: 500 * time.Millisecond,
		BackoffBase: time.Millisecond, BackoffCap: time.Millisecond,
	}
}

// Real servers that fall silent, each in its way: noticed, restarted, and calls to
// them end in time.
func TestSilentProcesses(t *testing.T) {
	t.Parallel()
	cases := map[string]func(*line){
		"stopped by a signal": func(l *line) { _ = syscall.Kill(l.Status().PID, syscall.SIGSTOP) },
		"reads nothing":       func(l *line) { l.call("stopread", `{}`) },
		"half a line":         func(l *line) { _, _ = l.Call(l.t.Context(), "half", nil, nil) },
	}
	for name, silence := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := run(t, servertest.Config("fixture"), hasty())
			before := l.awaitState(server.Ready)
			silence(l)
			began := time.Now()
			_, err := l.Call(t.Context(), "echo", nil, nil)
			var e *server.Error
			if !errors.As(err, &e) || e.Kind != server.TimedOut && e.Kind != server.Lost && e.Kind != server.NotReady {
				t.Errorf("a call gives %v", err)
			}
			if took := time.Since(began); took > patience/2 {
				t.Errorf("the call ended after %s", took)
			}
			l.await("another process", func(st server.Status) bool { return st.State == server.Ready && st.PID != before.PID })
			l.call("echo", `{}`)
			l.mu.Lock()
			defer l.mu.Unlock()
			degraded := false
			for _, st := range l.told {
				degraded = degraded || st.State == server.Degraded && st.Misses == 3 && strings.HasPrefix(st.Reason.Raw(), "no answer to a ping for ")
			}
			if !degraded {
				t.Error("it was never told as degraded")
			}
		})
	}
}

// A process that was stopped and goes on before it is given up stays.
func TestAStoppedProcessThatGoesOn(t *testing.T) {
	t.Parallel()
	opt := hasty()
	opt.ProbeEvery, opt.ProbeTimeout = 100*time.Millisecond, 400*time.Millisecond
	l := run(t, servertest.Config("fixture"), opt)
	before := l.awaitState(server.Ready)
	_ = syscall.Kill(before.PID, syscall.SIGSTOP)
	l.awaitState(server.Degraded)
	_ = syscall.Kill(before.PID, syscall.SIGCONT)
	st := l.awaitState(server.Ready)
	if st.PID != before.PID || st.Late == 0 {
		t.Errorf("afterwards %+v", st)
	}
}

// A server behind a URL is probed in the same way: one that hangs, and one that
// answers with the errors of a broken proxy.
func TestSilentURLs(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]http.HandlerFunc{
		"hangs": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		},
		"bad gateway": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var down atomic.Bool
			good := mcpserver.NewStreamableHTTPServer(sdkServer())
			l := run(t, serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if down.Load() {
					broken(w, r)
					return
				}
				good.ServeHTTP(w, r)
			})), hasty())
			l.awaitState(server.Ready)
			down.Store(true)
			st := l.awaitState(server.Degraded)
			if got := st.Reason.Raw(); !strings.Contains(got, "no answer to server/discover for") && !strings.Contains(got, "502 Bad Gateway") {
				t.Errorf("degraded because %q", got)
			}
			down.Store(false)
			l.awaitState(server.Ready)
		})
	}
}

// Nothing is connected to before the person consents.
func TestUntrustedURL(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	good := mcpserver.NewStreamableHTTPServer(sdkServer())
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		good.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		ts.CloseClientConnections()
		ts.Close()
	})
	l := run(t, config.Server{Name: "web", URL: ts.URL, Untrusted: "a file in this folder asks for it"}, server.Options{})
	l.awaitState(server.Untrusted)
	l.Restart()
	if _, err := l.Call(t.Context(), "echo", json.RawMessage(`{}`), nil); err == nil || !strings.Contains(err.Error(), "untrusted") {
		t.Errorf("a call gives %v", err)
	}
	if n := requests.Load(); n > 0 {
		t.Errorf("%d requests before consent", n)
	}
	l.Trust()
	l.awaitState(server.Ready)
}
