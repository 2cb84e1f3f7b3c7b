package transcript

import (
	"fmt"
	"strings"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/transcript/flow"
)

// A tone is how loud a notice is.
type tone int

const (
	quiet tone = iota
	attention
	failure
)

// A notice is something said by the program itself: news that belong to no call,
// or how a turn ended.
type notice struct {
	page
	tone   tone
	text   string // cleaned
	hint   string
	ending bool
	retry  bool // it says that the model is asked again
}

func newNotice(n host.Notice) *notice {
	tones := map[host.Level]tone{host.Warn: attention, host.Fault: failure}
	return &notice{tone: tones[n.Level], text: clean.Line(strings.TrimSpace(n.Text.Raw()))}
}

// newEnding says how a turn ended.
func newEnding(e host.TurnEnded, spent tally) *notice {
	n := &notice{ending: true, tone: attention}
	switch e.Finish {
	case host.FinishFailed:
		n.tone = failure
		n.text = strings.TrimSpace(e.Failure.Message.Prose())
		n.hint = clean.Prose(e.Failure.Hint)
		if n.text == "" {
			n.text = "The turn failed."
		}
	case host.FinishStopped:
		n.text = "Stopped by you after " + amount.Elapsed(e.Took) + "."
	case host.FinishStepLimit:
		n.text = "Stopped at the limit of " + amount.Count(e.Steps, "step") + "."
		n.hint = "Say “go on” to let the model continue from here."
	case host.FinishRepeated:
		n.text = "Stopped: the model made the same call again and again, with the same result."
		n.hint = "Say what to do instead."
	case host.FinishLength:
		n.text = "The model reached the limit of its output."
		n.hint = "Say “go on” to have the rest."
	case host.FinishFiltered:
		n.text = "The provider's filter ended the answer."
	default:
		n.tone, n.text = quiet, summary(e, spent)
	}
	return n
}

// newSummary shows what the model goes on from in place of the conversation's
// beginning.
func newSummary(e host.Compacted) *notice {
	return &notice{
		tone: attention,
		text: fmt.Sprintf("The first %s of the conversation were summed up for the model, about %s tokens to %s. It goes on from this:",
			amount.Count(e.Messages, "message"), amount.Short(e.Before), amount.Short(e.After)),
		hint: strings.TrimSpace(e.Summary.Prose()),
	}
}

// summary is what a turn took, and who took it.
func summary(e host.TurnEnded, spent tally) string {
	parts := []string{amount.Elapsed(e.Took)}
	if e.Steps > 1 {
		parts = append(parts, amount.Count(e.Steps, "step"))
	}
	if tokens := e.Usage.Input + e.Usage.Output; tokens > 0 {
		parts = append(parts, amount.Short(tokens)+" tokens")
	}
	return strings.Join(append(parts, spent.parts()...), " · ")
}

func (n *notice) layout(p *pen) {
	if n.fresh(p) {
		return
	}
	sgr := [...]string{p.muted, p.warn, p.bad}[n.tone]
	if n.ending && n.tone == quiet {
		sgr = p.faint
	}
	n.lines = flow.Text(n.text, sgr, p.width)
	if n.hint != "" {
		n.lines = append(n.lines, flow.Text(n.hint, p.muted, p.width)...)
	}
}

func (n *notice) mark(p *pen) string {
	switch n.tone {
	case attention:
		return flow.Paint(p.warn, "!")
	case failure:
		return flow.Paint(p.bad, "✗")
	}
	if n.ending {
		return " "
	}
	return flow.Paint(p.muted, "·")
}

func (n *notice) size() int   { return len(n.text) + len(n.hint) }
func (n *notice) toggle(*pen) {}

func (n *notice) copied() string {
	if n.ending && n.tone == quiet {
		return ""
	}
	return strings.TrimSpace(n.text + "\n" + n.hint)
}

func (n *notice) plain() string {
	switch n.tone {
	case quiet:
		return ""
	case failure:
		return "✗ " + n.copied()
	}
	return "! " + n.copied()
}
