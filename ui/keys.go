package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/ui/tray"
)

// quitTime is how long after ctrl+c another one quits.
const quitTime = 2 * time.Second

// press routes a key: to what works everywhere, then to the part with the focus.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	if cmd, done := m.pressAnywhere(k.String()); done {
		return cmd
	}
	if cmd, done := m.pressReplay(k.String()); done {
		return cmd
	}
	switch m.focus {
	case onTray:
		m.note = note{} // it was about what is done now
		return m.obeyTray(m.tray.Press(k, m.now()))
	case onServers:
		return m.pressServers(k)
	case onSheet:
		return m.pressSheet(k)
	default:
		return m.pressComposer(k)
	}
}

// pressAnywhere takes the keys that mean the same wherever the focus is.
func (m *Model) pressAnywhere(key string) (cmd tea.Cmd, done bool) {
	switch key {
	case "ctrl+c":
		return m.interrupt(), true
	case "ctrl+t", "f2":
		m.toggleTray()
	case "f3":
		m.toggleServers()
	case "f1":
		m.toggle(helpOverlay)
	case "f9":
		return m.toggleMouse(), true
	case "ctrl+z":
		return tea.Suspend, true
	case "ctrl+y":
		return m.copySelected(), true
	case "ctrl+o":
		m.unfold()
	case "ctrl+up":
		m.talk.Select(-1)
	case "ctrl+down":
		m.talk.Select(1)
	default:
		return nil, false
	}
	return nil, true
}

// obeyTray does what a key in the tray amounts to.
func (m *Model) obeyTray(out tray.Outcome) tea.Cmd {
	for _, op := range append([]host.Op{out.Op}, out.More...) {
		if a, answered := op.(host.AnswerQuestion); answered {
			m.turn.apply(host.Withdrawn{ID: a.ID}, m.now()) // it no longer waits for the person
		}
		if op != nil {
			m.do(op)
		}
	}
	if out.Note != "" {
		m.say(out.Note)
	}
	if out.Leave {
		m.setFocus(onComposer)
	}
	if out.Draft.For == 0 {
		return nil
	}
	return m.writeDraft(out.Draft)
}

// pressServers takes a key while the servers have the focus.
func (m *Model) pressServers(k tea.KeyPressMsg) tea.Cmd {
	if m.inspecting() {
		return m.pressInspector(k)
	}
	if m.scrolls(k.String()) {
		return nil
	}
	switch k.String() {
	case "up", "k":
		m.pane.Move(-1)
	case "down", "j":
		m.pane.Move(1)
	case "home", "g":
		m.pane.Move(-m.pane.Len())
	case "end", "G":
		m.pane.Move(m.pane.Len())
	case "enter", "space":
		m.look()
	case "r", "s", "d", "D", "t", "u", "o", "e":
		return m.control(k.String())
	case "?":
		m.toggle(helpOverlay)
	case "esc":
		m.back()
	case "tab", "shift+tab", "q":
		m.setFocus(onComposer)
	}
	return nil
}

// pressComposer takes a key while one types. With an empty draft some keys read
// the conversation instead.
func (m *Model) pressComposer(k tea.KeyPressMsg) tea.Cmd {
	key := k.String()
	if m.scrolls(key) {
		return nil
	}
	if m.composer.Empty() {
		if cmd, done := m.pressEmpty(key); done {
			return cmd
		}
	}
	switch key {
	case "esc":
		if !m.composer.Dismiss() {
			m.back()
		}
		return nil
	case "tab":
		m.composer.Complete()
		return nil
	case "shift+tab":
		return nil
	}
	return m.send(m.composer.Press(k).Send)
}

// pressEmpty takes the keys that mean something else while nothing is typed.
func (m *Model) pressEmpty(key string) (cmd tea.Cmd, done bool) {
	switch key {
	case "?":
		m.toggle(helpOverlay)
	case "tab", "shift+tab":
		m.setFocus(onServers)
	case "up":
		if m.turn.queued == 0 {
			return nil, false
		}
		m.do(host.TakeBack{})
	case "home":
		m.talk.Top()
	case "end":
		m.talk.Bottom()
	case "ctrl+u":
		m.scrollPages(-0.5)
	case "ctrl+d":
		m.scrollPages(0.5)
	case "shift+up":
		m.talk.Select(-1)
	case "shift+down":
		m.talk.Select(1)
	case "y":
		if !m.selecting() {
			return nil, false
		}
		return m.copySelected(), true
	default:
		return nil, false
	}
	return nil, true
}
