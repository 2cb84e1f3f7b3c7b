package server

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/client/transport"
	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
)

// serverInfoKey is where a modern server says who it is: in _meta of its results.
const serverInfoKey = "io.modelcontextprotocol/serverInfo"

// A greeting is the answer by which a session began, as it came: mcp-go decodes
// all of it or nothing.
type greeting struct {
	method string
	result json.RawMessage
	took   time.Duration
}

// capabilities are what a server declared, undecoded.
type capabilities map[string]json.RawMessage

// greeted keeps the answer to initialize.
func (c *checks) greeted(method string, resp *transport.JSONRPCResponse, took time.Duration) {
	if resp.Error != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.greeting = greeting{method: method, result: resp.Result, took: took}
}

// introduced notes what the server said of itself. Refused is why the other way to
// shake hands, which was tried first, did not do; nil when it was not tried.
func (l *life) introduced(s *session, c *checks, refused error) {
	c.mu.Lock()
	g := c.greeting
	c.mu.Unlock()
	h, declared := g.read()
	h.Protocol = s.version
	h.How = howNegotiated(g.method, refused)
	b := l.s.book
	h.How = b.mask.String(h.How)
	h.Instructions = b.masked(h.Instructions)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.handshake, b.declared = h, declared
	b.changed()
}

func howNegotiated(method string, refused error) string {
	if refused == nil {
		return method
	}
	other := string(mcp.MethodInitialize)
	if method == other {
		other = string(mcp.MethodServerDiscover)
	}
	return method + ", because " + other + " was refused: " + cut(clean.Line(innermost(refused).Error()), maxLastWord)
}

// read takes of the answer what is there and of the right type.
func (g greeting) read() (Handshake, capabilities) {
	var fields, info, meta map[string]json.RawMessage
	_ = json.Unmarshal(g.result, &fields)
	_ = json.Unmarshal(fields["serverInfo"], &info)
	if info == nil {
		_ = json.Unmarshal(fields["_meta"], &meta)
		_ = json.Unmarshal(meta[serverInfoKey], &info)
	}
	var declared capabilities
	_ = json.Unmarshal(fields["capabilities"], &declared)
	return Handshake{
		Name: clean.Foreign(text(info["name"])), Title: clean.Foreign(text(info["title"])),
		Version: clean.Foreign(text(info["version"])), Instructions: clean.Foreign(text(fields["instructions"])),
		Capabilities: declared.words(), Took: g.took,
	}, declared
}

// has tells whether a capability was declared; null does not count.
func (c capabilities) has(name string) bool { return isSomething(c[name]) }

// words lists the capabilities, each with its switches that are on: "tools (list
// changes)".
func (c capabilities) words() []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(c)) {
		if !c.has(name) {
			continue
		}
		word := cut(clean.Line(name), maxLevel)
		if on := c.on(name); len(on) > 0 {
			word += " (" + strings.Join(on, ", ") + ")"
		}
		all = append(all, word)
	}
	return all
}

// switches are the parts of a capability that are a plain yes or no.
var switches = map[string]string{"listChanged": "list changes", "subscribe": "subscriptions"}

// on lists the parts of a capability that a server switched on.
func (c capabilities) on(name string) []string {
	var parts map[string]json.RawMessage
	_ = json.Unmarshal(c[name], &parts)
	var on []string
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		if value := string(parts[part]); value == "false" || value == "null" {
			continue
		}
		word, known := switches[part]
		if !known {
			word = cut(clean.Line(part), maxLevel)
		}
		on = append(on, word)
	}
	return on
}
