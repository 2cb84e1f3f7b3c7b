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
	if !s.Stderr.Empty() {
		lines = append(lines, p.printed("what it printed last (stderr)", s.Stderr, w)...)
	}
	if !s.Stdout.Empty() {
		lines = append(lines, p.printed("on stdout, where only protocol belongs: "+amount.Count(s.Noise, "line"), s.Stdout, w)...)
	}
	return lines
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
	if as := runsAs(s); as != "" {
		facts = append(facts, [2]string{"runs as", as})
	}
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

// runsAs is where a server lives; "" when it lives nowhere.
func runsAs(s host.ServerStatus) string {
	switch {
	case s.PID != 0 && s.Builtin:
		return fmt.Sprintf("process %d, built in", s.PID)
	case s.PID != 0:
		return fmt.Sprintf("process %d", s.PID)
	case s.State.Callable():
		return "somebody else's process, reached by its URL"
	}
	return ""
}

// printed is what a server printed last, under a heading.
func (p *Pane) printed(heading string, text clean.Text, w int) []string {
	lines := []string{""}
	for _, l := range cells.Wrap(heading, w) {
		lines = append(lines, p.theme.Muted.Render(l))
	}
	for _, l := range strings.Split(strings.TrimRight(text.Block(), "\n"), "\n") {
		for _, part := range cells.Chop(l, w-2) {
			lines = append(lines, p.theme.Faint.Render("│ ")+part)
		}
	}
	return lines
}
