package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	mcpserver "github.com/mark3labs/mcp-go/server"

	"switchboard/host/config"
	"switchboard/host/server"
)

// sdkServer is an MCP server of mcp-go's, which speaks both protocols.
func sdkServer() *mcpserver.MCPServer {
	s := mcpserver.NewMCPServer("sdk", "1", mcpserver.WithToolCapabilities(true))
	s.AddTool(mcp.NewTool("echo"), func(_ context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		raw, err := json.Marshal(r.Params.Arguments)
		return mcp.NewToolResultText(string(raw)), err
	})
	s.AddTool(mcp.NewTool("grow"), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		s.AddTool(mcp.NewTool("new"), nil)
		return mcp.NewToolResultText("grown"), nil
	})
	return s
}

// serve runs a handler for the test's time.
func serve(t *testing.T, h http.Handler) config.Server {
	t.Helper()
	ts := httptest.NewServer(h)
	t.Cleanup(func() {
		ts.CloseClientConnections()
		ts.Close()
	})
	return config.Server{Name: "web", URL: ts.URL + "/mcp?key=secret"}
}

// legacyOnly refuses the modern protocol as servers of old do.
func legacyOnly(next http.Handler, refuse func(http.ResponseWriter)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Mcp-Protocol-Version") == mcp.ProtocolVersion20260728 {
			refuse(w)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func TestHTTPEras(t *testing.T) {
	t.Parallel()
	modern := func() http.Handler { return mcpserver.NewStreamableHTTPServer(sdkServer()) }
	cases := map[string]struct {
		handler  http.Handler
		protocol string
	}{
		"modern": {modern(), "2026-07-28"},
		"legacy, 400 in plain text": {legacyOnly(modern(), func(w http.ResponseWriter) {
			http.Error(w, "Bad Request: no valid session", http.StatusBadRequest)
		}), "2025-11-25"},
		"legacy, method not found": {legacyOnly(modern(), func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no such method"}}`)
		}), "2025-11-25"},
		"legacy, answers anything with {}": {legacyOnly(modern(), func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"jsonrpc":"2.0","id":1,"result":{}}`)
		}), "2025-11-25"},
		"legacy, 404": {legacyOnly(modern(), func(w http.ResponseWriter) { w.WriteHeader(http.StatusNotFound) }), "2025-11-25"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := run(t, serve(t, c.handler), server.Options{})
			st := l.awaitState(server.Ready)
			if st.Protocol != c.protocol || st.Tools != 2 || st.PID != 0 {
				t.Errorf("ready as %+v", st)
			}
			if got := l.call("echo", `{"n":1.50}`).Text.Raw(); got != `{"n":1.5}` {
				t.Errorf("echo gives %s", got)
			}
			l.call("grow", `{}`)
			l.await("three tools", func(st server.Status) bool { return st.Tools == 3 })
		})
	}
}

func TestHTTPRefusals(t *testing.T) {
	t.Parallel()
	status := func(code int, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = io.WriteString(w, body)
		})
	}
	cases := map[string]struct {
		handler http.Handler
		headers map[string]string
		state   server.State
		reason  string
	}{
		"401":              {status(401, "who are you"), nil, server.NeedsYou, "/mcp answered 401 Unauthorized: who are you; add an Authorization header"},
		"403":              {status(403, ""), nil, server.NeedsYou, "sign-in needed: "},
		"401 with a token": {status(401, "expired"), map[string]string{"Authorization": "Bearer x"}, server.NeedsYou, "the Authorization header in the configuration was refused"},
		"404":              {status(404, "<h1>nothing  here</h1>"), nil, server.Failed, "answered 404 Not Found: <h1>nothing here</h1>; is this the address"},
		"405":              {status(405, ""), nil, server.Failed, "answered 405 Method Not Allowed; is this the address"},
		"500":              {status(500, strings.Repeat("x", 100_000)), nil, server.Backoff, "answered 500 Internal Server Error: xxx"},
		"503":              {status(503, "\x1b[31mdown"), nil, server.Backoff, "answered 503 Service Unavailable: \x1b[31mdown"},
		"a web page":       {status(200, "<html>"), nil, server.Backoff, "unexpected content type"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := serve(t, c.handler)
			cfg.Headers = c.headers
			got := run(t, cfg, server.Options{}).awaitState(c.state).Reason.Raw()
			if !strings.Contains(got, c.reason) || strings.Contains(got, "secret") || len(got) > 600 {
				t.Errorf("reason %q, want %q in it", got, c.reason)
			}
		})
	}
}

func TestHTTPNobodyThere(t *testing.T) {
	t.Parallel()
	ts := httptest.NewServer(http.NotFoundHandler())
	ts.Close()
	cfg := config.Server{Name: "web", URL: ts.URL + "/mcp?key=secret"}
	got := run(t, cfg, server.Options{}).awaitState(server.Backoff).Reason.Raw()
	if got != ts.URL+"/mcp: connection refused; is the server running there?" {
		t.Errorf("reason %q", got)
	}
}

// Headers reach the server with every request and no other host, whatever it is
// redirected to.
func TestHTTPHeadersAndRedirects(t *testing.T) {
	t.Parallel()
	var strangers atomic.Int32
	stranger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strangers.Add(1) }))
	defer stranger.Close()
	cfg := serve(t, http.RedirectHandler(stranger.URL, http.StatusTemporaryRedirect))
	cfg.Headers = map[string]string{"X-Api-Key": "k"}
	got := run(t, cfg, server.Options{}).awaitState(server.Backoff).Reason.Raw()
	if !strings.Contains(got, "redirects to another place, "+stranger.URL) || strangers.Load() > 0 {
		t.Errorf("reason %q, and %d requests went there", got, strangers.Load())
	}

	var mu sync.Mutex
	without := 0
	mux := http.NewServeMux()
	mux.Handle("/real", mcpserver.NewStreamableHTTPServer(sdkServer()))
	mux.Handle("/mcp", http.RedirectHandler("/real", http.StatusTemporaryRedirect))
	cfg = serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Api-Key") != "k" {
			mu.Lock()
			without++
			mu.Unlock()
		}
		mux.ServeHTTP(w, r)
	}))
	cfg.Headers = map[string]string{"X-Api-Key": "k"}
	l := run(t, cfg, server.Options{})
	l.awaitState(server.Ready)
	l.end()
	if without > 0 {
		t.Errorf("%d requests came without the entry's header", without)
	}
}

// A legacy server that was started anew has forgotten the session: the call
// shakes hands again and goes through.
func TestHTTPForgottenSession(t *testing.T) {
	t.Parallel()
	var current atomic.Pointer[mcpserver.StreamableHTTPServer]
	current.Store(mcpserver.NewStreamableHTTPServer(sdkServer(), mcpserver.WithStateful(true)))
	l := run(t, serve(t, legacyOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		current.Load().ServeHTTP(w, r)
	}), func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadRequest) })), server.Options{})
	l.awaitState(server.Ready)
	l.call("echo", `{}`)
	current.Store(mcpserver.NewStreamableHTTPServer(sdkServer(), mcpserver.WithStateful(true)))
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() { l.call("echo", `{}`) })
	}
	wg.Wait()
}

// A server that goes away and comes back is degraded in between.
func TestHTTPGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	ts := httptest.NewServer(mcpserver.NewStreamableHTTPServer(sdkServer()))
	addr := ts.Listener.Addr().String()
	l := run(t, config.Server{Name: "web", URL: ts.URL}, server.Options{})
	l.awaitState(server.Ready)
	ts.CloseClientConnections()
	ts.Close()
	for range 2 { // the first may find a broken connection of before
		if _, err := l.Call(t.Context(), "echo", nil, nil); err == nil {
			t.Error("a call to nobody succeeds")
		}
	}
	l.await("the reason", func(st server.Status) bool {
		return st.State == server.Degraded && strings.Contains(st.Reason.Raw(), "connection refused")
	})
	again := httptest.NewUnstartedServer(mcpserver.NewStreamableHTTPServer(sdkServer()))
	if err := relisten(again, addr); err != nil {
		t.Fatal("the port was taken meanwhile: ", err)
	}
	defer again.Close()
	defer again.CloseClientConnections()
	l.call("echo", `{}`)
	l.awaitState(server.Ready)
	l.end()
}

func TestHTTPCancel(t *testing.T) {
	t.Parallel()
	heard := make(chan string, 10)
	release := make(chan struct{})
	defer close(release)
	inner := webServer{tools: `{"name":"big"}`}
	l := run(t, serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		switch {
		case strings.Contains(string(body), "tools/call"):
			select {
			case <-release:
			case <-r.Context().Done():
			}
		case strings.Contains(string(body), "notifications/cancelled"):
			heard <- string(body)
			w.WriteHeader(http.StatusAccepted)
		default:
			inner.ServeHTTP(w, r)
		}
	})), server.Options{})
	l.awaitState(server.Ready)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := l.Call(ctx, "big", nil, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the call gives %v", err)
	}
	if got := <-heard; !strings.Contains(got, "requestId") {
		t.Errorf("the server heard %s", got)
	}
	if !slices.Contains(l.states(), server.Ready) {
		t.Error("never ready")
	}
}
