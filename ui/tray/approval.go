package tray

import (
	"strings"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// An approvalCard asks whether one call may go through.
type approvalCard struct {
	host.Approval
	argumentsView
}

func (c *approvalCard) headline(th theme.Theme) string {
	line := th.Strong.Render(c.summary())
	if c.Name != "" && c.Name != c.Tool.ID.Tool {
		line += th.Faint.Render("  as " + clean.Line(c.Name))
	}
	return line
}

func (c *approvalCard) summary() string { return heading(c.Tool.ID) }

// heading names a tool by who serves it; the title that a server gives its tool
// never gets here.
func heading(id catalog.ID) string { return clean.Line(id.Server) + " ▸ " + clean.Line(id.Tool) }

func (c *approvalCard) facts(th theme.Theme, w int) []string {
	words, loud := risk(c.Tool.Hints)
	style := th.Muted
	if loud {
		style = th.Warn
	}
	lines := []string{style.Render(cells.Cut(words, w))}
	if n := c.hiddenChars(); n > 0 {
		lines = append(lines, th.Bad.Render(cells.Cut(amount.Count(n, "hidden character")+" in the arguments, shown as ‹…›", w)))
	}
	if !c.Says.Empty() {
		said := strings.TrimSpace(c.Says.Line())
		lines = append(lines, th.Quote.Render(cells.Cut("“"+said+"”", w)))
	}
	return lines
}

// risk says what a call may do, and whether that should be loud. A server's hints
// are its own word, so they are believed where they make a call look worse and
// only quoted where they make it look better.
func risk(h catalog.Hints) (words string, loud bool) {
	var parts []string
	switch {
	case h.ReadOnly:
		parts = append(parts, "only reads, says the server")
	case h.Destructive:
		parts, loud = append(parts, "may change or delete things"), true
	default:
		parts = append(parts, "may add or change things")
	}
	if h.OpenWorld {
		parts = append(parts, "reaches outside")
	}
	return strings.Join(parts, " · "), loud
}

func (c *approvalCard) body(th theme.Theme, w int) ([]string, int) {
	return c.draw(th, w, func() []string { return c.described(th, w) })
}

// described is what the server says of its tool, marked as the server's words.
func (c *approvalCard) described(th theme.Theme, w int) []string {
	if c.Tool.Description.Empty() {
		return nil
	}
	lines := []string{"", th.Faint.Render(cells.Cut(clean.Line(c.Tool.ID.Server)+" says of this tool:", w))}
	for _, l := range cells.Wrap(strings.TrimSpace(c.Tool.Description.Block()), max(1, w-2)) {
		lines = append(lines, th.Faint.Render("│ ")+th.Muted.Render(l))
	}
	return lines
}

func (c *approvalCard) keys() []choice {
	keys := []choice{{key: "o", label: "allow once", answer: host.Approve{Scope: host.Once, Hash: c.Hash}, yes: true}}
	if c.Offers(host.Session) {
		keys = append(keys, choice{key: "s", label: "for this session", answer: host.Approve{Scope: host.Session, Hash: c.Hash}, yes: true})
	}
	return append(keys,
		choice{key: "d", label: "deny", answer: host.Deny{}},
		choice{key: "r", label: "deny with a reason", reason: true})
}
