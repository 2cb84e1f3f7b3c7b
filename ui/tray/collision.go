package tray

import (
	"fmt"
	"slices"
	"strings"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/compare"
)

// maxNumbered is how many candidates have a key of their own.
const maxNumbered = 9

// A collisionCard asks which server takes a name, or one call of it.
type collisionCard struct {
	host.Collision
	argumentsView
	scope host.Scope // for how much the next answer holds
}

func newCollisionCard(q host.Collision) *collisionCard {
	c := &collisionCard{Collision: q, argumentsView: viewOf(q.Arguments)}
	if len(q.Scopes) > 0 {
		c.scope = q.Scopes[0]
	}
	return c
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
	lines := []string{c.holds(th, w)}
	say := func(style func(...string) string, text string) { lines = append(lines, style(cells.Cut(text, w))) }
	if len(c.Changes) > 0 {
		say(th.Warn.Render, "asked again: what you chose does not fit any more")
	}
	if c.SameEndpoint {
		say(th.Warn.Render, "all reach the same endpoint: it is one server, configured several times")
	}
	if c.Holder != "" {
		say(th.Muted.Render, "until you choose, "+clean.Line(c.Holder)+" takes the calls: the model was told so")
	}
	return lines
}

// scopeWords say for how much an answer holds.
var scopeWords = map[host.Scope]string{
	host.Once: "this call", host.Session: "this session", host.Always: "always",
}

// holds tells for how much an answer holds, and how many servers are in it.
func (c *collisionCard) holds(th theme.Theme, w int) string {
	line := th.Muted.Render("a choice holds for ")
	for i, s := range c.Scopes {
		if i > 0 {
			line += th.Faint.Render(" | ")
		}
		if s == c.scope {
			line += th.Accent.Render("▸" + scopeWords[s])
		} else {
			line += th.Faint.Render(scopeWords[s])
		}
	}
	return cells.Cut(line+th.Muted.Render(" · "+amount.Count(len(c.Candidates), "server")), w)
}

func (c *collisionCard) body(th theme.Theme, w int) ([]string, int) {
	lines := c.changes(th, w)
	lines = append(lines, compare.Picture{Theme: th, Candidates: c.Candidates, Comparison: c.Comparison}.Lines(w)...)
	if c.Call != "" {
		drawn, _ := c.draw(th, w, func() []string { return nil })
		lines = append(append(lines, ""), drawn...)
	}
	return lines, 0
}

// changes say what an earlier choice does not fit any more, and how definitions
// differ from those of then.
func (c *collisionCard) changes(th theme.Theme, w int) []string {
	if len(c.Changes) == 0 {
		return nil
	}
	lines := cells.Wrap(th.Text.Render("you had chosen: "+clean.Line(string(c.Before))), w)
	for _, change := range c.Changes {
		lines = append(lines, cells.Wrap(th.Warn.Render("since then "+change.String()), w)...)
		for _, d := range change.Diff {
			lines = append(lines, difference(th, d, w)...)
		}
	}
	return append(lines, "")
}

func (c *collisionCard) keys() []choice {
	var keys []choice
	for i, cand := range c.Candidates[:min(maxNumbered, len(c.Candidates))] {
		keys = append(keys, choice{
			key: fmt.Sprint(i + 1), label: clean.Line(cand.Tool.ID.Server),
			answer: host.Choose{Server: cand.Tool.ID.Server, Scope: c.scope},
		})
	}
	if len(c.Scopes) > 1 {
		keys = append(keys, choice{key: "s", label: "for how long", do: c.rescope})
	}
	if c.settling() != "" {
		keys = append(keys, c.settlingKeys()...)
	}
	if c.Call != "" {
		keys = append(keys, choice{key: "d", label: "deny", answer: host.Deny{}}, denyWithReason(c))
	}
	return keys
}

// settlingKeys are those that say something of the name itself.
func (c *collisionCard) settlingKeys() []choice {
	adopt := func(key, label string, s host.Strategy, rank int) choice {
		return choice{key: key, label: label, answer: host.Adopt{Strategy: s, Scope: c.settling()}, rank: rank}
	}
	keep := "keep both, prefixed"
	if len(c.Candidates) > 2 {
		keep = "keep all, prefixed"
	}
	return []choice{
		adopt("k", keep, catalog.Namespace, 0),
		{key: "n", label: "names of my own …", open: func() panel { return newNamesPanel(c) }},
		{key: "h", label: "never offer one …", open: func() panel { return &hidePanel{of: c} }},
		adopt("m", "the model picks", catalog.Describe, 2),
		adopt("p", "the first in the order", catalog.Priority, 3),
		adopt("e", "ask me at every call", catalog.AskEachCall, 1),
	}
}

// rescope has the next answer hold for more, or again for least.
func (c *collisionCard) rescope() change {
	i := slices.Index(c.Scopes, c.scope)
	c.scope = c.Scopes[(i+1)%len(c.Scopes)]
	return change{note: "what you choose now holds for: " + scopeWords[c.scope]}
}

// settling is for how long an answer about the name itself holds: what is said of
// this call alone would be too little. It is "" where none is on offer.
func (c *collisionCard) settling() host.Scope {
	switch {
	case c.scope != host.Once:
		return c.scope
	case c.Offers(host.Session):
		return host.Session
	}
	return ""
}

// A hidePanel asks which candidate is never to be offered.
type hidePanel struct {
	still
	of *collisionCard
}

func (p *hidePanel) body(th theme.Theme, w int) ([]string, int) {
	said := "which one is never to be offered, " + lasting(p.of.settling()) + "?"
	lines := append(cells.Wrap(th.Warn.Render(said), w), "")
	below, _ := p.of.body(th, w)
	return append(lines, below...), 0
}

func (p *hidePanel) keys() []choice {
	var keys []choice
	for i, cand := range p.of.Candidates[:min(maxNumbered, len(p.of.Candidates))] {
		keys = append(keys, choice{
			key: fmt.Sprint(i + 1), label: "never that of " + clean.Line(cand.Tool.ID.Server),
			answer: host.Hide{Server: cand.Tool.ID.Server, Scope: p.of.settling()},
		})
	}
	return keys
}

// lasting says for how long a scope holds.
func lasting(s host.Scope) string {
	if s == host.Always {
		return "for always"
	}
	return "for " + strings.TrimSpace(scopeWords[s])
}
