package ui_test

import (
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/uitest"
)

// sizes are the terminals that every scene is drawn on.
var sizes = []uitest.Size{{Width: 120, Height: 36}, {Width: 80, Height: 24}, {Width: 50, Height: 20}, {Width: 40, Height: 12}}

var large = uitest.Size{Width: 120, Height: 36}

// on runs a test in virtual time on a terminal of that size.
func on(t *testing.T, size uitest.Size, f func(d *uitest.Driver, e *uitest.Engine)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := uitest.NewEngine()
		defer synctest.Wait()
		defer e.Close()
		d := uitest.Start(t, size, e)
		defer d.Quit()
		f(d, e)
	})
}

// server is a built-in server in some state.
func server(name string, state host.ServerState, set ...func(*host.ServerStatus)) host.ServerChanged {
	s := host.ServerStatus{Name: name, State: state, Since: time.Now(), Builtin: true, PID: 4711, Protocol: "2025-11-25"}
	if state == host.ServerReady {
		s.Tools, s.Latency, s.Evidence = 2+len(name)%4, time.Duration(len(name)%3+1)*time.Millisecond, time.Now()
	}
	for _, f := range set {
		f(&s)
	}
	return host.ServerChanged{Server: s}
}

func because(reason string) func(*host.ServerStatus) {
	return func(s *host.ServerStatus) { s.Reason = clean.Foreign(reason) }
}

// builtins are the servers that come with the program.
func builtins(state host.ServerState) []host.Event {
	var all []host.Event
	for _, name := range []string{"calculator", "clock", "files", "notes", "weather"} {
		all = append(all, server(name, state))
	}
	return append(all, host.ModelChosen{Provider: "offline", Name: "word matcher", Why: "no key is set", Offline: true})
}

// asking is a turn that has planned a call of every tool given.
func asking(prompt, says string) []host.Event {
	return []host.Event{
		host.TurnStarted{Turn: 1, Prompt: prompt},
		host.StepStarted{Turn: 1, Step: 1, Tools: 14},
		host.Text{Turn: 1, Text: clean.Foreign(says)},
	}
}

// approval asks for a call of a tool with arguments.
func approval(id host.QuestionID, server, tool, arguments string, set ...func(*host.Approval)) host.Asked {
	a := host.Approval{
		Call: host.CallID("c" + tool), Name: tool, Arguments: json.RawMessage(arguments), Hash: host.HashArguments(json.RawMessage(arguments)),
		Scopes: []host.Scope{host.Once, host.SessionExact, host.Session, host.Always, host.AlwaysMatching},
		State:  host.ServerReady, Risk: host.Risk{Words: "may remove or overwrite things for good", Loud: true},
		Tool: catalog.Tool{ID: catalog.ID{Server: server, Tool: tool}, Hints: catalog.DefaultHints()},
	}
	for _, f := range set {
		f(&a)
	}
	return host.Asked{ID: id, Question: a, At: time.Now()}
}

// called is the same with the call announced first.
func called(id host.QuestionID, server, tool, arguments string, set ...func(*host.Approval)) []host.Event {
	q := approval(id, server, tool, arguments, set...)
	return []host.Event{
		host.CallPlanned{ID: q.Question.(host.Approval).Call, Name: clean.Foreign(tool), Server: server, Tool: tool, Arguments: json.RawMessage(arguments)},
		host.CallDecided{ID: q.Question.(host.Approval).Call, Server: server, Tool: tool, Decision: host.Asking},
		q,
	}
}

func describe(text string) func(*host.Approval) {
	return func(a *host.Approval) { a.Tool.Description = clean.Foreign(text) }
}

func says(text string) func(*host.Approval) {
	return func(a *host.Approval) { a.Says = clean.Foreign(text) }
}

// reading is a call of a server that is trusted to say that it only reads.
func reading(a *host.Approval) {
	a.Tool.Hints = catalog.Hints{ReadOnly: true}
	a.Risk = host.Risk{Words: "only reads", Reads: true}
	a.Trusted = true
}

// adding is a call that adds things, by the word of a server that is trusted.
func adding(a *host.Approval) {
	a.Risk = host.Risk{Words: "adds or changes things"}
	a.Trusted = true
}

// yes is the answer that lets a call with these arguments through once.
func yes(arguments string) host.Answer {
	return host.Approve{Scope: host.Once, Hash: host.HashArguments(json.RawMessage(arguments))}
}

// searchCollision asks who takes the name search.
func searchCollision(id host.QuestionID, call host.CallID) host.Asked {
	c := host.Collision{Name: "search", Call: call, Candidates: []host.Candidate{
		{
			Tool:     catalog.Tool{ID: catalog.ID{Server: "files", Tool: "search"}, Description: clean.Foreign("Finds lines in the files of the folder that hold a text.")},
			Prefixed: "files__search", State: host.ServerReady, P50: 3 * time.Millisecond,
		},
		{
			Tool:     catalog.Tool{ID: catalog.ID{Server: "notes", Tool: "search"}, Description: clean.Foreign("Finds notes by the words in them, newest first.")},
			Prefixed: "notes__search", State: host.ServerReady, P50: 2 * time.Millisecond,
		},
	}}
	c.Comparison = catalog.Compare([]catalog.Tool{c.Candidates[0].Tool, c.Candidates[1].Tool})
	c.Scopes = []host.Scope{host.Session, host.Always}
	if call != "" {
		c.Arguments, c.Scopes = json.RawMessage(`{"query":"rent"}`), []host.Scope{host.Once, host.Session, host.Always}
	}
	return host.Asked{ID: id, Question: c, At: time.Now()}
}
