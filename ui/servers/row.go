package servers

import (
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

const (
	// old is the age from which evidence tells its age, and a change is no news.
	old = time.Minute
	// least is how many bars a sparkline needs to say anything.
	least = 6
)

// busy tells whether a call is under way.
func busy(s host.ServerStatus) bool { return s.InFlight > 0 || len(s.Running) > 0 }

// title is the lamp, the name and the state. The row of a server in use is lit.
func (p *Pane) title(s host.ServerStatus, w int, now time.Time) string {
	name := cells.Fit(clean.Line(s.Name), p.nameWidth(w))
	sign, said := lamp(s.State, now), words(s, now)
	if p.focused && s.Name == p.chosen {
		return p.theme.Selected.Render(cells.Fit(sign+" "+name+"  "+said, w))
	}
	state := tint(p.theme, s.State)
	switch {
	case busy(s):
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
func (p *Pane) nameWidth(w int) int { return min(p.longest, max(6, w-16)) }

// facts is what is known of a server that works, in w cells: what it offers, how
// fast it is, what has changed, and how old that is.
func (p *Pane) facts(s host.ServerStatus, w int, now time.Time) string {
	if !s.State.Callable() {
		return ""
	}
	known := []string{amount.Count(s.Tools, "tool")}
	if d := delta(s, now); d != "" {
		known[0] = d
	}
	if len(s.Running) == 0 && s.InFlight > 0 {
		known[0] = amount.Count(s.InFlight, "call") + " running"
	}
	if l := latency(s); l != "" {
		known = append(known, l)
	}
	if age := aged(s, now); age != "" {
		known = append(known, age)
	}
	if listed := listAge(s, now); listed != "" {
		known = append(known, listed)
	}
	said := cells.Cut(strings.Join(known, " · "), w)
	if room := w - cells.Width(said) - 1; room >= least {
		if line := Sparkline(s.Latencies, min(room, 16)); line != "" && len(s.Latencies) >= least {
			said += " " + line
		}
	}
	return said
}

// latency is the median of the calls, or what the last answer took.
func latency(s host.ServerStatus) string {
	switch {
	case s.P50 > 0:
		return "p50 " + amount.Latency(s.P50)
	case s.Latency > 0:
		return amount.Latency(s.Latency)
	}
	return ""
}

// delta is how the list of tools has just changed; "" when that is long ago.
func delta(s host.ServerStatus, now time.Time) string {
	if s.Delta == "" || !s.Listed.IsZero() && now.Sub(s.Listed) > old {
		return ""
	}
	return clean.Line(s.Delta)
}

// aged is the age of evidence that has grown old; "" while it is fresh.
func aged(s host.ServerStatus, now time.Time) string {
	age := now.Sub(s.Evidence)
	if !s.State.Callable() || s.Evidence.IsZero() || age < old {
		return ""
	}
	return "seen " + coarse(age) + " ago"
}

// listAge is the age of a list of tools that could not be renewed: the reason of a
// server that answers says so.
func listAge(s host.ServerStatus, now time.Time) string {
	if s.Listed.IsZero() || s.Reason.Empty() || !strings.Contains(s.Reason.Raw(), "list") {
		return ""
	}
	return "list " + coarse(now.Sub(s.Listed)) + " old"
}

// coarse is an age in one unit.
func coarse(d time.Duration) string {
	said := amount.Age(d)
	if fields := strings.Fields(said); len(fields) > 2 {
		return fields[0] + " " + fields[1]
	}
	return said
}
