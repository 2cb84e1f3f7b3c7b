package server_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"switchboard/host/server"
)

// A webServer is an MCP server written out by hand, for answers that no library
// would give.
type webServer struct {
	modern bool
	tools  string // the elements of tools/list
	call   func(w http.ResponseWriter, r *http.Request, id json.RawMessage)
}

func (s webServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var m struct {
		ID     json.RawMessage
		Method string
	}
	_ = json.NewDecoder(r.Body).Decode(&m)
	w.Header().Set("Content-Type", "application/json")
	switch {
	case m.Method == "":
		w.WriteHeader(http.StatusMethodNotAllowed)
	case m.Method == "tools/list":
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"tools":[%s]}}`, m.ID, s.tools)
	case m.Method == "tools/call":
		s.call(w, r, m.ID)
	case s.modern && m.Method == "server/discover":
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}}}`, m.ID)
	case m.Method == "server/discover":
		w.WriteHeader(http.StatusBadRequest)
	case m.Method == "initialize":
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"x","version":"1"}}}`, m.ID)
	default:
		w.WriteHeader(http.StatusAccepted)
	}
}

// readyWeb reaches a web server and waits until it is ready.
func readyWeb(t *testing.T, s webServer) *line {
	t.Helper()
	l := run(t, serve(t, s), server.Options{})
	l.awaitState(server.Ready)
	return l
}

// endless writes the beginning of a result and then text until nobody reads it.
func endless(w io.Writer, id json.RawMessage) {
	fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"`, id)
	for chunk := []byte(strings.Repeat("x", 1<<16)); ; {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

// An answer without end is cut off, also one that is small on the wire.
func TestHTTPTooLargeAnswers(t *testing.T) {
	t.Parallel()
	cases := map[string]func(http.ResponseWriter, *http.Request, json.RawMessage){
		"plain": func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) { endless(w, id) },
		"stream": func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, "data: ")
			endless(w, id)
		},
		"compressed": func(w http.ResponseWriter, r *http.Request, id json.RawMessage) {
			if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				t.Error("the request asks for no compression")
			}
			w.Header().Set("Content-Encoding", "gzip")
			bomb, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
			endless(bomb, id)
		},
	}
	for name, call := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := readyWeb(t, webServer{tools: `{"name":"big"}`, call: call})
			_, err := l.Call(t.Context(), "big", nil, nil)
			var e *server.Error
			if !errors.As(err, &e) || e.Kind != server.Invalid || !strings.Contains(e.Text.Raw(), "larger than 16 MiB") {
				t.Errorf("the call gives %v", err)
			}
		})
	}
}

// Entries of a list that make no sense cost themselves. Those that ask for headers
// against the rules are no worse than others to an older server.
func TestHTTPBadTools(t *testing.T) {
	t.Parallel()
	const tools = `{"name":"good","inputSchema":{"type":"object","properties":{"city":{"type":"string","x-mcp-header":"City"}}}},
		17, null, "x", [], {}, {"name":""}, {"name":7}, {"name":"good"},
		{"name":"array","inputSchema":{"properties":{"a":{"type":"array","x-mcp-header":"A"}}}},
		{"name":"token","inputSchema":{"properties":{"a":{"type":"string","x-mcp-header":"not a token"}}}},
		{"name":"true","inputSchema":true}`
	cases := map[bool]struct {
		names  []string
		reason string
		city   string
	}{
		false: {[]string{"good", "array", "token", "true"}, "7 tools were left out because they have no usable name; 1 tool was left out because it repeats a name", ""},
		true: {
			[]string{"good", "true"},
			"7 tools were left out because they have no usable name; 1 tool was left out because it repeats a name; " +
				"2 tools were left out because they have invalid x-mcp-header annotations",
			"Ulm",
		},
	}
	for modern, c := range cases {
		t.Run(fmt.Sprint("modern ", modern), func(t *testing.T) {
			t.Parallel()
			l := readyWeb(t, webServer{modern: modern, tools: tools, call: func(w http.ResponseWriter, r *http.Request, id json.RawMessage) {
				if got := r.Header.Get("Mcp-Param-City"); got != c.city {
					t.Errorf("the header beside the argument is %q, want %q", got, c.city)
				}
				fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"rain"}]}}`, id)
			}})
			if got := l.toolNames(); !slices.Equal(got, c.names) {
				t.Errorf("tools %v, want %v", got, c.names)
			}
			if got := l.Status().Reason.Raw(); got != c.reason {
				t.Errorf("reason %q, want %q", got, c.reason)
			}
			if got := l.call("good", `{"city":"Ulm"}`).Text.Raw(); got != "rain" {
				t.Errorf("the call gives %q", got)
			}
		})
	}
}

// A JSON-RPC error reaches the model with its code and its words, whatever the
// HTTP status it comes with.
func TestHTTPErrors(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusOK, http.StatusBadRequest, http.StatusInternalServerError} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			l := readyWeb(t, webServer{tools: `{"name":"query"}`, call: func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
				w.WriteHeader(status)
				fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"error":{"code":-32603,"message":"no such table: users","data":{"hint":"user"}}}`, id)
			}})
			_, err := l.Call(t.Context(), "query", nil, nil)
			var e *server.Error
			if !errors.As(err, &e) {
				t.Fatalf("the call gives %v", err)
			}
			if e.Kind != server.Refused || e.Code != -32603 || string(e.Data) != `{"hint":"user"}` {
				t.Errorf("kind %q, code %d, data %s", e.Kind, e.Code, e.Data)
			}
			if got := e.Error(); got != `web: error -32603: no such table: users ({"hint":"user"})` {
				t.Errorf("the model reads %q", got)
			}
		})
	}
}
