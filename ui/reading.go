package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// scrolls takes the keys that scroll at any time.
func (m *Model) scrolls(key string) bool {
	switch key {
	case "pgup":
		m.scrollPages(-1)
	case "pgdown":
		m.scrollPages(1)
	case "shift+pgup":
		m.scrollPages(-0.5)
	case "shift+pgdown":
		m.scrollPages(0.5)
	default:
		return false
	}
	return true
}

// scrollPages scrolls the overlay, or else the conversation.
func (m *Model) scrollPages(pages float64) {
	if m.overlay == helpOverlay {
		m.overlayTop += int(pages * float64(m.plan.talk.h-1))
		return
	}
	m.talk.ScrollPages(pages)
}

// selecting tells whether something in the conversation is selected.
func (m *Model) selecting() bool {
	_, ok := m.talk.Selected()
	return ok
}

// unfold opens what is selected, or all calls where that has nothing to open.
func (m *Model) unfold() {
	if !m.talk.ToggleSelected() {
		m.talk.ToggleAll()
	}
}

// toggleMouse gives the mouse back to the terminal, so that text can be selected
// with it, or takes it again. Without the mouse many terminals turn the wheel into
// arrow keys, which would recall prompts; that is turned off as well.
func (m *Model) toggleMouse() tea.Cmd {
	m.noMouse = !m.noMouse
	if m.noMouse {
		m.say("the mouse selects text now: f9 gives the wheel back")
		return tea.Raw(ansi.ResetMode(ansi.DECMode(1007)))
	}
	m.say("the wheel scrolls again")
	return tea.Raw(ansi.SetMode(ansi.DECMode(1007)))
}
