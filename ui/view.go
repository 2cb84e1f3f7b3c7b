package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/ui/cells"
)

// arrange lays the screen out and tells every part its size.
func (m *Model) arrange() {
	if m.width <= 0 || m.height <= 0 {
		return
	}
	x := 0
	if m.width >= paneFrom {
		x = 1 + paneWidth(m.width) + paneGap
	}
	m.composer.Resize(m.width - x)
	m.tray.SetTurn(m.turn.running)
	m.plan = layout(m.width, m.height, demand{
		tray:        m.tray.Want(m.width - x),
		composer:    m.composer.Height(),
		trayFocused: m.focus == onTray,
		trayReading: m.tray.Reading(),
	})
	m.tray.Layout(m.plan.tray.w, m.plan.tray.h)
	m.talk.Resize(m.plan.talk.w, m.plan.talk.h)
	if m.overlay == helpOverlay {
		m.overlayTop = max(0, min(m.overlayTop, m.overlayTop+m.overlayRest()))
	}
}

// View draws the screen from the parts' rows.
func (m *Model) View() tea.View {
	v := tea.NewView(m.content())
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = m.title()
	v.Cursor = m.cursor()
	if !m.noMouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (m *Model) content() string {
	switch {
	case m.width <= 0 || m.height <= 0:
		return ""
	case m.plan.tooSmall:
		return cells.Cut("too small", m.width)
	}
	now := m.now()
	rows := m.main(now)
	if m.plan.pane.h > 0 {
		m.beside(rows, now)
	}
	rows = append(rows, m.status(m.plan.status.w, now))
	return strings.Join(rows, "\n")
}

// main is everything but the pane and the status line, from top to bottom.
func (m *Model) main(now time.Time) []string {
	p := m.plan
	rows := make([]string, 0, m.height)
	if p.strip.h > 0 {
		rows = append(rows, m.pane.Strip(p.strip.w, now))
	}
	rows = append(rows, m.stage(now)...)
	rows = append(rows, cells.Block(m.tray.View(now), p.tray.h)...)
	if p.rule.h > 0 {
		rows = append(rows, m.rule(p.rule.w))
	}
	return append(rows, m.input(p.composer.h)...)
}

// input is the composer's rows; around the cursor when there is no room for all.
func (m *Model) input(h int) []string {
	rows := m.composer.View()
	if len(rows) <= h {
		return cells.Block(rows, h)
	}
	top := m.inputTop(h)
	return rows[top : top+h]
}

// inputTop is the first of the composer's rows on the screen.
func (m *Model) inputTop(h int) int {
	rows := m.composer.Height()
	if c := m.composer.Cursor(); c != nil && rows > h {
		return max(0, min(c.Y-h+1, rows-h))
	}
	return 0
}

// stage is the conversation, or what has taken its place.
func (m *Model) stage(now time.Time) []string {
	r := m.plan.talk
	switch {
	case m.overlay == inspectorOverlay:
		return indent(m.inspector.View(r.w-1, r.h, now))
	case m.overlay == sheetOverlay:
		return indent(m.sheet.View(r.w-1, r.h, now))
	case m.overlay == helpOverlay:
		lines := indent(m.help(r.w-1, r.h))
		return cells.Block(lines[min(m.overlayTop, len(lines)):], r.h)
	case m.focus == onServers && m.plan.pane.h == 0:
		return cells.Block(m.pane.View(r.w, r.h, now), r.h)
	}
	return cells.Block(m.talk.View(), r.h)
}

// indent sets lines apart from what is on the left of them.
func indent(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = " " + l
	}
	return out
}

// overlayRest is how many lines of the help lie below the screen.
func (m *Model) overlayRest() int {
	return len(m.help(m.plan.talk.w-1, m.plan.talk.h)) - m.overlayTop - m.plan.talk.h
}

// rule divides what was said from what is being typed. While the conversation is
// scrolled up it tells how much lies below.
func (m *Model) rule(w int) string {
	below := m.talk.Below()
	if m.talk.Following() || below <= 0 || m.overlay != noOverlay {
		return m.theme.Faint.Render(strings.Repeat("─", w))
	}
	said := " ↓ " + lines(below) + " below "
	drawn := m.theme.Faint.Render("──") + m.theme.Accent.Render(said)
	if m.focus == onComposer && m.composer.Empty() {
		drawn += "  " + m.hint(binding{"end", "jumps there"}) + " "
	}
	return cells.Cut(drawn+m.theme.Faint.Render(strings.Repeat("─", max(0, w-cells.Width(drawn)))), w)
}

// beside puts the pane to the left of the rows. It stands on the left because its
// width is known: free text to the left of it could push it about.
func (m *Model) beside(rows []string, now time.Time) {
	r := m.plan.pane
	gap := m.theme.Faint.Render(" │ ")
	for i, side := range m.pane.View(r.w, r.h, now) {
		rows[i] = " " + side + gap + rows[i]
	}
}

// cursor is the terminal's own cursor, where text goes; nil hides it.
func (m *Model) cursor() *tea.Cursor {
	if m.plan.tooSmall {
		return nil
	}
	if c := m.tray.Cursor(); c != nil {
		c.X, c.Y = c.X+m.plan.tray.x, c.Y+m.plan.tray.y
		return c
	}
	if m.inspecting() {
		x, y, ok := m.inspector.Cursor()
		if !ok {
			return nil
		}
		return tea.NewCursor(m.plan.talk.x+1+x, m.plan.talk.y+y)
	}
	if m.focus == onSheet {
		x, y, ok := m.sheet.Cursor()
		if !ok {
			return nil
		}
		return tea.NewCursor(m.plan.talk.x+1+x, m.plan.talk.y+y)
	}
	c := m.composer.Cursor()
	if m.focus != onComposer || c == nil {
		return nil
	}
	c.X += m.plan.composer.x
	c.Y += m.plan.composer.y - m.inputTop(m.plan.composer.h)
	return c
}

// title is the window's, in our own words alone.
func (m *Model) title() string {
	switch {
	case m.tray.Len() > 0:
		return "▲ switchboard: waiting for you"
	case m.turn.running:
		return "● switchboard: working"
	}
	return "switchboard"
}
