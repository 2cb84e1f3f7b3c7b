package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
)

// A batch is what the host tells at once.
type batch []host.Event

// hostEnded tells that the host's stream of events has ended.
type hostEnded struct{}

// listen waits for the host's next batch.
func (m *Model) listen() tea.Cmd {
	events := m.engine.Events()
	return func() tea.Msg {
		if b, ok := <-events; ok {
			return batch(b)
		}
		return hostEnded{}
	}
}

// Update routes a message to the part that it is for.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.route(msg)
	m.arrange()
	return m, tea.Batch(cmd, m.startClock())
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.resize(msg)
	case drawn:
		m.do(host.Begin{})
		if m.pick {
			return m.openSheet("resume", "")
		}
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.setTheme()
	case tea.FocusMsg:
		m.blurred = false
	case tea.BlurMsg:
		m.blurred = true
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		m.paste(msg.Content)
	case tea.MouseMsg:
		m.mouse(msg)
	case tick:
		m.tick()
	case batch:
		return tea.Batch(m.apply(msg), m.listen())
	case opened:
		m.closed(msg)
	case draftWritten:
		return m.editDraft(msg)
	case draftEdited:
		return m.obeyTray(m.tray.Drafted(msg.of, msg.text, msg.err, m.now()))
	case hostEnded:
		m.say("the host has ended: ctrl+c twice quits")
	}
	return nil
}

// drawn tells that the first frame is on the screen.
type drawn struct{}

// firstFrame is when the first frame has been drawn for sure: the renderer draws
// sixty times a second.
const firstFrame = time.Second / 30

// resize takes a new size. The first one lets the servers start, once there is
// something to see.
func (m *Model) resize(msg tea.WindowSizeMsg) tea.Cmd {
	first := m.width == 0
	m.width, m.height = msg.Width, msg.Height
	if !first || m.width == 0 {
		return nil
	}
	return tea.Tick(firstFrame, func(time.Time) tea.Msg { return drawn{} })
}

// paste goes to where one types, never to a question.
func (m *Model) paste(text string) {
	if m.focus == onTray {
		m.tray.Paste(text, m.now())
		return
	}
	if m.inspecting() && m.inspector.Typing() {
		m.inspector.Paste(text)
		return
	}
	if m.focus == onSheet && m.sheet.Typing() {
		m.sheet.Paste(text)
		return
	}
	m.setFocus(onComposer)
	m.composer.Paste(text)
}

// apply takes a batch of events to the parts.
func (m *Model) apply(events batch) tea.Cmd {
	now := m.now()
	rang := false
	var cmd tea.Cmd
	for _, e := range events {
		m.talk.Apply(e, now)
		m.turn.apply(e, now)
		m.inspector.Apply(e)
		m.tellSheets(e)
		m.applySession(e)
		m.authority(e)
		switch e := e.(type) {
		case host.ModelChosen:
			m.model = e
		case host.ServerChanged:
			m.pane.Apply(e.Server)
			m.tray.SetState(e.Server.Name, e.Server.State)
		case host.ServersKnown:
			m.known(e)
		case host.ServerInspected:
			cmd = tea.Batch(cmd, m.inspected(e))
		case host.WorkflowsKnown:
			m.learn(e)
		case host.WorkflowRefused:
			m.refused(e)
		case host.TurnRecalled:
			m.recalled(e.Prompt)
		case host.ResultSaved:
			cmd = tea.Batch(cmd, m.saved(e))
		case host.Asked:
			m.tray.Ask(e.ID, e.Question, e.At, now)
			m.note = note{} // a question matters more than any note
			rang = true
		case host.Withdrawn:
			m.tray.Withdraw(e.ID, now)
			if e.Why != "" {
				m.say(e.Why)
			}
		case host.UsageReported:
			m.usage, m.fills = e.Session, e.Step.Input+e.Step.Output
		case host.Compacted:
			m.fills = e.After
		case host.Cleared:
			m.fills = 0
		}
	}
	if m.focus == onTray && m.tray.Len() == 0 {
		m.setFocus(onComposer)
	}
	if rang && m.blurred && m.tray.Len() > 0 {
		return tea.Batch(cmd, m.notify())
	}
	return cmd
}

// do hands an op to the host.
func (m *Model) do(op host.Op) { m.engine.Do(op) }

// copySelected puts what is selected in the conversation on the clipboard.
func (m *Model) copySelected() tea.Cmd {
	text, ok := m.talk.Selected()
	if !ok {
		m.say("nothing is selected: shift+up selects")
		return nil
	}
	text = clean.Prose(text)
	m.say("copied " + characters(text))
	return tea.SetClipboard(text)
}
