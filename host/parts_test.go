package host_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"switchboard/host/config"
)

// missing skips a test whose real parts are not here, and says why. Where they were
// installed on purpose, SWITCHBOARD_TEST_ALL makes it a failure.
func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("SWITCHBOARD_TEST_ALL") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// npm describes one of the MCP servers from npm, or skips where Node or the
// server is missing.
func npm(t *testing.T, server string, args ...string) config.Server {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "needs Node: node is not in PATH")
	}
	modules := os.Getenv("SWITCHBOARD_TEST_NPM")
	if modules == "" {
		missing(t, "needs the MCP servers from npm: set SWITCHBOARD_TEST_NPM to a node_modules folder that has them (see .github/CONTRIBUTING.md)")
	}
	script := filepath.Join(modules, "@modelcontextprotocol", "server-"+server, "dist", "index.js")
	if _, err := os.Stat(script); err != nil {
		missing(t, fmt.Sprintf("needs npm's server-%s: %v", server, err))
	}
	return config.Server{Name: server, Command: node, Args: append([]string{script}, args...)}
}

// standIn is GitHub and Slack on loopback, as far as a standup needs them.
type standIn struct {
	url string

	mu     sync.Mutex
	posted []string          // what was said in Slack
	keys   map[string]string // the Authorization header by host
}

// startStandIn starts the stand-in and returns it.
func startStandIn(t *testing.T) *standIn {
	s := &standIn{keys: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api.github.com/repos/acme/shop/commits", s.github(commits))
	mux.HandleFunc("GET /api.github.com/repos/acme/shop/issues", s.github(issues))
	mux.HandleFunc("GET /api.github.com/search/issues", s.github(object{"total_count": 1, "incomplete_results": false, "items": issues}))
	mux.HandleFunc("GET /slack.com/api/conversations.list", s.channels)
	mux.HandleFunc("POST /slack.com/api/chat.postMessage", s.post)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s *standIn) github(answer any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.note("github", r)
		reply(w, answer)
	}
}

func (s *standIn) channels(w http.ResponseWriter, r *http.Request) {
	s.note("slack", r)
	reply(w, object{"ok": true, "channels": []object{{"id": "C01", "name": "engineering"}}})
}

func (s *standIn) post(w http.ResponseWriter, r *http.Request) {
	s.note("slack", r)
	var m struct{ Channel, Text string }
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil || m.Channel != "C01" {
		reply(w, object{"ok": false, "error": "channel_not_found"})
		return
	}
	s.mu.Lock()
	s.posted = append(s.posted, m.Text)
	s.mu.Unlock()
	reply(w, object{"ok": true, "channel": m.Channel, "ts": "1763800000.000100"})
}

func (s *standIn) note(host string, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[host] = r.Header.Get("Authorization")
}

// said lists what was posted, and the key that each host was shown.
func (s *standIn) said() (posted []string, keys map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.posted, s.keys
}

type object map[string]any

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

var commits = []object{{
	"sha": "9f3c2d1", "node_id": "n1", "url": "u", "html_url": "h", "comments_url": "c",
	"commit": object{
		"author":    object{"name": "Ada", "email": "ada@acme.test", "date": "2026-11-21T16:02:00Z"},
		"committer": object{"name": "Ada", "email": "ada@acme.test", "date": "2026-11-21T16:02:00Z"},
		"message":   "Charge the card once", "url": "u", "comment_count": 0,
		"tree": object{"sha": "t", "url": "u"},
	},
}}

var issues = []object{{
	"number": 41, "title": "Checkout answers 500 on retry", "state": "open",
	"html_url": "https://github.test/acme/shop/issues/41",
}}
