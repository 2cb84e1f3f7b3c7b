package transcript

import (
	"fmt"
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/transcript/flow"
)

// headline is a call on one line: where it goes, with what, and how it stands.
// The arguments give way first, then the name. It tells whether an error is told
// in full on the line.
func (c *call) headline(p *pen) (line string, told bool) {
	name := c.target()
	word, sgr := c.words(p)
	if reason, ok := c.reason(p.width - flow.Cells(name) - 2); ok {
		word, told = word+": "+reason, true
	}
	room := p.width - flow.Cells(word) - 2
	name = flow.Cut(name, max(room, p.width/2))
	line = c.paintName(p, name)
	room -= flow.Cells(name) + 2
	if summary := summarise(c.arguments); summary != "" && room >= shortest(summary) {
		line += "  " + flow.Paint(p.muted, flow.Cut(summary, room))
	}
	left := p.width - flow.Cells(line) - 2
	if word != "" && left >= 4 {
		line += "  " + flow.Paint(sgr, flow.Cut(word, left))
	}
	return line, told
}

// shortest is how much of the arguments is worth showing, in cells.
func shortest(summary string) int { return min(flow.Cells(summary), 8) }

// paintName sets the tool off from its server.
func (c *call) paintName(p *pen, name string) string {
	server, tool, ok := strings.Cut(name, "/")
	if !ok || c.server == "" {
		return flow.Paint(p.strong, name)
	}
	return flow.Paint(p.muted, server+"/") + flow.Paint(p.strong, tool)
}

// words says how the call stands, without relying on the mark or on colour.
func (c *call) words(p *pen) (word, sgr string) {
	switch c.state {
	case planned:
		return "planned", p.faint
	case waiting:
		return "waiting for you", p.warn
	case running:
		word = "running " + amount.Elapsed(p.now.Sub(c.started))
		if c.progress != "" {
			word += "  " + c.progress
		}
		return word, p.busy
	}
	switch c.outcome {
	case host.Succeeded:
		return took(c.took), p.faint
	case host.Stopped:
		return "stopped", p.warn
	}
	return string(c.outcome), p.bad
}

// took writes a time that is over.
func took(d time.Duration) string {
	if d < 100*time.Millisecond {
		return amount.Latency(d)
	}
	return amount.Elapsed(d)
}

// reason is why the call failed, if one short line says it all and it fits
// behind the name and the outcome.
func (c *call) reason(room int) (string, bool) {
	if !c.failed() || len(c.result) > maxOnLine || strings.Contains(c.result, "\n") {
		return "", false
	}
	reason := clean.Line(c.result)
	word := string(c.outcome)
	reason = strings.TrimPrefix(reason, word+": ")
	if reason == "" || flow.Cells(word+": "+reason) > room {
		return "", false
	}
	return reason, true
}

// progressOf writes a server's report: a share where the total is known.
func progressOf(e host.CallProgress) string {
	var parts []string
	switch {
	case e.Total > 0:
		share := min(max(e.Progress/e.Total, 0), 1)
		parts = append(parts, fmt.Sprintf("%.0f %%", 100*share))
	case e.Progress > 0:
		parts = append(parts, fmt.Sprintf("%.6g", e.Progress))
	}
	if message := clean.Line(clean.Head(e.Message.Raw(), maxOnLine)); message != "" {
		parts = append(parts, message)
	}
	return strings.Join(parts, "  ")
}
