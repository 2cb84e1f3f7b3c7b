package servers

import (
	"fmt"
	"strings"
	"time"

	"switchboard/host"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// headRows is how many rows the pane's heading takes.
const headRows = 2

// View draws the pane, w cells by h rows. While nothing moves in it, it is drawn
// only after a change. Only servers in sight are drawn, however many there are.
func (p *Pane) View(w, h int, now time.Time) []string {
	if w <= 0 || h <= 0 {
		return nil
	}
	if size := [2]int{w, h}; p.drawn == nil || p.size != size || p.Animated() || p.Counting(now) {
		p.size = size
		p.draw(w, h, now)
	}
	return p.drawn
}

// At names the server that is drawn on a row of the pane; "" for none.
func (p *Pane) At(row, w, h int, now time.Time) string {
	p.View(w, h, now)
	if row < 0 || row >= len(p.owner) {
		return ""
	}
	return p.owner[row]
}

// draw fills the rows: the heading, then the servers in sight, and how many there
// are above and below.
func (p *Pane) draw(w, h int, now time.Time) {
	p.drawn, p.owner = make([]string, 0, h), make([]string, 0, h)
	add := func(text, server string) {
		if len(p.drawn) < h {
			p.drawn, p.owner = append(p.drawn, cells.Fit(text, w)), append(p.owner, server)
		}
	}
	add(p.heading(), "")
	add("", "")
	from, to, rows := p.window(h-headRows, w, now)
	if from > 0 {
		add(p.theme.Faint.Render("  ↑ "+amount.Group(from)+" more"), "")
	}
	for i := from; i < to; i++ {
		for _, text := range rows.of(i) {
			add(text, p.list[i].Name)
		}
	}
	if rest := len(p.list) - to; rest > 0 {
		// The last server in sight may have left no row for this one.
		kept := min(len(p.drawn), max(0, h-1))
		p.drawn, p.owner = p.drawn[:kept], p.owner[:kept]
		add(p.theme.Faint.Render("  ↓ "+amount.Group(rest)+" more"), "")
	}
	for len(p.drawn) < h {
		add("", "")
	}
}

func (p *Pane) heading() string {
	title := p.theme.Muted
	if p.focused {
		title = p.theme.Accent
	}
	head := title.Render("servers")
	if len(p.list) == 0 {
		return head + p.theme.Faint.Render("  none")
	}
	return head + p.theme.Faint.Render(fmt.Sprintf("  %d of %d ready", p.Ready(), len(p.list)))
}

// rows is one server: its lamp, name and state, then what it does and what is
// known of it. Compact leaves out what is not urgent, unless it is chosen.
func (p *Pane) rows(s host.ServerStatus, w int, compact bool, now time.Time) []string {
	rows := []string{p.title(s, w, now)}
	chosen := p.focused && s.Name == p.chosen
	if needsAttention(s.State) && !s.Reason.Empty() {
		rows = append(rows, p.reason(s, w, chosen, compact)...)
	}
	rows = append(rows, p.running(s, w, chosen || !compact, now)...)
	if compact && !chosen {
		return rows
	}
	if known := p.facts(s, w-2, now); known != "" {
		rows = append(rows, p.theme.Faint.Render("  "+known))
	}
	return rows
}

// mostRunning is how many calls of one server are shown at most.
const mostRunning = 3

// running is the calls under way; one of them where there is little room.
func (p *Pane) running(s host.ServerStatus, w int, roomy bool, now time.Time) []string {
	most := 1
	if roomy {
		most = mostRunning
	}
	var rows []string
	for i, c := range s.Running {
		if rest := len(s.Running) - i; i == most-1 && rest > 1 {
			rows = append(rows, p.theme.Busy.Render("  ▸ "+amount.Count(rest, "call")+" running"))
			break
		}
		rows = append(rows, p.theme.Busy.Render("  ▸ "+Running(c, now, w-4)))
	}
	return rows
}

// reason tells why a server needs attention: two rows of it, or one where there is
// little room, and all while it is chosen.
func (p *Pane) reason(s host.ServerStatus, w int, whole, compact bool) []string {
	most := 2
	if compact {
		most = 1
	}
	wrapped := cells.Wrap(s.Reason.Line(), w-2)
	if len(wrapped) > most && !whole {
		wrapped = wrapped[:most]
		wrapped[most-1] = strings.TrimRight(cells.Cut(wrapped[most-1], w-3), "…") + "…"
	}
	for i := range wrapped {
		wrapped[i] = "  " + p.theme.Muted.Render(wrapped[i])
	}
	return wrapped
}
