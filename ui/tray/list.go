package tray

import (
	"fmt"
	"time"

	"charm.land/lipgloss/v2"

	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/servers"
)

// list names what waits, with a mark at the question that is shown.
func (t *Tray) list(rows, w int, now time.Time) []string {
	if rows <= 0 {
		return nil
	}
	first := max(0, min(t.current-rows+1, len(t.waiting)-rows))
	column := 0
	for i := first; i < first+rows && i < len(t.waiting); i++ {
		column = max(column, cells.Width(t.waiting[i].card.summary()))
	}
	var out []string
	for i := first; i < first+rows && i < len(t.waiting); i++ {
		out = append(out, t.row(i, min(column, w/2), w, now))
	}
	return out
}

// row is one question of the list: whose, how its server is, what it may do, and
// for how long it has waited.
func (t *Tray) row(i, column, w int, now time.Time) string {
	e := t.waiting[i]
	mark, name := "  ", t.theme.Muted
	if i == t.current {
		mark, name = t.theme.Accent.Render("▸ "), t.theme.Accent
	}
	age := t.theme.Faint.Render("  " + amount.Age(e.waited(now)))
	line := mark + name.Render(fmt.Sprint(i+1)) + " "
	room := w - cells.Width(line) - cells.Width(age)
	if c, ok := e.card.(caller); ok {
		return line + cells.Cut(t.call(c, e.card.summary(), name.Render, column), room) + age
	}
	return line + name.Render(cells.Cut(e.card.summary(), room)) + age
}

// call is a call in the list: lamp, tool and risk.
func (t *Tray) call(c caller, summary string, style func(...string) string, column int) string {
	words, loud := c.risk()
	return t.lamp(c) + " " + style(cells.Fit(summary, column)) + "  " + tone(t.theme, loud).Render(words)
}

// lamp is that of a card's server as it is now.
func (t *Tray) lamp(c caller) string {
	sign, _ := servers.Lamp(t.theme, t.states[c.server()])
	return sign
}

// headline is the card's own, behind the lamp of its server.
func (t *Tray) headline(e *entry) string {
	if c, ok := e.card.(caller); ok {
		return t.lamp(c) + " " + e.card.headline(t.theme)
	}
	return e.card.headline(t.theme)
}

// tone is the colour of a risk.
func tone(th theme.Theme, loud bool) lipgloss.Style {
	if loud {
		return th.Warn
	}
	return th.Muted
}
