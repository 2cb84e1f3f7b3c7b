package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
)

// sessionCommands are those about what is recorded.
func sessionCommands() []command {
	return []command{
		{name: "resume", args: "[WORDS]", help: "go on with another session", run: func(m *Model, words string) tea.Cmd { return m.openSheet("resume", words) }},
		{name: "undo", help: "take the last turn off", run: (*Model).undoCommand},
		{name: "retry", help: "send the last prompt again", run: (*Model).retryCommand},
		{name: "edit", help: "say something earlier differently, in a branch", run: func(m *Model, _ string) tea.Cmd { return m.openSheet("edit", "") }},
		{name: "export", args: "FILE", help: "write the session to a file: .md, .json or .txt", run: (*Model).exportCommand},
	}
}

func (m *Model) undoCommand(string) tea.Cmd {
	m.do(host.Undo{})
	return nil
}

func (m *Model) retryCommand(string) tea.Cmd {
	m.talk.Bottom()
	m.do(host.Retry{})
	return nil
}

func (m *Model) exportCommand(path string) tea.Cmd {
	if path == "" {
		m.say("say where: /export FILE.md, .json or .txt")
		return nil
	}
	m.do(host.ExportSession{Path: path})
	return nil
}

// Session is the recorded session on the screen; "" for none.
func (m *Model) Session() string { return m.session }

// applySession takes what the host tells of sessions.
func (m *Model) applySession(e host.Event) {
	switch e := e.(type) {
	case host.SessionBegan:
		m.session = e.ID
		if e.Parent != "" {
			m.say("a branch: " + clean.Line(e.Parent) + " stays as it was")
		}
	case host.SessionOpened:
		m.session, m.usage, m.turn = e.ID, e.Usage, turn{}
		m.talk.Restore(e.Past, m.now())
		m.say("session " + clean.Line(e.ID))
	case host.ReplayStood:
		m.replayed = e
	}
}

// pressReplay takes the keys of a replay.
func (m *Model) pressReplay(key string) (cmd tea.Cmd, done bool) {
	if !m.replay || m.focus != onComposer {
		return nil, false
	}
	switch key {
	case "space":
		m.do(host.ControlReplay{Pause: true})
	case "+", "right":
		m.do(host.ControlReplay{Speed: 2})
	case "-", "left":
		m.do(host.ControlReplay{Speed: 0.5})
	case "n", "enter":
		m.do(host.ControlReplay{Skip: true})
	case "q":
		return tea.Quit, true
	default:
		return nil, len(key) == 1 // nothing is typed into a replay
	}
	return nil, true
}

// replayWord says how the replay stands.
func (m *Model) replayWord() string {
	s := m.replayed
	word := fmt.Sprintf("replay ×%g", s.Speed)
	switch {
	case s.Over:
		return "replay over"
	case s.Paused:
		return word + "  paused"
	}
	return word
}

// replayHints are the keys of a replay.
func (m *Model) replayHints() []binding {
	return []binding{{"space", "pause"}, {"+ -", "speed"}, {"n", "next prompt"}, {"q", "end"}}
}
