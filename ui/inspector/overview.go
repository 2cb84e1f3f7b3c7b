package inspector

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/servers"
)

// An overview is what one wants to know first: what is wrong, how the server is,
// what it runs as, what it said of itself and how it came here.
type overview struct {
	reader
	*subject
	page page
}

func (o *overview) refresh()                      {}
func (o *overview) back() bool                    { return false }
func (o *overview) press(key, text string) Action { o.page.press(key); return Action{} }

func (o *overview) keys() []Key {
	if o.page.below() > 0 {
		return []Key{{"pgdn", "more"}}
	}
	return nil
}

func (o *overview) view(w, h int, now time.Time) []string {
	s := &sheet{theme: o.theme, w: w}
	if broken(o.data.Status.State) {
		failureCard(s, o.data, o.controls(), now)
	}
	o.health(s, now)
	o.running(s, now)
	o.history(s, now)
	o.process(s, now)
	o.launch(s)
	o.handshake(s)
	o.printed(s)
	o.page.lines = s.lines
	return o.page.view(h)
}

// health is the evidence: what is known, and how old it is.
func (o *overview) health(s *sheet, now time.Time) {
	st := o.data.Status
	s.gap()
	if !broken(st.State) && !st.Reason.Empty() {
		s.prose(o.theme.Warn.Render(st.Reason.Block()))
	}
	s.fact("proof", proof(st, now))
	if !st.RetryAt.IsZero() {
		s.fact("next try", "in "+amount.Age(st.RetryAt.Sub(now)+time.Second-1))
	}
	s.fact("latency", latencies(st))
	if st.State.Callable() || st.Tools > 0 {
		s.fact("offers", o.offers(now))
	}
}

// proof is when the server last showed that it lives.
func proof(s host.ServerStatus, now time.Time) string {
	said := "none so far"
	if !s.Evidence.IsZero() {
		said = "it answered " + amount.Age(now.Sub(s.Evidence)) + " ago"
	}
	if s.Misses > 0 {
		said += ", and not to the last " + amount.Count(s.Misses, "probe")
	}
	return said
}

func latencies(s host.ServerStatus) string {
	var said []string
	if s.P50 > 0 {
		said = append(said, "p50 "+amount.Latency(s.P50))
	}
	if s.Latency > 0 {
		said = append(said, "last "+amount.Latency(s.Latency))
	}
	if line := servers.Sparkline(s.Latencies, 32); line != "" {
		said = append(said, line)
	}
	return strings.Join(said, "  ")
}

func (o *overview) offers(now time.Time) string {
	said := amount.Count(o.data.Status.Tools, "tool")
	if n := len(o.data.Resources) + len(o.data.Templates); n > 0 {
		said += ", " + amount.Count(n, "resource")
	}
	if n := len(o.data.Prompts); n > 0 {
		said += ", " + amount.Count(n, "prompt")
	}
	if at := o.data.Status.Listed; !at.IsZero() {
		said += "; listed " + amount.Age(now.Sub(at)) + " ago"
	}
	if d := o.data.Status.Delta; d != "" {
		said += " (" + clean.Line(d) + ")"
	}
	return said
}

// running lists the calls under way.
func (o *overview) running(s *sheet, now time.Time) {
	s.gap()
	name := "running"
	for _, c := range o.data.Status.Running {
		s.fact(name, servers.Running(c, now, max(12, s.w-labelWidth-1)))
		name = ""
	}
}

// process is what the server takes of the machine.
func (o *overview) process(s *sheet, now time.Time) {
	st, p := o.data.Status, o.data.Process
	s.heading("process")
	s.fact("runs as", runsAs(st))
	if at := upSince(o.data); !at.IsZero() {
		s.fact("up", amount.Age(now.Sub(at)))
	}
	s.fact("restarts", fmt.Sprint(st.Restarts))
	if p.At.IsZero() {
		return
	}
	s.fact("memory", amount.Bytes(int(p.RSS))+" in "+processes(p.Processes))
	s.fact("processor", fmt.Sprintf("%.0f %% of a core, %s so far", p.Share*100, amount.Elapsed(p.CPU)))
}

func processes(n int) string {
	if n == 1 {
		return "1 process"
	}
	return amount.Group(n) + " processes"
}

// runsAs is where a server lives.
func runsAs(s host.ServerStatus) string {
	switch {
	case s.PID != 0 && s.Builtin:
		return fmt.Sprintf("process %d, built in", s.PID)
	case s.PID != 0:
		return fmt.Sprintf("process %d", s.PID)
	case s.State.Callable():
		return "somebody else's process, reached by its URL"
	}
	return "nothing at the moment"
}

// upSince is when the server became callable; zero when it is not.
func upSince(i host.Inspection) time.Time {
	if !i.Status.State.Callable() {
		return time.Time{}
	}
	at := i.Status.Since
	for _, c := range slices.Backward(i.History) {
		if !c.State.Callable() {
			break
		}
		at = c.At
	}
	return at
}

// printed is what the server printed last; a failure card has told it already.
func (o *overview) printed(s *sheet) {
	st := o.data.Status
	if !st.Stderr.Empty() && !broken(st.State) {
		s.heading("what it printed last (stderr)")
		s.quoted(st.Stderr.Block())
	}
	if !st.Stdout.Empty() {
		s.heading(cells.Cut("on stdout, where only protocol belongs: "+amount.Count(st.Noise, "line"), s.w))
		s.quoted(st.Stdout.Block())
	}
}
