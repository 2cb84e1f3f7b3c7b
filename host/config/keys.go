package config

import "github.com/tailscale/hujson"

var (
	sectionKeys   = []string{"mcpServers", "model", "models", "collisions", "tools", "approval", "workflows", "theme"}
	serverKeys    = []string{"command", "args", "env", "cwd", "url", "type", "headers", "disabled", "timeout", "parallel"}
	modelKeys     = []string{"name", "baseUrl", "apiKey", "headers", "temperature", "effort", "maxOutput", "extraBody", "window", "vision"}
	collisionKeys = []string{"strategy", "default", "tools", "servers", "order", "aliases", "hide"}
	approvalKeys  = []string{"allow", "ask", "deny"}
)

// quietSections stand in files that other clients write and mean nothing here.
var quietSections = map[string]bool{"$schema": true, "globalShortcut": true, "preferences": true}

// foreignSections are where other clients keep their servers.
var foreignSections = map[string]string{
	"servers":         `write "mcpServers"`,
	"mcp":             `write "mcpServers"`,
	"mcp_servers":     `write "mcpServers"`,
	"context_servers": `write "mcpServers"`,
	"inputs":          "write ${NAME} where the value belongs and set NAME in the environment",
}

// foreignServerKeys are what other clients call something, with our word for it.
var foreignServerKeys = map[string]string{
	"serverUrl":     `write "url"`,
	"httpUrl":       `write "url"`,
	"transport":     `write "type"`,
	"transportType": `write "type"`,
	"environment":   `write "env"`,
	"http_headers":  `write "headers"`,
	"enabled":       `write "disabled"`,
	"envFile":       `no such file is read; name the variables in "env"`,
	"headersHelper": `no command is run for headers; write them in "headers"`,
	"autoApprove":   `write "approval": {"allow": ["server/tool"]}`,
	"alwaysAllow":   `write "approval": {"allow": ["server/tool"]}`,
	"trust":         `write "approval": {"allow": ["server/*"]}`,
	"disabledTools": `write "approval": {"deny": ["server/tool"]}`,
	"excludeTools":  `write "approval": {"deny": ["server/tool"]}`,
}

// foreignEndpoints are what others call baseUrl.
var foreignEndpoints = map[string]bool{"url": true, "endpoint": true, "host": true, "apiBase": true, "api_base": true}

// unknown warns of a key that nobody reads.
func (m member) unknown(known []string, foreign map[string]string) {
	hint, ok := foreign[m.name]
	switch {
	case m.r.project && permissions[m.name]:
		hint = yourOwn
	case !ok:
		hint = didYouMean(m.name, known)
	}
	m.warnName("unknown key, ignored", hint)
}

func (r *reader) unknownSection(m member) {
	if quietSections[m.name] {
		return
	}
	if looksLikeServer(m.v) {
		m.warnName("unknown key, ignored", `a server belongs under "mcpServers"`)
		return
	}
	m.unknown(sectionKeys, foreignSections)
}

func looksLikeServer(v *hujson.Value) bool {
	object, ok := v.Value.(*hujson.Object)
	if !ok {
		return false
	}
	for _, m := range object.Members {
		switch m.Name.Value.(hujson.Literal).String() {
		case "command", "url":
			return true
		}
	}
	return false
}
