package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
)

// setFocus gives the keys to one part and takes them from the others.
func (m *Model) setFocus(f focus) {
	if f == onTray && !m.tray.Focus(m.now()) {
		f = onComposer
	}
	if f != onTray {
		m.tray.Blur()
	}
	if f != onSheet && m.overlay == sheetOverlay {
		m.closeOverlay()
	}
	if f == onServers {
		m.pane.Focus()
	} else {
		m.pane.Blur()
		if m.overlay == inspectorOverlay {
			m.closeOverlay()
		}
	}
	if f == onComposer {
		m.composer.Focus()
	} else {
		m.composer.Blur()
	}
	m.focus = f
}

func (m *Model) toggleTray() {
	switch {
	case m.focus == onTray:
		m.setFocus(onComposer)
	case m.tray.Len() == 0:
		m.say("nothing waits for you")
	default:
		m.closeOverlay()
		m.setFocus(onTray)
	}
}

func (m *Model) toggleServers() {
	if m.focus == onServers {
		m.setFocus(onComposer)
		return
	}
	m.setFocus(onServers)
}

// toggle opens an overlay, or closes it.
func (m *Model) toggle(o overlay) {
	if m.overlay == o {
		o = noOverlay
	}
	m.closeOverlay()
	m.overlay, m.overlayTop = o, 0
}

// back is what Esc does: one step back, whatever the last step was.
func (m *Model) back() {
	switch {
	case m.overlay == sheetOverlay:
		m.setFocus(onComposer)
	case m.overlay != noOverlay:
		m.closeOverlay()
	case m.focus == onServers:
		m.setFocus(onComposer)
	case m.selecting():
		m.talk.ClearSelection()
	case m.turn.running:
		m.stop()
	}
}

// stop asks the host to end the turn.
func (m *Model) stop() {
	m.do(host.Cancel{})
	m.turn.stop(m.now())
}

// interrupt is what ctrl+c does: clear the draft, else stop the turn, else quit at
// the second press.
func (m *Model) interrupt() tea.Cmd {
	now := m.now()
	switch {
	case now.Before(m.quitBy):
		return tea.Quit
	case !m.composer.Empty():
		m.composer.Clear()
		m.say("draft cleared: up brings it back")
	case m.turn.running:
		m.stop()
		m.offerQuit(now)
	default:
		m.offerQuit(now)
	}
	return nil
}

// offerQuit has another ctrl+c quit, for as long as it says so.
func (m *Model) offerQuit(now time.Time) {
	m.quitBy = now.Add(quitTime)
	m.note = note{"ctrl+c again quits", m.quitBy}
}

// mouse takes the wheel and clicks. A click moves the focus and never answers.
func (m *Model) mouse(msg tea.MouseMsg) {
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		m.wheel(at)
	case tea.MouseClickMsg:
		m.click(at)
	}
}

// wheelLines is how far one notch of the wheel scrolls.
const wheelLines = 3

func (m *Model) wheel(at tea.Mouse) {
	lines := wheelLines
	if at.Button == tea.MouseWheelUp {
		lines = -lines
	}
	switch {
	case at.Button != tea.MouseWheelUp && at.Button != tea.MouseWheelDown:
	case m.plan.tray.contains(at.X, at.Y):
		m.tray.Scroll(lines)
	case m.overlay == inspectorOverlay:
		m.inspector.Scroll(lines)
	case m.overlay == sheetOverlay:
		m.sheet.Scroll(lines)
	case m.overlay != noOverlay:
		m.overlayTop += lines
	default:
		m.talk.ScrollLines(lines)
	}
}

func (m *Model) click(at tea.Mouse) {
	switch {
	case at.Button != tea.MouseLeft:
	case m.plan.composer.contains(at.X, at.Y):
		m.setFocus(onComposer)
	case m.plan.tray.contains(at.X, at.Y):
		m.setFocus(onTray)
	case m.plan.pane.contains(at.X, at.Y):
		r := m.plan.pane
		if name := m.pane.At(at.Y-r.y, r.w, r.h, m.now()); name != "" {
			m.setFocus(onServers)
			m.pane.Choose(name)
			if m.overlay == inspectorOverlay {
				m.look()
			}
		}
	}
}
