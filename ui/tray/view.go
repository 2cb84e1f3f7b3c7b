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
	add(append([]string{t.headline(e)}, t.facts()...), p.head)
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

// window is the part of the body that is on the screen.
func (t *Tray) window(rows int) []string {
	lines, _ := t.face(t.width - indent)
	top := min(t.sight().top, len(lines))
	end := min(top+rows, len(lines))
	return lines[top:end:end]
}

// narrow is the width below which the keys may take one row more.
const narrow = 70

// A hint is a key and what it does.
type hint struct{ key, does string }

func (h hint) width() int { return cells.Width(h.key) + 1 + cells.Width(h.does) }

// keyRows are the keys that work now, in rows of w cells; none without the focus.
// Where they would take many rows, those that are used less are left out.
func (t *Tray) keyRows(w int) [][]hint {
	if !t.focused || t.shown() == nil {
		return nil
	}
	few := 2
	if w < narrow {
		few = 3
	}
	keys := t.keys()
	rows := flow(t.hints(keys, 2), w)
	for rank := 1; rank >= 0 && len(rows) > few && !t.allKeys; rank-- {
		rows = flow(t.hints(keys, rank), w)
	}
	return rows
}

// hints name the keys up to a rank; the way to the others where some are left out.
func (t *Tray) hints(keys []choice, rank int) []hint {
	var hints []hint
	for _, c := range keys {
		if c.rank <= rank {
			hints = append(hints, hint{c.key, c.label})
		}
	}
	switch {
	case t.panel != nil:
	case len(hints) < len(keys):
		hints = append(hints, hint{"?", "more"})
	case len(t.waiting) > 1:
		hints = append(hints, hint{"tab", "next"})
	}
	return append(hints, hint{"esc", "back"})
}

// hintGap is the space between two hints.
const hintGap = 3

// flow lays hints side by side, on as many rows as it takes.
func flow(hints []hint, w int) [][]hint {
	var rows [][]hint
	used := 0
	for _, h := range hints {
		n := h.width()
		if rows == nil || used+hintGap+n > w {
			rows, used = append(rows, []hint{h}), n
			continue
		}
		last := len(rows) - 1
		rows[last], used = append(rows[last], h), used+hintGap+n
	}
	return rows
}

func (t *Tray) keyLines(w int) []string {
	var lines []string
	for _, row := range t.keyRows(w) {
		said := make([]string, len(row))
		for i, h := range row {
			said[i] = t.hint(h.key, h.does)
		}
		lines = append(lines, strings.Join(said, strings.Repeat(" ", hintGap)))
	}
	return lines
}

func (t *Tray) hint(key, does string) string {
	return t.theme.Key.Render(key) + " " + t.theme.Muted.Render(does)
}

// Cursor is where the cursor stands while something is typed, counted from the
// tray's upper left corner; nil otherwise.
func (t *Tray) Cursor() *tea.Cursor {
	if t.panel == nil || !t.focused || t.height <= 0 {
		return nil
	}
	row, column := t.panel.at()
	p := t.parts()
	row -= t.panelSight.top
	if column < 0 || row < 0 || row >= p.body {
		return nil
	}
	c := tea.NewCursor(indent+min(column, t.width-indent-1), p.title+p.list+p.listGap+p.head+p.headGap+row)
	c.Blink = false
	return c
}
