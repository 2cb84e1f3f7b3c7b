package tray

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// maxListed is how many waiting questions are listed above the one shown.
const maxListed = 4

// indent is the rule and the space to the left of everything in the tray.
const indent = 2

// parts are the rows of the tray from top to bottom.
type parts struct {
	title, list, head, keys int
	body                    int
}

// Want is how many rows the tray would like to have at that width; 0 when
// nothing waits.
func (t *Tray) Want(w int) int {
	e := t.shown()
	if e == nil {
		return 0
	}
	body, _ := e.card.body(t.theme, w-indent)
	rows := 1 + 1 + len(e.card.facts(t.theme, w-indent)) + len(body)
	if n := len(t.waiting); n > 1 {
		rows += min(n, maxListed)
	}
	return rows + len(t.keyLines(w-indent))
}

// Layout gives the tray its size. What is on the screen from then on counts as
// seen.
func (t *Tray) Layout(w, h int) {
	if w != t.width {
		for _, e := range t.waiting {
			e.seen = 0 // counted in rows of the old width
		}
	}
	t.width, t.height = w, h
	t.Scroll(0)
}

// split shares the rows out. The headline, the risk, the keys and one row of the
// arguments come before the list and the title.
func (t *Tray) split() parts {
	e := t.shown()
	if e == nil || t.height <= 0 {
		return parts{}
	}
	rest := t.height
	take := func(n int) int {
		n = max(0, min(n, rest))
		rest -= n
		return n
	}
	var p parts
	p.head = take(min(2, 1+len(t.facts())))
	p.keys = take(len(t.keyLines(t.width - indent)))
	p.body = take(1)
	p.title = take(1)
	p.body += take(min(2, t.bodyLen()-1))
	if n := len(t.waiting); n > 1 {
		p.list = take(min(n, maxListed))
	}
	p.head += take(1 + len(t.facts()) - p.head)
	p.body += take(t.bodyLen() - p.body)
	return p
}

func (t *Tray) facts() []string { return t.shown().card.facts(t.theme, t.width-indent) }

func (t *Tray) bodyLines() []string {
	e := t.shown()
	if e == nil || t.width <= indent {
		return nil
	}
	lines, _ := e.card.body(t.theme, t.width-indent)
	return lines
}

func (t *Tray) bodyLen() int  { return len(t.bodyLines()) }
func (t *Tray) bodyRows() int { return t.split().body }

// Scroll moves the card's body and notes what came into sight.
func (t *Tray) Scroll(by int) {
	t.top = max(0, min(t.top+by, t.bodyLen()-t.bodyRows()))
	t.look()
}

// look notes how far down the question has been on the screen without a gap.
func (t *Tray) look() {
	e := t.shown()
	if e == nil || t.height <= 0 {
		return
	}
	if end := t.top + t.bodyRows(); t.top <= e.seen || end >= t.bodyLen() {
		e.seen = max(e.seen, end)
	}
}

// sawAll tells whether everything that a yes would let through has been shown.
func (t *Tray) sawAll(e *entry) bool {
	_, must := e.card.body(t.theme, t.width-indent)
	return e.seen >= must
}

// View draws the tray in the size it was given.
func (t *Tray) View(now time.Time) []string {
	e := t.shown()
	if e == nil || t.height <= 0 {
		return nil
	}
	p, w := t.split(), t.width-indent
	var rows []string
	if p.title > 0 {
		rows = append(rows, t.title(e, now))
	}
	rows = append(rows, t.list(p.list, w, now)...)
	head := append([]string{e.card.headline(t.theme)}, t.facts()...)
	rows = append(rows, head[:p.head]...)
	rows = append(rows, t.window(p.body)...)
	rows = append(rows, t.keyLines(w)[:p.keys]...)
	rule := t.theme.Faint.Render("▏ ")
	if t.focused {
		rule = t.theme.Warn.Render("▌ ")
	}
	for i := range rows {
		rows[i] = rule + cells.Cut(rows[i], w)
	}
	return rows
}

func (t *Tray) title(e *entry, now time.Time) string {
	said := amount.Group(len(t.waiting)) + " waiting for you"
	if t.focused && len(t.waiting) > 1 {
		said = fmt.Sprintf("%d of %d waiting for you", t.current+1, len(t.waiting))
	}
	title := t.theme.Warn.Render(said) + t.theme.Faint.Render("  "+amount.Age(e.waited(now)))
	if t.focused {
		return title
	}
	return title + "  " + t.hint("ctrl+t", "or") + " " + t.hint("F2", "to answer")
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

// window is the part of the body that is on the screen; its last row tells when
// there is more.
func (t *Tray) window(rows int) []string {
	lines := t.bodyLines()
	end := min(t.top+rows, len(lines))
	return lines[min(t.top, end):end]
}

// keyLines are the keys that work now, wrapped; none without the focus.
func (t *Tray) keyLines(w int) []string {
	e := t.shown()
	if !t.focused || e == nil {
		return nil
	}
	if t.asking {
		return []string{
			t.theme.Warn.Render("why not? ") + t.reason.View(),
			t.hint("enter", "denies with this reason") + "   " + t.hint("esc", "back"),
		}
	}
	var hints []string
	for _, c := range e.card.keys() {
		hints = append(hints, t.hint(c.key, c.label))
	}
	hints = append(hints, t.hint("x", "stop the turn"), t.hint("esc", "back"))
	if len(t.waiting) > 1 {
		hints = append(hints, t.hint("tab", "next"))
	}
	return flow(hints, w)
}

func (t *Tray) hint(key, does string) string {
	return t.theme.Key.Render(key) + " " + t.theme.Muted.Render(does)
}

// flow lays pieces side by side, on as many lines as it takes.
func flow(pieces []string, w int) []string {
	var lines []string
	line := ""
	for _, p := range pieces {
		if line != "" && cells.Width(line)+3+cells.Width(p) > w {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += "   "
		}
		line += p
	}
	return append(lines, strings.TrimRight(line, " "))
}

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
	p := t.split()
	c.X += indent + cells.Width("why not? ")
	c.Y += p.title + p.list + p.head + p.body
	c.Blink = false
	return c
}
