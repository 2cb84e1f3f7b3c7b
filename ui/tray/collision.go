package tray

import (
	"fmt"
	"strings"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/servers"
)

// maxNumbered is how many candidates have a key of their own.
const maxNumbered = 9

// A collisionCard asks which server takes a name.
type collisionCard struct {
	host.Collision
	argumentsView
}

func (c *collisionCard) headline(th theme.Theme) string {
	return th.Strong.Render(clean.Line(c.Name)) + th.Text.Render(": "+c.question())
}

func (c *collisionCard) summary() string { return clean.Line(c.Name) + ": " + c.question() }

func (c *collisionCard) question() string {
	if c.Call != "" {
		return "which server takes this call?"
	}
	return "which server takes this name?"
}

func (c *collisionCard) facts(th theme.Theme, w int) []string {
	said := amount.Count(len(c.Candidates), "server") + " offer a tool of this name"
	if c.Call != "" {
		said += " · the choice holds for this call"
	}
	return []string{th.Muted.Render(cells.Cut(said, w))}
}

func (c *collisionCard) body(th theme.Theme, w int) ([]string, int) {
	var lines []string
	for i, cand := range c.Candidates {
		lines = append(lines, c.candidate(i, cand, th, w)...)
	}
	if c.Call != "" {
		drawn, _ := c.draw(th, w, func() []string { return nil })
		lines = append(append(lines, ""), drawn...)
	}
	return lines, 0
}

// candidate is one server that offers the name: its key, lamp and speed, what the
// tool would be called if all were kept, and the server's own description.
func (c *collisionCard) candidate(i int, cand host.Candidate, th theme.Theme, w int) []string {
	number := " "
	if i < maxNumbered {
		number = fmt.Sprint(i + 1)
	}
	sign, state := servers.Lamp(th, cand.State)
	line := th.Key.Render(number) + " " + sign + " " +
		th.Strong.Render(cells.Fit(clean.Line(cand.Tool.ID.Server), c.nameWidth(w))) + "  " + state
	if cand.P50 > 0 {
		line += th.Muted.Render(" · " + amount.Latency(cand.P50))
	}
	if c.Call == "" && cand.Prefixed != "" {
		line += th.Faint.Render("  " + clean.Line(cand.Prefixed))
	}
	rows := []string{cells.Cut(line, w)}
	said := strings.TrimSpace(cand.Tool.Description.Line())
	if said == "" {
		return rows
	}
	wrapped := cells.Wrap(said, max(1, w-6))
	if len(wrapped) > 2 {
		wrapped = []string{wrapped[0], strings.TrimSuffix(cells.Cut(wrapped[1], w-7), "…") + "…"}
	}
	for _, l := range wrapped {
		rows = append(rows, "  "+th.Faint.Render("│ ")+th.Muted.Render(l))
	}
	return rows
}

func (c *collisionCard) nameWidth(w int) int {
	longest := 0
	for _, cand := range c.Candidates {
		longest = max(longest, cells.Width(clean.Line(cand.Tool.ID.Server)))
	}
	return min(longest, max(6, w/3))
}

func (c *collisionCard) keys() []choice {
	scope := host.Session
	if c.Call != "" {
		scope = host.Once
	}
	var keys []choice
	for i, cand := range c.Candidates[:min(maxNumbered, len(c.Candidates))] {
		keys = append(keys, choice{
			key: fmt.Sprint(i + 1), label: clean.Line(cand.Tool.ID.Server),
			answer: host.Choose{Server: cand.Tool.ID.Server, Scope: scope},
		})
	}
	if c.Call != "" {
		return append(keys, choice{key: "d", label: "deny", answer: host.Deny{}})
	}
	return append(keys,
		choice{key: "k", label: c.keepWords(), answer: host.Adopt{Strategy: catalog.Namespace, Scope: scope}},
		choice{key: "a", label: "ask me at every call", answer: host.Adopt{Strategy: catalog.AskEachCall, Scope: scope}})
}

func (c *collisionCard) keepWords() string {
	if len(c.Candidates) == 2 {
		return "keep both, prefixed"
	}
	return "keep all, prefixed"
}
