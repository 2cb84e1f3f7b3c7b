package inspector

import (
	"slices"
	"time"

	"switchboard/host"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/servers"
)

// maxHistory is how many of the last changes are shown.
const maxHistory = 40

// history is the server's life, the newest first.
func (o *overview) history(s *sheet, now time.Time) {
	all := o.data.History
	if len(all) == 0 {
		return
	}
	s.heading("history")
	until := now
	for i, c := range slices.Backward(all[max(0, len(all)-maxHistory):]) {
		s.change(c, until.Sub(c.At), i == 0)
		until = c.At
	}
	if older := len(all) - maxHistory; older > 0 {
		s.add(s.theme.Faint.Render("⋮ " + amount.Count(older, "older change")))
	}
}

// change is one step of the timeline: when, into which state, for how long, why.
func (s *sheet) change(c host.ServerChange, lasted time.Duration, first bool) {
	sign, state := servers.Lamp(s.theme, c.State)
	head := s.theme.Faint.Render(c.At.Format("15:04:05")) + " " + sign + " " + cells.Fit(state, 9) + " " +
		s.theme.Muted.Render(cells.Fit(amount.Age(lasted), 11))
	reason, indent := c.Reason.Line(), cells.Width(head)+1
	if reason == "" || s.w-indent >= cells.Width(reason) {
		s.add(cells.Cut(head+" "+s.theme.Muted.Render(reason), s.w))
		return
	}
	s.add(cells.Cut(head, s.w))
	edge := "         " + s.theme.Faint.Render("│")
	if first {
		edge = "          " // nothing came before
	}
	for _, l := range cells.Wrap(reason, max(8, s.w-12)) {
		s.add(edge + " " + s.theme.Muted.Render(l))
	}
}
