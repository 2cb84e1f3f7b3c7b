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
	from, to, compact := p.window(h-headRows, w, now)
	if from > 0 {
		add(p.theme.Faint.Render("  ↑ "+amount.Group(from)+" more"), "")
	}
	for _, s := range p.list[from:to] {
		for _, text := range p.rows(s, w, compact, now) {
			add(text, s.Name)
		}
	}
	if rest := len(p.list) - to; rest > 0 {
		// The last server in sight may have left no row for this one.
		p.drawn, p.owner = p.drawn[:min(len(p.drawn), max(0, h-1))], p.owner[:min(len(p.owner), max(0, h-1))]
		add(p.theme.Faint.Render("  ↓ "+amount.Group(rest)+" more"), "")
	}
	for len(p.drawn) < h {
		add("", "")
	}
}

// window is which servers are in sight where there is room for so many rows, and
// whether they have to do with one row each.
func (p *Pane) window(room, w int, now time.Time) (from, to int, compact bool) {
	if len(p.list) <= room && p.fits(room, w, now) {
		return 0, len(p.list), false
	}
	if len(p.list) == 0 || room < 1 {
		return 0, 0, true
	}
	chosen := 0
	if p.focused {
		chosen = max(0, p.index(p.chosen))
	}
	p.top = max(0, min(p.top, chosen))
	for to = p.below(room, w, now); to <= chosen; to = p.below(room, w, now) {
		p.top++
	}
	for p.top > 0 && to == len(p.list) { // no empty rows while there is more above
		p.top--
		if p.below(room, w, now) < len(p.list) {
			p.top++
			break
		}
	}
	return p.top, to, true
}

// fits tells whether every server has all its rows.
func (p *Pane) fits(room, w int, now time.Time) bool {
	used := 0
	for _, s := range p.list {
		if used += len(p.rows(s, w, false, now)); used > room {
			return false
		}
	}
	return true
}

// below is the first server behind those that begin at the top and fit.
func (p *Pane) below(room, w int, now time.Time) int {
	if p.top > 0 {
		room-- // for what is above
	}
	used := 0
	for i, s := range p.list[p.top:] {
		used += len(p.rows(s, w, true, now))
		last := p.top+i == len(p.list)-1
		if used > room || used == room && !last {
			return max(p.top+1, p.top+i)
		}
	}
	return len(p.list)
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
