package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// quick is the pace while something moves.
	quick = 100 * time.Millisecond
	// slow is the pace while only a time in whole seconds is shown, or nobody
	// looks.
	slow = time.Second
)

// tick is the one clock of all animations.
type tick struct{}

// pace is how soon the screen looks different by itself; 0 is never.
func (m *Model) pace() time.Duration {
	now := m.now()
	moving := m.turn.running || m.pane.Animated() || m.talk.Animated() || m.tray.Animated(now)
	switch {
	case moving && !m.blurred:
		return quick
	case moving, m.tray.Len() > 0, m.note.text != "", m.pane.Counting(now), m.overlay == inspectorOverlay,
		m.sheet != nil && m.sheet.Animated():
		return slow
	}
	return 0
}

// startClock starts the clock when something moves. It stops by itself, so that
// an idle program never wakes up.
func (m *Model) startClock() tea.Cmd {
	d := m.pace()
	if m.ticking || d == 0 {
		return nil
	}
	m.ticking = true
	return tea.Tick(d, func(time.Time) tea.Msg { return tick{} })
}

// tick moves everything on that moves.
func (m *Model) tick() {
	now := m.now()
	m.ticking = false
	m.talk.Tick(now)
	if m.note.over(now) {
		m.note = note{}
	}
}
