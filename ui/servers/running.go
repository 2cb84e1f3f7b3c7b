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

// Running is a call under way on one line of at most w cells: the tool, how long
// it has taken, and what the server says of its progress.
func Running(c host.RunningCall, now time.Time, w int) string {
	said := clean.Line(c.Tool) + " " + amount.Age(now.Sub(c.Since))
	p := c.Progress
	rest := w - cells.Width(said) - 1
	if p.Total > 0 {
		bar := Bar(p.Done/p.Total, min(8, rest-6))
		said += " " + strings.TrimLeft(bar+" "+percent(p.Done/p.Total), " ")
	} else if p.Done > 0 {
		said += fmt.Sprintf(" %.4g", p.Done)
	}
	if !p.Message.Empty() {
		said += " " + p.Message.Line()
	}
	return cells.Cut(said, w)
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*bounded(share)) }

// bounded keeps what a server claims between nothing and all; what is no number is
// nothing.
func bounded(share float64) float64 {
	if !(share > 0) {
		return 0
	}
	return min(share, 1)
}

// Bar is a bar of w cells that is filled to a share; "" below two cells.
func Bar(share float64, w int) string {
	if w < 2 {
		return ""
	}
	full := int(bounded(share) * float64(w))
	return strings.Repeat("█", full) + strings.Repeat("░", w-full)
}

// For says how long the state has lasted: "for 3 min 1 s"; "" when that is not
// known.
func For(s host.ServerStatus, now time.Time) string {
	if s.Since.IsZero() {
		return ""
	}
	return "for " + amount.Age(now.Sub(s.Since))
}
