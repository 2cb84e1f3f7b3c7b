package ui

import (
	"iter"
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/host/near"
	"switchboard/ui/inspector"
	"switchboard/ui/servers"
)

// look opens the inspector on the chosen server.
func (m *Model) look() {
	s, ok := m.pane.Chosen()
	if !ok {
		return
	}
	if m.overlay != inspectorOverlay || m.inspector.Server() != s.Name {
		m.inspector.Open(s)
		m.do(host.Inspect{Server: s.Name})
	}
	m.overlay, m.overlayTop = inspectorOverlay, 0
}

// closeOverlay gives its place back to the conversation.
func (m *Model) closeOverlay() {
	if m.overlay == inspectorOverlay {
		m.do(host.Inspect{})
		m.wanted = ""
	}
	m.leaveSheet()
	m.overlay = noOverlay
}

// known drops the servers that are gone, and the view into one.
func (m *Model) known(e host.ServersKnown) {
	m.pane.Keep(e.Names)
	if m.overlay == inspectorOverlay && !m.pane.Has(m.inspector.Server()) {
		m.say(clean.Line(m.inspector.Server()) + " is gone from the configuration")
		m.closeOverlay()
	}
	for name := range m.trust {
		if !m.pane.Has(name) {
			delete(m.trust, name)
		}
	}
	if m.pane.Len() == 0 && m.focus == onServers {
		m.setFocus(onComposer)
	}
}

// inspecting tells whether the inspector has the keys.
func (m *Model) inspecting() bool { return m.overlay == inspectorOverlay && m.focus == onServers }

// pressInspector hands a key to the inspector and does what comes of it.
func (m *Model) pressInspector(k tea.KeyPressMsg) tea.Cmd {
	if !m.inspector.Typing() {
		switch k.String() {
		case "[":
			m.neighbour(-1)
			return nil
		case "]":
			m.neighbour(1)
			return nil
		case "?":
			m.toggle(helpOverlay)
			return nil
		}
	}
	return m.obey(m.inspector.Press(k))
}

// neighbour looks at the server before or behind the one that is looked at.
func (m *Model) neighbour(n int) {
	m.pane.Move(n)
	m.look()
}

// obey does what a key in the inspector amounts to.
func (m *Model) obey(a inspector.Action) tea.Cmd {
	if a.Op != nil {
		m.do(a.Op)
	}
	if a.Note != "" {
		m.say(a.Note)
	}
	if a.Leave {
		m.back()
	}
	switch {
	case a.Copy != "":
		m.say("copied " + characters(a.Copy))
		return tea.SetClipboard(a.Copy)
	case a.Open.Path != "":
		return m.open(a.Open)
	}
	return nil
}

// opened tells that the person's own program, with a file in it, has ended.
type opened struct {
	file inspector.File
	err  error
}

// closed goes on where the person's own program has ended. What they edited holds at
// once.
func (m *Model) closed(o opened) {
	if o.err != nil {
		m.say("opening the file: " + clean.Line(o.err.Error()))
	}
	if o.file.Edit {
		m.do(host.Reload{Noticed: true})
	}
}

// open shows a file in the person's pager, or edits it in their editor.
func (m *Model) open(f inspector.File) tea.Cmd {
	if m.opener == nil {
		m.say("files cannot be opened here: " + clean.Line(f.Path))
		return nil
	}
	return tea.Exec(m.opener(f.Path, f.Line, f.Edit), func(err error) tea.Msg { return opened{f, err} })
}

// inspected does what waited for the first inspection of a server.
func (m *Model) inspected(e host.ServerInspected) tea.Cmd {
	key := m.wanted
	if key == "" || m.overlay != inspectorOverlay || e.Inspection.Status.Name != m.inspector.Server() {
		return nil
	}
	m.wanted = ""
	return m.obey(m.inspector.Control(key))
}

// serversCommand is /servers, with or without a name behind it.
func (m *Model) serversCommand(name string) tea.Cmd {
	switch {
	case name == "":
		m.setFocus(onServers)
	case !m.pane.Has(name):
		m.say("no server is called " + clean.Line(name) + m.meant(name))
	default:
		m.setFocus(onServers)
		m.pane.Choose(name)
		m.look()
	}
	return nil
}

// meant suggests servers that a misspelt name may have stood for.
func (m *Model) meant(name string) string {
	names := near.Names(strings.ToLower(name), folded(m.pane.Names()), 3)
	if len(names) == 0 {
		return ""
	}
	for i := range names {
		names[i] = clean.Line(names[i])
	}
	return ": did you mean " + strings.Join(names, " or ") + "?"
}

// folded pairs every name with its spelling in small letters.
func folded(names []string) iter.Seq2[string, string] {
	return func(yield func(spelling, name string) bool) {
		for _, n := range names {
			if !yield(strings.ToLower(n), n) {
				return
			}
		}
	}
}

// control does to the chosen server what a key stands for.
func (m *Model) control(key string) tea.Cmd {
	s, ok := m.pane.Chosen()
	if !ok {
		return nil
	}
	switch key {
	case "u", "o", "e":
		return m.lookAnd(key, s)
	}
	if op, ok := servers.Control(key, s); ok {
		m.do(op)
		m.say(servers.Done(op))
	}
	return nil
}

// lookAnd does what needs the inspector: it knows the files, and shows what a
// server would be started as before it is trusted.
func (m *Model) lookAnd(key string, s host.ServerStatus) tea.Cmd {
	m.look()
	switch {
	case key == "u" && s.State == host.ServerUntrusted:
		m.inspector.AskTrust()
	case key == "u":
		m.say(clean.Line(s.Name) + " is trusted already")
	default:
		m.wanted = key // its files come with the first inspection
	}
	return nil
}
