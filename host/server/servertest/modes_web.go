package servertest

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// bad is the tool by which a server behind a URL is made to misbehave.
var bad = Act{"bad", `{}`}

// calls makes a server whose tool misbehaves in one way.
func calls(misbehave func(http.ResponseWriter, *http.Request, json.RawMessage)) http.Handler {
	return web{call: misbehave}
}

// webModes misbehave behind a URL.
func webModes() []Mode {
	return append(webBodies(), []Mode{
		{
			Name: "HTTP sign-in", Does: "wants a token", Web: refuses(http.StatusUnauthorized, "who are you?"),
			Says: []string{`^needs you: sign-in needed: .* answered 401 Unauthorized: who are you\?; add an Authorization header`},
		},
		{
			Name: "HTTP not found", Does: "is the address of something else", Web: refuses(http.StatusNotFound, "<h1>Nothing here</h1>"),
			Says: []string{`^failed: .* answered 404 Not Found: .*is this the address of an MCP server with streamable HTTP\?`},
		},
		{
			Name: "HTTP broken proxy", Does: "is a proxy whose server is away", Web: refuses(http.StatusBadGateway, "upstream is away"), Times: once,
			Says: []string{`^backoff: .* answered 502 Bad Gateway: upstream is away`},
		},
		{
			Name: "HTTP redirect", Does: "sends us, and our keys, to another host",
			Web:   http.RedirectHandler("http://example.invalid/mcp", http.StatusTemporaryRedirect),
			Times: once,
			Says:  []string{`: .*redirects to another place, http://example\.invalid/mcp; if that is right, put that address into the configuration`},
		},
		{
			Name: "HTTP page", Does: "answers every request with a page", Web: refuses(http.StatusOK, "<html>welcome</html>"), Times: once,
			Says: []string{`^(backoff|failed): .*(text/html|text/plain|content type|no MCP)`},
		},
		{
			Name: "HTTP silent start", Does: "takes the connection and says nothing", Web: http.HandlerFunc(hang), Times: shortStart,
			Says: []string{`^backoff: no answer within 1\.5 s of its start$`},
		},
		{
			Name: "HTTP hangs", Does: "answers nothing once it was ready", Web: hangsLater(), Times: hasty, Acts: []Act{bad, echo},
			Says: []string{timedOut, noPing, `^restarts [1-9]`},
		},
		{
			Name: "HTTP forgets its session", Does: "knows it no more, as after a restart", Web: forgetful(), Acts: []Act{bad, echo},
			Says: []string{answersEcho},
		},
		{
			Name: "HTTP breaks off", Does: "closes the connection in the middle of an answer", Acts: []Act{bad, echo},
			Web: calls(func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
				fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"resu`, id)
				_ = http.NewResponseController(w).Flush()
				panic(http.ErrAbortHandler)
			}),
			Says: []string{`^answer .*(unexpected EOF|EOF)`, answersEcho},
		},
		{
			Name: "HTTP drips", Does: "sends an answer byte by byte", Times: impatient, Acts: []Act{bad, echo},
			Web: calls(func(w http.ResponseWriter, r *http.Request, _ json.RawMessage) {
				for r.Context().Err() == nil {
					_, _ = w.Write([]byte(" "))
					_ = http.NewResponseController(w).Flush()
					time.Sleep(100 * time.Millisecond)
				}
			}),
			Says: []string{timedOut, answersEcho},
		},
	}...)
}

// webBodies answer calls with more than can be kept.
func webBodies() []Mode {
	stream := func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/event-stream") }
	return []Mode{
		{
			Name: "HTTP endless body", Does: "answers for ever", Heavy: true, Acts: []Act{bad, echo}, Says: []string{tooLarge, answersEcho},
			Web: calls(func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) { endless(w, id) }),
		},
		{
			Name: "HTTP endless event", Does: "sends an event for ever", Heavy: true, Acts: []Act{bad, echo}, Says: []string{tooLarge, answersEcho},
			Web: calls(func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
				stream(w)
				fmt.Fprint(w, "data: ")
				endless(w, id)
			}),
		},
		{
			Name: "HTTP gzip bomb", Does: "compresses an endless answer", Heavy: true, Acts: []Act{bad, echo}, Says: []string{tooLarge, answersEcho},
			Web: calls(func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
				w.Header().Set("Content-Encoding", "gzip")
				z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
				endless(z, id)
			}),
		},
		{
			Name: "HTTP deep answer", Does: "nests its answer a million levels deep", Acts: []Act{bad, echo}, Says: []string{tooDeep, answersEcho},
			Web: calls(func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
				fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":%s`, id, strings.Repeat("[", 1<<20))
			}),
		},
		{
			Name: "HTTP flood of events", Does: "sends thousands of log messages before its answer", Heavy: true, Acts: []Act{bad, echo},
			Web: calls(func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
				stream(w)
				for range 3000 {
					if _, err := fmt.Fprintf(w, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":%q}}\n\n", strings.Repeat("x", 4000)); err != nil {
						return
					}
				}
				fmt.Fprintf(w, "data: {\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"all\"}]}}\n\n", id)
			}),
			Says: []string{`^answer all$`, answersEcho, `^mcp x{100}`},
		},
	}
}

// hangsLater answers nothing any more after the first call.
func hangsLater() http.Handler {
	var stuck atomic.Bool
	return web{before: func(w http.ResponseWriter, r *http.Request, method string) bool {
		if method == "tools/call" {
			stuck.Store(true)
		}
		if method == "initialize" { // a new session goes well until the next call
			stuck.Store(false)
		}
		if !stuck.Load() {
			return false
		}
		hang(w, r)
		return true
	}}
}

// forgetful gives every session a name and knows only the last one; the bad tool
// makes it forget that too.
func forgetful() http.Handler {
	var sessions atomic.Int64
	name := func() string { return fmt.Sprint("session-", sessions.Load()) }
	return web{
		before: func(w http.ResponseWriter, r *http.Request, method string) bool {
			switch sent := r.Header.Get("Mcp-Session-Id"); {
			case method == "initialize":
				sessions.Add(1)
				w.Header().Set("Mcp-Session-Id", name())
			case method != "server/discover" && sent != name():
				w.WriteHeader(http.StatusNotFound)
				return true
			}
			return false
		},
		call: func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
			sessions.Add(1)
			answer(w, id, `{"content":[]}`)
		},
	}
}
