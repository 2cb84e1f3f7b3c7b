package tray

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// View draws the tray in the size it was given.
func (t *Tray) View(now time.Time) []string {
	e := t.shown()
	if e == nil || t.height <= 0 {
		return nil
	}
	p, w := t.parts(), t.width-indent
	rows := make([]string, 0, t.height)
	add := func(lines []string, n int) { rows = append(rows, cells.Block(lines, n)...) }
	add([]string{t.title(e, w, now)}, p.title)
	add(t.list(p.list, w, now), p.list+p.listGap)
	add(append([]string{e.card.headline(t.theme)}, t.facts()...), p.head)
	add(nil, p.headGap)
	add(t.window(p.body), p.body+p.keysGap)
	add(t.keyLines(w), p.keys)
	rule := t.theme.Faint.Render("▏  ")
	if t.focused {
		rule = t.theme.Warn.Render("▌  ")
	}
	for i := range rows {
		rows[i] = rule + cells.Cut(rows[i], w)
	}
	return rows
}

// title tells how much waits, for how long, how much of it lies out of sight and,
// without the focus, how to get there.
func (t *Tray) title(e *entry, w int, now time.Time) string {
	said := amount.Group(len(t.waiting)) + " waiting for you"
	if t.focused && len(t.waiting) > 1 {
		said = fmt.Sprintf("%d of %d waiting for you", t.current+1, len(t.waiting))
	}
	title := t.theme.Warn.Render(said)
	if !t.focused {
		way := t.hint("ctrl+t", "or") + " " + t.hint("f2", "to answer")
		if cells.Width(title)+2+cells.Width(way) > w {
			way = t.hint("ctrl+t", "answers")
		}
		title += "  " + way
	}
	for _, more := range []string{t.more(), amount.Age(e.waited(now))} {
		if more != "" && cells.Width(title)+2+cells.Width(more) <= w {
			title += "  " + t.theme.Faint.Render(more)
		}
	}
	return title
}

func (t *Tray) more() string {
	if n := t.below(); n > 0 {
		return "↓ " + amount.Count(n, "more line")
	}
	return ""
}

// list names what waits, with a mark at the question that is shown.
func (t *Tray) list(rows, w int, now time.Time) []string {
	if rows <= 0 {
		return nil
	}
	first := max(0, min(t.current-rows+1, len(t.waiting)-rows))
	var out []string
	for i := first; i < first+rows && i < len(t.waiting); i++ {
		e := t.waiting[i]
		line := cells.Cut(fmt.Sprintf("%d  %s", i+1, e.card.summary()), max(8, w-14))
		age := t.theme.Faint.Render("  " + amount.Age(e.waited(now)))
		if i == t.current {
			out = append(out, t.theme.Accent.Render("▸ "+line)+age)
			continue
		}
		out = append(out, "  "+t.theme.Muted.Render(line)+age)
	}
	return out
}

// window is the part of the body that is on the screen.
func (t *Tray) window(rows int) []string {
	lines := t.bodyLines()
	end := min(t.top+rows, len(lines))
	return lines[min(t.top, end):end:end]
}

// keyLines are the keys that work now, wrapped; none without the focus.
func (t *Tray) keyLines(w int) []string {
	e := t.shown()
	switch {
	case !t.focused || e == nil:
		return nil
	case t.asking:
		return []string{
			t.theme.Warn.Render(reasonPrompt) + t.reason.View(),
			t.hint("enter", "denies with this reason") + "   " + t.hint("esc", "back"),
		}
	}
	var hints []string
	for _, c := range e.card.keys() {
		hints = append(hints, t.hint(c.key, c.label))
	}
	if t.turn {
		hints = append(hints, t.hint("x", "stop the turn"))
	}
	if len(t.waiting) > 1 {
		hints = append(hints, t.hint("tab", "next"))
	}
	return flow(append(hints, t.hint("esc", "back")), w)
}

func (t *Tray) hint(key, does string) string {
	return t.theme.Key.Render(key) + " " + t.theme.Muted.Render(does)
}

// flow lays pieces side by side, on as many lines as it takes.
func flow(pieces []string, w int) []string {
	const gap = "   "
	var lines []string
	line := ""
	for _, p := range pieces {
		switch {
		case line == "":
			line = p
		case cells.Width(line)+len(gap)+cells.Width(p) > w:
			lines, line = append(lines, line), p
		default:
			line += gap + p
		}
	}
	return append(lines, strings.TrimRight(line, " "))
}

// reasonPrompt stands before the input for a reason.
const reasonPrompt = "why not? "

// Cursor is where the cursor stands while a reason is written, counted from the
// tray's upper left corner; nil otherwise.
func (t *Tray) Cursor() *tea.Cursor {
	if !t.asking || !t.focused {
		return nil
	}
	c := t.reason.Cursor()
	if c == nil {
		return nil
	}
	p := t.parts()
	c.X += indent + cells.Width(reasonPrompt)
	c.Y += p.rows() - p.keys
	c.Blink = false
	return c
}
