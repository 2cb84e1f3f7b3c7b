package tray

import (
	"encoding/json"
	"strings"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/clean/lookalike"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// An approvalCard asks whether one call may go through.
type approvalCard struct {
	host.Approval
	argumentsView
	// hash is that of the very bytes that were taken apart for the screen.
	hash string
	// edited are the person's own arguments in place of the model's; nil for none.
	edited json.RawMessage
	form   *editPanel // the last one opened, for what an editor gives back
	named  twinNames
}

// twinNames are the names of a call with the letters in them marked that pass for
// others.
type twinNames struct {
	heading string
	count   int
}

func newApprovalCard(q host.Approval) *approvalCard {
	c := &approvalCard{Approval: q, hash: host.HashArguments(q.Arguments)}
	c.argumentsView = viewOf(q.Arguments)
	server, a := lookalike.ShowLine(clean.Line(q.Tool.ID.Server))
	tool, b := lookalike.ShowLine(clean.Line(q.Tool.ID.Tool))
	c.named = twinNames{server + " ▸ " + tool, a + b}
	return c
}

func (c *approvalCard) headline(th theme.Theme) string {
	line := th.Strong.Render(c.summary())
	if c.Name != "" && c.Name != c.Tool.ID.Tool {
		line += th.Faint.Render("  as " + clean.Line(c.Name))
	}
	return line
}

// summary names a tool by who serves it; the title that a server gives its tool
// never gets here.
func (c *approvalCard) summary() string { return c.named.heading }

// heading names a tool by who serves it.
func heading(id catalog.ID) string { return clean.Line(id.Server) + " ▸ " + clean.Line(id.Tool) }

func (c *approvalCard) server() string { return c.Tool.ID.Server }

func (c *approvalCard) risk() (words string, loud bool) { return c.Risk.Words, c.Risk.Loud }

func (c *approvalCard) facts(th theme.Theme, w int) []string {
	var lines []string
	say := func(style func(...string) string, text string) {
		if text != "" {
			lines = append(lines, style(cells.Cut(text, w)))
		}
	}
	if words := c.riskWords(); words != "" {
		lines = cells.Wrap(tone(th, c.Risk.Loud).Render(words), w)
	}
	say(th.Bad.Render, c.disguise())
	say(th.Warn.Render, c.changedWords())
	if c.Again != "" {
		say(th.Warn.Render, "asked again: "+c.Again)
	}
	for _, f := range c.Faults {
		say(th.Bad.Render, "✗ "+f)
	}
	if c.edited != nil {
		say(th.Accent.Render, "these are your arguments; the model is told so")
	}
	if said := strings.TrimSpace(c.Says.Line()); said != "" {
		say(th.Quote.Render, "“"+said+"”")
	}
	return lines
}

func (c *approvalCard) riskWords() string {
	words := c.Risk.Words
	if c.New {
		words += " · first contact: every call asks"
	}
	return words
}

// disguise counts what is hidden, or passes for something else, in what is shown.
func (c *approvalCard) disguise() string {
	var said []string
	if c.hidden > 0 {
		said = append(said, amount.Count(c.hidden, "hidden character"))
	}
	if twins := c.twins + c.named.count; twins > 0 {
		said = append(said, amount.Count(twins, "look-alike"))
	}
	if said == nil {
		return ""
	}
	return strings.Join(said, ", ") + ", shown as ‹…›"
}

func (c *approvalCard) changedWords() string {
	switch {
	case len(c.Changed) > 0:
		return "its definition changed since you allowed it: what you allowed is void"
	case len(c.Instructions) > 0:
		return "its server's instructions changed since you allowed it"
	}
	return ""
}

// body shows what changed, then the arguments: all of both have to be seen.
func (c *approvalCard) body(th theme.Theme, w int) ([]string, int) {
	return c.draw(th, w, func() []string { return c.differences(th, w) })
}

// differences are those of the definition and the instructions, word by word.
func (c *approvalCard) differences(th theme.Theme, w int) []string {
	var lines []string
	for _, d := range c.Changed {
		lines = append(lines, difference(th, d, w)...)
	}
	if len(c.Instructions) > 0 {
		lines = append(lines, named(th, "instructions of "+clean.Line(c.Tool.ID.Server), segments(th, c.Instructions), w)...)
	}
	if lines != nil {
		lines = append(lines, "")
	}
	return lines
}
