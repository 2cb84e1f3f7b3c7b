package transcript

import (
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/transcript/flow"
)

// A state is how far a call has come.
type state int

const (
	planned state = iota // the rules have not spoken
	waiting              // for the person
	running
	finished
)

// A form is how much of a call is shown.
type form int

const (
	folded form = iota // one line; a failed call adds its error in short
	open               // arguments, and about a screen of the result
	whole              // everything, as far as one scrolls
)

const (
	errorLines = 4   // of a folded call that failed
	revealed   = 200 // lines more when one scrolls to the end of what is shown
)

// A call is one tool call: a line that says what, where and how it went, and
// unfolds.
type call struct {
	page
	id           host.CallID
	name         string // as the model said it, until the tool is known
	server, tool string
	arguments    []argument

	state    state
	started  time.Time
	progress string // "40 %  copying", from the server
	outcome  host.Outcome
	result   string // as it came
	took     time.Duration

	form   form
	limit  int // lines of the result that are shown
	sheet  sheet
	hidden bool // the last layout did not show all
}

func newCall(e host.CallPlanned) *call {
	return &call{
		id:        e.ID,
		name:      e.Name.Line(),
		server:    clean.Line(e.Server),
		tool:      clean.Line(e.Tool),
		arguments: parseArguments(e.Arguments),
	}
}

// route notes where the call goes, when that was open.
func (c *call) route(server, tool string) {
	if server != "" {
		c.server, c.tool = clean.Line(server), clean.Line(tool)
	}
	c.forget()
}

func (c *call) decided(d host.Decision) {
	if d == host.Asking {
		c.state = waiting
	}
}

func (c *call) start(now time.Time) {
	c.state, c.started = running, now
}

func (c *call) report(e host.CallProgress) {
	c.progress = progressOf(e)
	c.forget()
}

func (c *call) finish(e host.CallFinished) {
	c.state, c.outcome, c.took = finished, e.Outcome, e.Took
	c.result = strings.TrimRight(e.Text.Raw(), " \r\n")
	c.forget()
}

// failed tells whether the person should read why.
func (c *call) failed() bool {
	return c.state == finished && c.outcome != host.Succeeded && c.outcome != host.Stopped
}

// target names the tool and its server.
func (c *call) target() string {
	if c.server == "" {
		return c.name
	}
	return c.server + "/" + c.tool
}

func (c *call) layout(p *pen) {
	if c.fresh(p) {
		return
	}
	head, told := c.headline(p)
	c.lines = []string{head}
	c.hidden = false
	switch {
	case c.form != folded:
		c.lines = append(c.lines, c.details(p)...)
	case c.failed() && !told:
		c.lines = append(c.lines, c.resultLines(p, errorLines)...)
	}
}

func (c *call) mark(p *pen) string {
	switch c.state {
	case waiting:
		return flow.Paint(p.warn, "…")
	case running:
		const phases = "◐◓◑◒"
		phase := int(p.now.Sub(c.started)/(250*time.Millisecond)) % 4
		return flow.Paint(p.busy, phases[3*phase:3*phase+3])
	case planned:
		return flow.Paint(p.muted, "○")
	}
	switch c.outcome {
	case host.Succeeded:
		return flow.Paint(p.good, "✓")
	case host.Stopped:
		return flow.Paint(p.warn, "■")
	}
	return flow.Paint(p.bad, "✗")
}

func (c *call) size() int { return 0 }

// toggle goes from folded to open, to whole if something is still hidden, and
// back to folded.
func (c *call) toggle(p *pen) {
	switch {
	case c.form == folded:
		c.fold(false, p)
	case c.form == open && c.hidden:
		c.form = whole
		c.limit += revealed
	default:
		c.form = folded
	}
	c.forget()
}

func (c *call) fold(closed bool, p *pen) {
	c.form, c.limit = open, screenful(p)
	if closed {
		c.form = folded
	}
	c.forget()
}

// screenful is how many lines of a result are shown at first.
func screenful(p *pen) int { return min(max(p.height-8, 6), 30) }

// reveal shows more of a call that is shown whole.
func (c *call) reveal() bool {
	if c.form != whole || !c.hidden {
		return false
	}
	c.limit += revealed
	c.forget()
	return true
}

func (c *call) copied() string {
	var out strings.Builder
	out.WriteString(c.target())
	for _, a := range c.arguments {
		out.WriteString("\n  " + a.key + ": " + strings.ReplaceAll(clean.Block(a.value), "\n", "\n    "))
	}
	if c.result != "" {
		out.WriteString("\n\n" + clean.Block(c.result))
	}
	return out.String()
}

func (c *call) plain() string {
	p := pen{now: c.started.Add(c.took), width: plainWidth}
	head, told := c.headline(&p)
	head = "  " + c.mark(&p) + " " + head
	if c.failed() && !told {
		head += "\n      " + clean.Line(clean.Head(c.result, plainWidth*errorLines))
	}
	return head
}

// plainWidth is where the line of a call is cut on paper, in cells.
const plainWidth = 100
