package ui

import (
	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/inspector"
)

// saveResult asks for the result of the selected call, or the last one, as files.
func (m *Model) saveResult(open bool) tea.Cmd {
	id, ok := m.talk.Call()
	if !ok {
		m.say("there is no call to save the result of")
		return nil
	}
	m.do(host.SaveResult{Call: id, Open: open})
	return nil
}

// saved tells where a result is, and opens it if that was the wish.
func (m *Model) saved(e host.ResultSaved) tea.Cmd {
	if len(e.Paths) == 0 {
		return nil
	}
	if e.Open {
		return m.open(inspector.File{Path: e.Paths[0]})
	}
	said := "saved as " + clean.Line(e.Paths[0])
	if n := len(e.Paths) - 1; n > 0 {
		said += " and " + amount.Count(n, "file") + " beside it"
	}
	m.say(said)
	return nil
}
