package servers

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// nameLengths are tried in turn until the strip fits.
var nameLengths = [...]int{24, 12, 8, 6, 5, 4, 3, 0}

// Strip draws all lamps on one line of at most w cells: names as long as there
// is room for, then lamps alone, then a count for each state.
func (p *Pane) Strip(w int, now time.Time) string {
	if len(p.list) == 0 {
		return cells.Cut(p.theme.Faint.Render("no servers"), w)
	}
	for _, length := range nameLengths {
		if s := p.strip(length, now); cells.Width(s) <= w {
			return s
		}
	}
	return cells.Cut(p.tally(now), w)
}

func (p *Pane) strip(length int, now time.Time) string {
	marks := make([]string, len(p.list))
	for i, s := range p.list {
		marks[i] = p.mark(s, length, now)
	}
	gap := "  "
	if length == 0 {
		gap = " "
	}
	return strings.Join(marks, gap)
}

// mark is one server in the strip. With room to spare a start tells its time.
func (p *Pane) mark(s host.ServerStatus, length int, now time.Time) string {
	sign := tint(p.theme, s.State).Render(lamp(s.State, now))
	if length == 0 {
		return sign
	}
	name := ansi.Truncate(clean.Line(s.Name), length, "")
	style := p.theme.Muted
	switch {
	case busy(s):
		style = p.theme.Accent
	case s.State != host.ServerReady:
		style = tint(p.theme, s.State)
	}
	gap := " "
	if busy(s) {
		gap = p.theme.Accent.Render("▸") // the route, also without colour
	}
	mark := sign + gap + style.Render(name)
	if s.State == host.ServerStarting && length == nameLengths[0] {
		mark += " " + p.theme.Faint.Render(amount.Elapsed(now.Sub(s.Since)))
	}
	return mark
}

// tally counts the servers of each state, for when there are more servers than
// cells.
func (p *Pane) tally(now time.Time) string {
	var counts []string
	last := host.ServerState("")
	for _, s := range p.list {
		if s.State == last {
			continue
		}
		last = s.State
		counts = append(counts, tint(p.theme, s.State).Render(fmt.Sprintf("%s%d", lamp(s.State, now), p.count(s.State))))
	}
	return strings.Join(counts, " ")
}
