package inspector_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/inspector"
)

// now is the moment of every test, in a zone that no machine changes.
var now = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

func ago(d time.Duration) time.Time { return now.Add(-d) }

func newInspector(t testing.TB, name string) *inspector.Inspector {
	t.Helper()
	th, err := theme.New(name, true)
	if err != nil {
		t.Fatal(err)
	}
	return inspector.New(th)
}

// looking is an inspector that has heard everything about a server.
func looking(t testing.TB, e host.ServerInspected) *inspector.Inspector {
	t.Helper()
	in := newInspector(t, "none")
	in.Open(e.Inspection.Status)
	in.Apply(e)
	return in
}

func screen(in *inspector.Inspector, w, h int) string {
	rows := in.View(w, h, now)
	for i := range rows {
		rows[i] = strings.TrimRight(ansi.Strip(rows[i]), " ")
	}
	return strings.Join(rows, "\n") + "\n"
}

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace, "space": tea.KeySpace, "delete": tea.KeyDelete,
}

// press presses keys by their names and gives what the last one did.
func press(in *inspector.Inspector, keys ...string) inspector.Action {
	var last inspector.Action
	for _, k := range keys {
		last = in.Press(key(k))
	}
	return last
}

func key(name string) tea.KeyPressMsg {
	if c, ok := named[name]; ok {
		return tea.KeyPressMsg{Code: c}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: tea.ModCtrl}
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		return tea.KeyPressMsg{Code: named[rest], Mod: tea.ModShift}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// typing types text, a key a character.
func typing(in *inspector.Inspector, text string) {
	for _, r := range text {
		in.Press(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func text(s string) clean.Text { return clean.Foreign(s) }

// github is a server that works, with something in every tab.
func github() host.ServerInspected {
	s := host.ServerStatus{
		Name: "github", State: host.ServerReady, Since: ago(3 * time.Minute), Evidence: ago(4 * time.Second), Tools: 4,
		Latency: 38 * time.Millisecond, P50: 41 * time.Millisecond, Latencies: ramp(24), Listed: ago(3 * time.Minute), Delta: "+2 −1 tools",
		InFlight: 1, Protocol: "2025-11-25", PID: 4711, Restarts: 1,
		Running: []host.RunningCall{{Tool: "search_issues", Since: ago(7 * time.Second), Progress: host.ServerProgress{Done: 45, Total: 100, Message: text("page 3 of 7")}}},
	}
	i := host.Inspection{Status: s, LogFile: "/home/a/.local/state/switchboard/github.log"}
	i.Launch = host.ServerLaunch{
		Command: "npx", Args: []string{"-y", "@acme/github mcp", "--token", "‹secret›"}, Resolved: "/usr/bin/npx",
		Lookup: []string{"/usr/local/bin/npx: not there", "/usr/bin/npx: found"}, Env: []string{"GITHUB_TOKEN", "HOME", "LANG", "PATH"},
	}
	i.Launch.Source.File, i.Launch.Source.Line, i.Launch.Source.Column = "/home/a/.config/switchboard/config.json", 12, 7
	i.Handshake.Protocol, i.Handshake.How, i.Handshake.Took = "2025-11-25", "initialize, after server/discover was refused", 128*time.Millisecond
	i.Handshake.Name, i.Handshake.Version, i.Handshake.Title = text("github-mcp"), text("1.4.2"), text("GitHub 世界")
	i.Handshake.Capabilities = []string{"logging", "prompts", "resources (subscribe)", "tools (list changes)"}
	i.Handshake.Instructions = text("Use search_issues before create_issue.\x1b[2J\nNever close an issue twice.")
	i.Process.At, i.Process.Processes, i.Process.RSS, i.Process.CPU, i.Process.Share = ago(time.Second), 3, 84_300_000, 2100*time.Millisecond, 0.03
	i.History = []host.ServerChange{
		{At: ago(10 * time.Minute), State: host.ServerStarting},
		{At: ago(9*time.Minute + 58*time.Second), State: host.ServerReady},
		{At: ago(4 * time.Minute), State: host.ServerBackoff, Reason: text("exited with status 1 after 5 min 58 s: socket hang up")},
		{At: ago(3*time.Minute + 2*time.Second), State: host.ServerStarting},
		{At: ago(3 * time.Minute), State: host.ServerReady},
	}
	i.Calls.Calls, i.Calls.Failed, i.Calls.P50, i.Calls.P95, i.Calls.P99 = 128, 3, 41*time.Millisecond, 210*time.Millisecond, 1900*time.Millisecond
	i.Calls.Buckets = []host.CallBucket{
		{UpTo: time.Millisecond},
		{UpTo: 10 * time.Millisecond, Count: 12},
		{UpTo: 50 * time.Millisecond, Count: 80},
		{UpTo: 100 * time.Millisecond, Count: 30},
		{UpTo: time.Second, Count: 4},
		{Count: 2},
	}
	i.Recent = []host.CallRecord{
		{Tool: "create_issue", At: ago(50 * time.Second), Took: 210 * time.Millisecond, Arguments: json.RawMessage(`{"title":"x"}`), Text: text("422 validation failed"), Failed: true, Bytes: 21},
		{Tool: "search_issues", At: ago(20 * time.Second), Took: 38 * time.Millisecond, Arguments: json.RawMessage(`{"query":"is:open\u202e","limit":3}`), Text: text("3 issues\n#1 a\n#2 b\n#3 c\x07"), Bytes: 1834},
	}
	i.Resources = []catalog.Resource{{Server: "github", URI: "repo://a/b/README.md", Name: text("README"), MIME: "text/markdown", Size: 2048, Description: text("what b is")}}
	i.Templates = []catalog.Template{{Server: "github", URITemplate: "repo://{owner}/{repo}", Name: text("a repository")}}
	i.Prompts = []catalog.Prompt{{Server: "github", Name: "triage", Title: text("Triage an issue"), Arguments: []catalog.PromptArgument{{Name: "issue", Required: true, Description: text("its number")}}}}
	i.Log = []host.ServerLog{
		{At: ago(3 * time.Minute), Source: host.LogStderr, Text: text("listening on stdio")},
		{At: ago(2 * time.Minute), Source: host.LogStdout, Text: text("Welcome!\x1b[31m")},
		{At: ago(time.Minute), Source: host.LogMCP, Level: "debug", Logger: text("cache"), Text: text("miss")},
		{At: ago(30 * time.Second), Source: host.LogMCP, Level: "error", Logger: text("http"), Text: text("422 from api.github.com")},
	}
	i.LogDropped = 12
	i.Wire = traffic(3)
	return host.ServerInspected{Inspection: i, Tools: githubTools()}
}

func ramp(n int) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = time.Duration(20+i*i%37) * time.Millisecond
	}
	return out
}

// traffic is so many calls over the wire, and a notification.
func traffic(calls int) []host.WireRecord {
	var all []host.WireRecord
	for n := 1; n <= calls; n++ {
		at := ago(time.Duration(calls-n+1) * time.Second)
		id := fmt.Sprint(n)
		body := fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"search_issues"}}`, n)
		answer := fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":{"content":[{"type":"text","text":"ok\u001b[2J"}]}}`, n)
		all = append(all,
			host.WireRecord{Seq: len(all) + 1, At: at, Sent: true, Kind: host.WireRequest, Method: "tools/call", ID: id, Size: len(body), Body: []byte(body)},
			host.WireRecord{Seq: len(all) + 2, At: at.Add(38 * time.Millisecond), Kind: host.WireResponse, Method: "tools/call", ID: id, Took: 38 * time.Millisecond, Size: len(answer), Body: []byte(answer), Failed: n == 2})
	}
	note := `{"jsonrpc":"2.0","method":"notifications/progress"}`
	return append(all, host.WireRecord{Seq: len(all) + 1, At: ago(time.Second / 2), Kind: host.WireNotification, Method: "notifications/progress", Size: len(note), Body: []byte(note)})
}

