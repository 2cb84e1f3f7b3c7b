package ui

import (
	"fmt"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// A segment is a piece of the status line. Those with the highest rank are left
// out first where there is no room.
type segment struct {
	text string
	rank int
}

const statusGap = "   "

// status is the bottom line: what goes on, which model answers, what it cost, and
// the keys that work now.
func (m *Model) status(w int, now time.Time) string {
	segments := []segment{
		{m.activity(now), 0},
		{m.modeText(), 0},
		{m.modelName(), m.modelRank()},
		{m.modelWhy(), 8},
		{m.tokens(), 3},
	}
	for i, h := range m.hints() {
		segments = append(segments, segment{m.hint(h), 2 + 2*min(2, i)})
	}
	return strings.Repeat(" ", m.plan.status.x) + fill(segments, w)
}

// fill joins as many segments as fit into w cells and keeps their order.
func fill(segments []segment, w int) string {
	for limit := 9; limit >= 0; limit-- {
		var kept []string
		for _, s := range segments {
			if s.text != "" && s.rank <= limit {
				kept = append(kept, s.text)
			}
		}
		line := strings.Join(kept, statusGap)
		if cells.Width(line) <= w || limit == 0 {
			return cells.Cut(line, w)
		}
	}
	return ""
}

// activity is a note, or what the turn waits for.
func (m *Model) activity(now time.Time) string {
	switch {
	case m.note.text != "" && !m.note.over(now):
		return m.theme.Accent.Render(m.note.text)
	case m.replay:
		return m.theme.Accent.Render(m.replayWord())
	case !m.turn.running:
		return ""
	}
	style := m.theme.Busy
	if len(m.turn.calls) == 0 && len(m.turn.asked) > 0 {
		style = m.theme.Warn
	}
	said := style.Render(m.turn.says(now))
	if m.turn.queued > 0 {
		said += m.theme.Muted.Render(" · " + amount.Group(m.turn.queued) + " queued")
	}
	return said
}

// modelName says who answers. The offline matcher is no model, and says so in the
// colour of warnings.
func (m *Model) modelName() string {
	switch {
	case m.model.Offline:
		return m.theme.Warn.Render("offline · word matcher")
	case m.model.Name == "":
		return m.theme.Faint.Render("no model yet")
	}
	return m.theme.Muted.Render(cells.Cut(clean.Line(m.model.Name), 28))
}

// modelRank has the model's name give way to the keys of what one looks at.
func (m *Model) modelRank() int {
	if m.overlay != noOverlay || m.focus == onServers || m.selecting() {
		return 7
	}
	return 1
}

// modelWhy says why this model answers, while there is nothing more urgent to say.
func (m *Model) modelWhy() string {
	if m.model.Why == "" || m.turn.running {
		return ""
	}
	return m.theme.Faint.Render("(" + clean.Line(m.model.Why) + ")")
}

// windowWarns is the part of the window, in per cent, from which the status line
// says so in the colour of warnings; at 80 the conversation is summed up.
const windowWarns = 70

// tokens are what the session cost, and how full the window is.
func (m *Model) tokens() string {
	if m.usage.Input == 0 && m.usage.Output == 0 {
		return ""
	}
	said := "in " + amount.Short(m.usage.Input) + " out " + amount.Short(m.usage.Output)
	if m.model.Window == 0 || m.fills == 0 {
		return m.theme.Faint.Render(said)
	}
	share := 100 * m.fills / m.model.Window
	style := m.theme.Faint
	if share >= windowWarns {
		style = m.theme.Warn
	}
	return m.theme.Faint.Render(said+" · ") + style.Render(fmt.Sprintf("%d %% of %s", share, amount.Short(m.model.Window)))
}

func (m *Model) hint(b binding) string {
	return m.theme.Key.Render(b.key) + " " + m.theme.Muted.Render(b.does)
}

func lines(n int) string { return amount.Count(n, "line") }
