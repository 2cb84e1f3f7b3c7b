package servertest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// A web is a small MCP server behind a URL that speaks the older protocol and
// answers calls as it is told to.
type web struct {
	// before sees every request first and tells whether it has answered it.
	before func(w http.ResponseWriter, r *http.Request, method string) bool
	call   func(w http.ResponseWriter, r *http.Request, id json.RawMessage)
}

// ServeHTTP implements [http.Handler].
func (s web) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var m message
	_ = json.NewDecoder(r.Body).Decode(&m)
	if s.before != nil && s.before(w, r, m.Method) {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	switch m.Method {
	case "":
		w.WriteHeader(http.StatusMethodNotAllowed)
	case "initialize":
		answer(w, m.ID, `{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"web","version":"1"}}`)
	case "server/discover":
		w.WriteHeader(http.StatusBadRequest)
	case "tools/list":
		answer(w, m.ID, `{"tools":[{"name":"echo"},{"name":"bad"}]}`)
	case "tools/call":
		s.called(w, r, m)
	case "ping":
		answer(w, m.ID, `{}`)
	default:
		w.WriteHeader(http.StatusAccepted)
	}
}

// called answers echo itself; every other tool is the mode's.
func (s web) called(w http.ResponseWriter, r *http.Request, m message) {
	var params struct {
		Name      string          `json:"name"`
		Arguments json.RawMessage `json:"arguments"`
	}
	_ = json.Unmarshal(m.Params, &params)
	if params.Name != "echo" && s.call != nil {
		s.call(w, r, m.ID)
		return
	}
	text, _ := json.Marshal(string(params.Arguments))
	answer(w, m.ID, fmt.Sprintf(`{"content":[{"type":"text","text":%s}]}`, text))
}

func answer(w io.Writer, id json.RawMessage, result string) {
	fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":%s}`, id, result)
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

// hang holds a request until its caller has gone.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// refuses answers every request with a status and a page.
func refuses(code int, page string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, page)
	})
}