const searchSchema = `{"type":"object","required":["query"],"properties":{
 "query":{"type":"string","description":"What to look for, in GitHub's own query language","minLength":1},
 "limit":{"type":"integer","minimum":1,"maximum":100,"default":10},
 "state":{"enum":["open","closed"],"description":"Only those"},
 "draft":{"type":"boolean"},
 "labels":{"type":"array","items":{"type":"string"}},
 "where":{"$ref":"#/$defs/place"}},
 "$defs":{"place":{"type":"object","description":"A repository","properties":{"owner":{"type":"string"},"repo":{"type":["string","null"]}}}}}`

func tool(name, description, schema string, h catalog.Hints) catalog.Tool {
	return catalog.Tool{ID: catalog.ID{Server: "github", Tool: name}, Description: text(description), Schema: json.RawMessage(schema), Hints: h}
}

func githubTools() []host.ToolInfo {
	return []host.ToolInfo{
		{Tool: tool("create_issue", "Opens an issue.", `{"type":"object","properties":{"title":{"type":"string"}},"required":["title"]}`, catalog.DefaultHints()), Name: "create_issue", Tokens: 120, Bytes: 480},
		{Tool: tool("ping", "", `{}`, catalog.Hints{ReadOnly: true}), Name: "ping", Tokens: 20, Bytes: 61},
		{
			Tool: tool("search_issues", "Searches issues and pull requests.", searchSchema, catalog.Hints{ReadOnly: true, OpenWorld: true}), Name: "github__search_issues",
			Why: "jira has a search_issues too", Repairs: []string{"where: $ref was written out"}, Tokens: 1240, Bytes: 4801, Calls: 2,
		},
		{Tool: tool("weird", "A tool with a broken schema", `[]`, catalog.DefaultHints()), Why: "set aside: its schema is not an object"},
	}
}

// crashed is the same server after it has failed for good.
func crashed() host.ServerInspected {
	e := github()
	e.Inspection.Status = host.ServerStatus{
		Name: "github", State: host.ServerFailed, Since: ago(12 * time.Second), Restarts: 5,
		Reason: text("exited with status 1 after 0.2 s, 5 times in 3 minutes: GITHUB_TOKEN is required"),
		Stderr: text("npm warn deprecated inflight@1.0.6\nerror: GITHUB_TOKEN is required\n    at Object.<anonymous> (/srv/index.js:3:9)\n"),
	}
	e.Inspection.Launch.Resolved = "/usr/bin/npx"
	return e
}
