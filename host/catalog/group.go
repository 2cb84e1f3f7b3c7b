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
}

// A slot is one name and what it leads to.
type slot struct {
	name   string
	raw    string
	tools  []Tool
	absent string // the server that owns the name and does not offer it
	open   bool   // waits for a person
}

// group sorts the accepted tools by raw name and notes the denied ones. Names
// that a choice gives to a server are groups even when nobody offers them, so
// that nobody else is taken for them.
func (c *Catalog) group(choices Choices) []group {
	members := map[string][]Tool{}
	for _, t := range slices.SortedFunc(maps.Values(c.tools), byName) {
		if choices.Denied != nil && choices.Denied(t.ID) {
			c.shadowed = append(c.shadowed, Shadow{t, "a rule denies every call to it"})
			continue
		}
		members[t.ID.Tool] = append(members[t.ID.Tool], t)
	}
	for raw, choice := range choices.Tools {
		if _, owned := choice.Owner(); owned && members[raw] == nil {
			members[raw] = nil
		}
	}
	var groups []group
	for _, raw := range slices.Sorted(maps.Keys(members)) {
		tools := members[raw]
		groups = append(groups, group{raw, tools, choices.of(raw, len(tools))})
	}
	return groups
}

// place gives a group its names.
func (c *Catalog) place(g group, names map[string]string) {
	if len(g.tools) > 1 {
		c.clashes = append(c.clashes, c.clash(g))
	}
	bare := names[bareKey(g.raw)]
	if owner, owned := g.choice.Owner(); owned {
		c.placeOwned(g, owner, bare)
		return
	}
	if g.choice != Namespace {
		c.put(slot{name: bare, raw: g.raw, tools: g.tools, open: g.choice == Ask && len(g.tools) > 1})
		return
	}
	for _, t := range g.tools {
		c.put(slot{name: c.prefixed[t.ID], raw: g.raw, tools: []Tool{t}})
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
	for _, t := range g.tools {
		if t.ID.Server != owner {
			c.shadowed = append(c.shadowed, Shadow{t, reason})
		}
	}
	c.put(s)
}

// put enters a slot. Two slots share a name only when somebody forged a hash
// tail; then neither may be reached by it.
func (c *Catalog) put(s slot) {
	if other, taken := c.slots[s.name]; taken {
		for _, t := range slices.Concat(other.tools, s.tools) {
			c.problems = append(c.problems, Problem{t.ID, "its name for the model cannot be told from another tool's"})
		}
		s.tools, s.absent = nil, ""
	}
	c.slots[s.name] = s
}

func (c *Catalog) clash(g group) Clash {
	clash := Clash{Name: g.raw, Tools: g.tools, Choice: g.choice}
	for _, t := range g.tools {
		clash.Prefixed = append(clash.Prefixed, c.prefixed[t.ID])
	}
	return clash
}

// index lists the slots that can be called and makes confused names findable.
func (c *Catalog) index() {
	for _, name := range slices.Sorted(maps.Keys(c.slots)) {
		s := c.slots[name]
		c.folded[fold(name)] = append(c.folded[fold(name)], name)
		if len(s.tools) > 0 {
			c.entries = append(c.entries, s.entry())
		}
	}
	slices.SortFunc(c.shadowed, func(a, b Shadow) int { return byName(a.Tool, b.Tool) })
}
