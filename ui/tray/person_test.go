package tray_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/tray"
)

// A person looks at a tray and presses keys, a second apart.
type person struct {
	t    *testing.T
	tray *tray.Tray
	now  time.Time
	w, h int
}

func newPerson(t *testing.T, questions ...host.Question) *person {
	t.Helper()
	th, err := theme.New("dark", true)
	if err != nil {
		t.Fatal(err)
	}
	p := &person{t: t, tray: tray.New(th), now: time.Unix(1e9, 0), w: 80, h: 20}
	for i, q := range questions {
		p.tray.Ask(host.QuestionID(i+1), q, p.now, p.now)
	}
	p.look()
	p.wait(time.Second)
	p.tray.Focus(p.now)
	p.look()
	return p
}

func (p *person) wait(d time.Duration) { p.now = p.now.Add(d) }

func (p *person) look() string {
	p.tray.Layout(p.w, p.h)
	return ansi.Strip(strings.Join(p.tray.View(p.now), "\n"))
}

func (p *person) press(key string) tray.Outcome {
	p.wait(time.Second)
	out := p.tray.Press(keyPress(key), p.now)
	p.look()
	return out
}

func keyPress(name string) tea.KeyPressMsg {
	switch name {
	case "enter":
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case "end":
		return tea.KeyPressMsg{Code: tea.KeyEnd}
	case "down":
		return tea.KeyPressMsg{Code: tea.KeyDown}
	case "tab":
		return tea.KeyPressMsg{Code: tea.KeyTab}
	case "esc":
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	case "backspace":
		return tea.KeyPressMsg{Code: tea.KeyBackspace}
	case "space":
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	case "right":
		return tea.KeyPressMsg{Code: tea.KeyRight}
	case "ctrl+s", "ctrl+g":
		return tea.KeyPressMsg{Code: rune(name[5]), Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: rune(name[0]), Text: name}
}

// every is all that may be offered.
var every = []host.Scope{host.Once, host.SessionExact, host.Session, host.Always, host.AlwaysMatching}

func approval(arguments string) host.Approval {
	return host.Approval{
		Name: "write_file", Arguments: json.RawMessage(arguments), Hash: host.HashArguments(json.RawMessage(arguments)),
		Scopes: every, Risk: host.Risk{Words: "may remove or overwrite things for good", Loud: true}, State: host.ServerReady,
		Tool: catalog.Tool{ID: catalog.ID{Server: "files", Tool: "write_file"}, Hints: catalog.DefaultHints()},
	}
}

// yes is the answer that lets a call with these arguments through.
func yes(s host.Scope, arguments string) host.Approve {
	return host.Approve{Scope: s, Hash: host.HashArguments(json.RawMessage(arguments))}
}

func collision(call host.CallID, servers ...string) host.Collision {
	c := host.Collision{
		Name: "search", Call: call, Arguments: json.RawMessage(`{"query":"rent"}`),
		Scopes: []host.Scope{host.Session, host.Always}, Names: catalog.Names{"taken": {{Server: "web", Tool: "taken"}}},
	}
	if call != "" {
		c.Scopes = []host.Scope{host.Once}
	}
	var tools []catalog.Tool
	for _, s := range servers {
		tool := catalog.Tool{
			ID: catalog.ID{Server: s, Tool: "search"}, Description: clean.Foreign("Searches " + s + "."),
			Schema: json.RawMessage(`{"type":"object","properties":{"query":{"type":"string"}}}`),
		}
		tools = append(tools, tool)
		c.Candidates = append(c.Candidates, host.Candidate{Tool: tool, Prefixed: s + "__search", State: host.ServerReady})
	}
	c.Comparison = catalog.Compare(tools)
	return c
}

// wider lets the answer to a call's question settle the name.
func wider(q host.Collision) host.Collision {
	q.Scopes = append(q.Scopes, host.Session, host.Always)
	return q
}

// keys presses several keys, and gives what the last one came to.
func (p *person) keys(keys string) (answer host.Answer, note string) {
	p.t.Helper()
	for key := range strings.FieldsSeq(keys) {
		out := p.press(key)
		note = out.Note
		if a, ok := out.Op.(host.AnswerQuestion); ok {
			answer = a.Answer
		}
	}
	return answer, note
}

func (p *person) expect(texts ...string) {
	p.t.Helper()
	s := p.look()
	for _, text := range texts {
		if !strings.Contains(s, text) {
			p.t.Errorf("%q is not on the screen:\n%s", text, s)
		}
	}
}
