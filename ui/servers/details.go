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

// Details tells all that is known of the chosen server, in lines of at most w
// cells; nil when none is chosen.
func (p *Pane) Details(w int, now time.Time) []string {
	s, ok := p.Chosen()
	if !ok || w <= 0 {
		return nil
	}
	style := tint(p.theme, s.State)
	lines := []string{
		p.theme.Strong.Render(cells.Cut(clean.Line(s.Name), w)),
		style.Render(lamp(s.State, now)+" "+string(s.State)) + p.theme.Muted.Render(since(s, now)),
	}
	if !s.Reason.Empty() {
		lines = append(lines, "")
		lines = append(lines, cells.Wrap(s.Reason.Block(), w)...)
	}
	lines = append(lines, "")
	for _, f := range particulars(s, now) {
		lines = append(lines, p.theme.Muted.Render(cells.Fit(f[0], 11))+" "+cells.Cut(f[1], w-12))
	}
	return append(lines, p.stderr(s, w)...)
}

func since(s host.ServerStatus, now time.Time) string {
	if s.Since.IsZero() {
		return ""
	}
	return " for " + amount.Age(now.Sub(s.Since))
}

// particulars are the facts of a server, each with its name.
func particulars(s host.ServerStatus, now time.Time) [][2]string {
	facts := [][2]string{{"tools", fmt.Sprint(s.Tools)}, {"last proof", proof(s, now)}}
	if s.Latency > 0 {
		facts = append(facts, [2]string{"latency", amount.Latency(s.Latency)})
	}
	facts = append(facts, [2]string{"calls", fmt.Sprintf("%d running", s.InFlight)})
	if s.Protocol != "" {
		facts = append(facts, [2]string{"protocol", "MCP " + clean.Line(s.Protocol)})
	}
	facts = append(facts, [2]string{"runs as", runsAs(s)})
	if s.Restarts > 0 {
		facts = append(facts, [2]string{"restarts", fmt.Sprint(s.Restarts)})
	}
	return facts
}

func proof(s host.ServerStatus, now time.Time) string {
	if s.Evidence.IsZero() {
		return "never"
	}
	return amount.Age(now.Sub(s.Evidence)) + " ago"
}

func runsAs(s host.ServerStatus) string {
	switch {
	case s.PID != 0 && s.Builtin:
		return fmt.Sprintf("process %d, built in", s.PID)
	case s.PID != 0:
		return fmt.Sprintf("process %d", s.PID)
	case s.Builtin:
		return "built in, no process now"
	default:
		return "no process of ours"
	}
}

// stderr is what the server printed last, under a heading.
func (p *Pane) stderr(s host.ServerStatus, w int) []string {
	if s.Stderr.Empty() {
		return nil
	}
	lines := []string{"", p.theme.Muted.Render("what it printed last (stderr)")}
	for _, l := range strings.Split(strings.TrimRight(s.Stderr.Block(), "\n"), "\n") {
		for _, part := range cells.Chop(l, w-2) {
			lines = append(lines, p.theme.Faint.Render("│ ")+part)
		}
	}
	return lines
}
