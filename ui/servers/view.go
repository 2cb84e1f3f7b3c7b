package servers

import (
	"fmt"
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// headRows is how many rows the pane's heading takes.
const headRows = 2

// A line is one row of the pane and the server that it belongs to.
type line struct {
	text   string
	server string
}

// View draws the pane, w cells by h rows. While nothing moves in it, it is drawn
// only after a change.
func (p *Pane) View(w, h int, now time.Time) []string {
	if w <= 0 || h <= 0 {
		return nil
	}
	if size := [2]int{w, h}; p.drawn == nil || p.size != size || p.Animated() {
		p.drawn, p.size = p.draw(w, h, now), size
	}
	return p.drawn
}

func (p *Pane) draw(w, h int, now time.Time) []string {
	rows := make([]string, 0, h)
	for _, l := range p.window(w, h, now) {
		rows = append(rows, cells.Fit(l.text, w))
	}
	for len(rows) < h {
		rows = append(rows, strings.Repeat(" ", w))
	}
	return rows
}

// At names the server that is drawn on a row of the pane; "" for none.
func (p *Pane) At(row, w, h int, now time.Time) string {
	window := p.window(w, h, now)
	if row < 0 || row >= len(window) {
		return ""
	}
	return window[row].server
}

// window is the heading and as many rows as fit, around the chosen server.
func (p *Pane) window(w, h int, now time.Time) []line {
	body := p.lines(w, false, now)
	room := h - headRows
	if len(body) > room {
		body = p.lines(w, true, now)
	}
	head := []line{{text: p.heading()}, {}}
	if len(body) <= room || room < 1 {
		return append(head, body...)[:min(h, len(head)+len(body))]
	}
	p.follow(body, room)
	shown := append(head, body[p.top:p.top+room]...)
	if rest := len(body) - p.top - room; rest > 0 {
		shown[len(shown)-1] = line{text: p.theme.Faint.Render(fmt.Sprintf("  ↓ %s more", amount.Group(rest+1)))}
	}
	return shown
}

// follow moves the window so that the chosen server is in it.
func (p *Pane) follow(body []line, room int) {
	first, last := -1, -1
	for i, l := range body {
		if p.focused && l.server == p.chosen {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	p.top = min(p.top, len(body)-room)
	if first < 0 {
		return
	}
	// One row is kept free for the line that tells how much more there is.
	p.top = max(p.top, min(last+2-room, len(body)-room))
	p.top = max(0, min(p.top, first))
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

// lines is every server's rows; compact leaves out what is not needed.
func (p *Pane) lines(w int, compact bool, now time.Time) []line {
	var out []line
	for _, s := range p.list {
		for _, text := range p.rows(s, w, compact, now) {
			out = append(out, line{text, s.Name})
		}
	}
	return out
}

// rows is one server: its lamp, name and state, then what is known of it.
func (p *Pane) rows(s host.ServerStatus, w int, compact bool, now time.Time) []string {
	rows := []string{p.title(s, w, now)}
	chosen := p.focused && s.Name == p.chosen
	if needsAttention(s.State) && !s.Reason.Empty() {
		return append(rows, p.reason(s, w, chosen)...)
	}
	if facts := facts(s); facts != "" && (!compact || chosen) {
		rows = append(rows, p.theme.Faint.Render("  "+cells.Cut(facts, w-2)))
	}
	return rows
}

func (p *Pane) title(s host.ServerStatus, w int, now time.Time) string {
	name := cells.Fit(clean.Line(s.Name), p.nameWidth(w))
	sign, said := lamp(s.State, now), words(s, now)
	if p.focused && s.Name == p.chosen {
		return p.theme.Selected.Render(cells.Fit(sign+" "+name+"  "+said, w))
	}
	state := tint(p.theme, s.State)
	switch {
	case s.InFlight > 0:
		name = p.theme.Accent.Render(name)
	case s.State == host.ServerDisabled:
		name = p.theme.Faint.Render(name)
	default:
		name = p.theme.Text.Render(name)
	}
	if s.State == host.ServerReady {
		return state.Render(sign) + " " + name + "  " + p.theme.Muted.Render(said)
	}
	return state.Render(sign) + " " + name + "  " + state.Render(said)
}

// nameWidth lines the states up behind the longest name, within reason.
func (p *Pane) nameWidth(w int) int {
	longest := 0
	for _, s := range p.list {
		longest = max(longest, cells.Width(clean.Line(s.Name)))
	}
	return min(longest, max(6, w-16))
}

// reason tells why a server needs attention: two rows of it, all while chosen.
func (p *Pane) reason(s host.ServerStatus, w int, whole bool) []string {
	wrapped := cells.Wrap(s.Reason.Line(), w-2)
	if len(wrapped) > 2 && !whole {
		wrapped = []string{wrapped[0], cells.Cut(wrapped[1], w-3) + "…"}
	}
	for i := range wrapped {
		wrapped[i] = "  " + p.theme.Muted.Render(wrapped[i])
	}
	return wrapped
}

// facts is what is known of a server that works: what it offers, or what it does.
func facts(s host.ServerStatus) string {
	if s.State != host.ServerReady && s.State != host.ServerDegraded {
		return ""
	}
	known := amount.Count(s.Tools, "tool")
	if s.InFlight > 0 {
		known = amount.Count(s.InFlight, "call") + " running"
	}
	if s.Latency > 0 {
		known += " · " + amount.Latency(s.Latency)
	}
	return known
}
