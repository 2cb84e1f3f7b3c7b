package connect

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"switchboard/host/task"
)

// A localServer is a program that serves models on this machine, at the port that it
// has by default.
type localServer struct {
	name string
	root string // always a loopback address: nothing is asked that is elsewhere
	page string // that tells it from whatever else may listen there
	is   func(page map[string]json.RawMessage) bool
}

// base is the URL of its OpenAI wire.
func (s localServer) base() string { return s.root + "/v1" }

// localServers are the ones that are looked for. Their ports and pages are those of
// their documentation in November 2026.
var localServers = []localServer{
	{"Ollama", "http://127.0.0.1:11434", "/api/tags", func(p map[string]json.RawMessage) bool {
		return isList(p["models"])
	}},
	{"LM Studio", "http://127.0.0.1:1234", "/api/v0/models", func(p map[string]json.RawMessage) bool {
		return isList(p["data"])
	}},
	{"llama.cpp", "http://127.0.0.1:8080", "/props", func(p map[string]json.RawMessage) bool {
		return p["default_generation_settings"] != nil
	}},
	{"vLLM", "http://127.0.0.1:8000", "/v1/models", func(p map[string]json.RawMessage) bool {
		return string(p["object"]) == `"list"` && isList(p["data"])
	}},
}

func isList(raw json.RawMessage) bool {
	var list []json.RawMessage
	return json.Unmarshal(raw, &list) == nil && list != nil
}

const (
	probeTime = 300 * time.Millisecond // for one server; all are asked at once
	maxPage   = 4 << 20
)

// findLocal gives the servers that answer on this machine as they should, in their
// order. Nothing of a conversation is sent, and no key.
func findLocal(ctx context.Context, t http.RoundTripper) []localServer {
	found := make([]bool, len(localServers))
	var tasks task.Group
	for i, s := range localServers {
		tasks.Go("looking for "+s.name, func() { found[i] = s.answers(ctx, t) })
	}
	tasks.Wait()
	var there []localServer
	for i, s := range localServers {
		if found[i] {
			there = append(there, s)
		}
	}
	return there
}

// answers tells whether the server is there.
func (s localServer) answers(ctx context.Context, t http.RoundTripper) bool {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.root+s.page, nil)
	if err != nil { // not possible: the addresses are ours
		return false
	}
	client := http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	var page map[string]json.RawMessage
	return resp.StatusCode == http.StatusOK &&
		json.NewDecoder(io.LimitReader(resp.Body, maxPage)).Decode(&page) == nil && s.is(page)
}
