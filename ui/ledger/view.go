package ledger

import (
	"fmt"
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// View draws the rows, below them all of the chosen one, and the keys.
func (l *Ledger) View(w, h int, now time.Time) []string {
	lines := []string{l.title(w)}
	if !l.known {
		return cells.Block(append(lines, l.theme.Muted.Render("looking …")), h)
	}
	if l.filter.On() {
		l.row = len(lines)
		lines = append(lines, l.filter.Row(l.theme, amount.Group(len(l.rows.Keys)), amount.Group(len(l.now.Entries)), w))
	}
	below := l.about(w, now)
	below = below[:min(len(below), max(2, h/3))]
	l.page = max(1, h-len(lines)-len(below)-2)
	lines = append(lines, cells.Block(l.list(w, now), l.page)...)
	lines = append(lines, l.theme.Faint.Render(strings.Repeat("─", w)))
	lines = append(lines, below...)
	for i := range lines {
		lines[i] = cells.Cut(lines[i], w)
	}
	return append(cells.Block(lines, h-1), cells.Cut(l.keys(), w))
}

func (l *Ledger) title(w int) string {
	said := l.theme.Muted.Render("  mode ")
	mode := l.theme.Text
	if l.now.Mode == host.ModeAuto {
		mode = l.theme.Warn
	}
	return cells.Cut(l.theme.Strong.Render("grants")+said+mode.Render(string(l.now.Mode)), w)
}

// list is the rows around the chosen one.
func (l *Ledger) list(w int, now time.Time) []string {
	if len(l.rows.Keys) == 0 {
		said := "nothing is allowed or denied: every call asks"
		if l.filter.On() {
			said = "nothing fits"
		}
		return []string{l.theme.Muted.Render(said)}
	}
	from, to := l.rows.Window(l.page)
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, l.entry(l.at[l.rows.Keys[i]], i == l.rows.Chosen, w, now))
	}
	return lines
}

// entry is one entry on a line: what it says, its age and its use.
func (l *Ledger) entry(g host.Grant, chosen bool, w int, now time.Time) string {
	mark, style := "  ", l.tone(g)
	if chosen {
		mark, style = l.theme.Accent.Render("▸ "), l.theme.Accent
	}
	side := age(g.Created, now) + uses(g)
	if g.Void != "" {
		side = "void"
	}
	room := max(10, w-2-24)
	return mark + style.Render(cells.Fit(g.Text.Line(), room)) + "  " + l.theme.Muted.Render(cells.Cut(side, 22))
}

// tone is the colour of an entry: what is void is faint, what stops is loud.
func (l *Ledger) tone(g host.Grant) interface{ Render(...string) string } {
	switch {
	case g.Void != "":
		return l.theme.Faint
	case strings.HasPrefix(g.Text.Raw(), "deny "):
		return l.theme.Bad
	}
	return l.theme.Text
}

// about is all that is known of the chosen entry.
func (l *Ledger) about(w int, now time.Time) []string {
	k, ok := l.rows.Key()
	if !ok {
		return nil
	}
	g := l.at[k]
	var lines []string
	say := func(style interface{ Render(...string) string }, text string) {
		for _, line := range cells.Wrap(text, w) {
			lines = append(lines, style.Render(line))
		}
	}
	say(l.theme.Strong, g.Text.Line())
	if g.Void != "" {
		say(l.theme.Warn, "it does nothing now: "+clean.Line(g.Void))
	}
	from := "from " + g.Origin.Line()
	if !g.Created.IsZero() {
		from += ", " + g.Created.Local().Format("2006-01-02 15:04")
	}
	if !g.Expires.IsZero() {
		from += ", until " + g.Expires.Local().Format(time.DateOnly)
	}
	say(l.theme.Muted, from)
	say(l.theme.Muted, used(g, now))
	return lines
}

// keys are those that work now.
func (l *Ledger) keys() string {
	k, _ := l.rows.Key()
	if l.doubt != "" && l.doubt == k {
		return l.theme.Warn.Render("take this back? ") + l.hint("d", "yes") + "  " + l.hint("esc", "no")
	}
	return strings.Join([]string{l.hint("↑↓", "choose"), l.hint("d", "take back"), l.hint("/", "find"), l.hint("esc", "close")}, "  ")
}

func (l *Ledger) hint(key, does string) string {
	return l.theme.Key.Render(key) + " " + l.theme.Muted.Render(does)
}

// age is how old an entry is, in days; nothing where it is not known.
func age(at, now time.Time) string {
	switch days := int(now.Sub(at).Hours() / 24); {
	case at.IsZero():
		return ""
	case days <= 0:
		return "today"
	default:
		return amount.Count(days, "day")
	}
}

func uses(g host.Grant) string {
	switch {
	case g.Uses == 0:
		return ""
	case g.Created.IsZero():
		return fmt.Sprintf("used %s×", amount.Group(g.Uses))
	}
	return fmt.Sprintf(" · used %s×", amount.Group(g.Uses))
}

func used(g host.Grant, now time.Time) string {
	if g.Uses == 0 {
		return "never used"
	}
	last := ""
	if !g.LastUsed.IsZero() {
		last = ", last " + g.LastUsed.Local().Format("2006-01-02 15:04")
		if age(g.LastUsed, now) == "today" {
			last = ", last at " + g.LastUsed.Local().Format("15:04")
		}
	}
	return "used " + amount.Count(g.Uses, "time") + last
}
