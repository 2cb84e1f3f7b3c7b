package catalog

import (
	"fmt"
	"maps"
	"slices"
)

// A group is every tool that shares one raw name, with what was decided.
type group struct {
	raw    string
	tools  []Tool // by server; empty when a choice keeps the name for an absent server
	choice Choice // [Undecided] when there is nothing to decide
	reason string // whence the choice comes
}

// A slot is one name and what it leads to.
type slot struct {
	name      string
	raw       string
	tools     []Tool
	absent    string // the server that owns the name and does not offer it
	parameter string // by which the model picks one of the tools
	open      bool   // waits for a person
	unlisted  bool   // kept for calls that were promised it
}

// group sorts the accepted tools by raw name, without those that are not offered
// and those that have a name of their own. Names that a choice gives to a server
// are groups even when nobody offers them, so that nobody else is taken for them.
func (c *Catalog) group(aliases map[ID]string) []group {
	members := map[string][]Tool{}
	for _, t := range slices.SortedFunc(maps.Values(c.tools), byName) {
		if reason := c.choices.withheld(t.ID); reason != "" {
			c.shadow(t, reason)
			continue
		}
		if _, aliased := aliases[t.ID]; !aliased && !c.choices.apart(t.ID) {
			members[t.ID.Tool] = append(members[t.ID.Tool], t)
		}
	}
	for raw, choice := range c.choices.Tools {
		if _, owned := choice.Owner(); owned && members[raw] == nil {
			members[raw] = nil
		}
	}
	var groups []group
	for _, raw := range slices.Sorted(maps.Keys(members)) {
		g := group{raw: raw, tools: members[raw]}
		g.choice, g.reason = c.choices.of(raw, g.tools)
		groups = append(groups, g)
	}
	return groups
}

// placeSingly names the tools that share a name with nobody by choice.
func (c *Catalog) placeSingly(aliases map[ID]string) {
	for id, t := range c.tools {
		if c.choices.withheld(id) != "" {
			continue
		}
		if alias, ok := aliases[id]; ok {
			c.put(slot{name: alias, raw: id.Tool, tools: []Tool{t}})
		} else if c.choices.apart(id) {
			c.putPrefixed(t)
		}
	}
}

// place gives a group its names.
func (c *Catalog) place(g group, bare string) {
	if owner, owned := g.choice.Owner(); owned {
		c.placeOwned(g, owner, bare)
		return
	}
	switch {
	case g.choice == Namespace:
		for _, t := range g.tools {
			c.putPrefixed(t)
		}
	case len(g.tools) == 1:
		c.placeAlone(g, bare)
	case g.choice == Priority:
		c.placeFirst(g, bare)
	case g.choice == Ask:
		c.placeOpen(g, bare)
	case g.choice == Describe:
		c.put(slot{name: bare, raw: g.raw, tools: g.tools, parameter: selector(g.tools)})
	default:
		c.put(slot{name: bare, raw: g.raw, tools: g.tools})
	}
}

// placeOwned gives the bare name to its owner and to nobody else.
func (c *Catalog) placeOwned(g group, owner, bare string) {
	s := slot{name: bare, raw: g.raw, absent: owner}
	reason := fmt.Sprintf("the name is kept for %s, which does not offer it now", owner)
	for _, t := range g.tools {
		if t.ID.Server == owner {
			s.tools, s.absent = []Tool{t}, ""
			reason = fmt.Sprintf("the name goes to %s", owner)
		}
	}
	c.shadowOthers(g.tools, owner, reason)
	c.put(s)
}

// placeAlone gives the bare name to the only tool, unless it was promised to the
// tool of another server, which may come back.
func (c *Catalog) placeAlone(g group, bare string) {
	if c.choices.Held.leads(bare, g.tools[0].ID) {
		c.put(slot{name: bare, raw: g.raw, tools: g.tools})
		return
	}
	c.putPrefixed(g.tools[0])
}

// placeFirst gives the bare name to the first server. Where only the accident of
// the configuration's order would take it from the tool that it was promised to,
// a person is asked.
func (c *Catalog) placeFirst(g group, bare string) {
	winner, ordered := c.first(g.tools)
	if !ordered && !c.choices.Held.leads(bare, winner.ID) {
		c.placeOpen(g, bare)
		return
	}
	c.shadowOthers(g.tools, winner.ID.Server, fmt.Sprintf("the name goes to %s, which comes first in the order", winner.ID.Server))
	c.put(slot{name: bare, raw: g.raw, tools: []Tool{winner}})
}

// placeOpen leaves a name to the person. Until they chose it stays with the tool
// that it was promised to; promised to none, all share it.
func (c *Catalog) placeOpen(g group, bare string) {
	clash := &c.clashes[len(c.clashes)-1]
	clash.Choice = Ask
	if holder, held := c.choices.Held.sole(bare, g.tools); held {
		clash.Holder = holder.ID.Server
		c.shadowOthers(g.tools, holder.ID.Server, fmt.Sprintf("the name stays with %s until you choose", holder.ID.Server))
		c.put(slot{name: bare, raw: g.raw, tools: []Tool{holder}})
		return
	}
	c.put(slot{name: bare, raw: g.raw, tools: g.tools, open: true})
}

func (c *Catalog) shadow(t Tool, reason string) {
	c.shadowed = append(c.shadowed, Shadow{t, reason})
}

func (c *Catalog) shadowOthers(tools []Tool, server, reason string) {
	for _, t := range tools {
		if t.ID.Server != server {
			c.shadow(t, reason)
		}
	}
}

func (c *Catalog) putPrefixed(t Tool) {
	c.put(slot{name: c.prefixed[t.ID], raw: t.ID.Tool, tools: []Tool{t}})
}

// put enters a slot. Two slots share a name only when somebody forged a hash
// tail; then neither may be reached by it.
func (c *Catalog) put(s slot) {
	if other, taken := c.slots[s.name]; taken {
		for _, t := range slices.Concat(other.tools, s.tools) {
			c.problems = append(c.problems, Problem{ID: t.ID, Message: "its name for the model cannot be told from another tool's"})
		}
		s.tools, s.absent = nil, ""
	}
	c.slots[s.name] = s
}

// index lists the slots that can be called and makes confused names findable.
func (c *Catalog) index() {
	for _, name := range slices.Sorted(maps.Keys(c.slots)) {
		s := c.slots[name]
		if s.unlisted {
			continue
		}
		c.folded[fold(name)] = append(c.folded[fold(name)], name)
		if len(s.tools) > 0 {
			c.entries = append(c.entries, s.entry())
		}
	}
	slices.SortFunc(c.shadowed, func(a, b Shadow) int { return byName(a.Tool, b.Tool) })
}
