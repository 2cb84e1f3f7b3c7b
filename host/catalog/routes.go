package catalog

import (
	"maps"
	"slices"
)

// Routes says which tools each name stands for: one, or those of which a person
// or the model picks one.
type Routes map[string][]ID

// Routes are the names that this catalogue offers.
func (c *Catalog) Routes() Routes {
	routes := Routes{}
	for _, e := range c.entries {
		for _, t := range e.Tools {
			routes[e.Name] = append(routes[e.Name], t.ID)
		}
	}
	return routes
}

// With is what holds once the model was given a catalogue as well: its names lead
// where they lead now, and the others stay as they were promised. The routes
// themselves stay as they are.
func (r Routes) With(c *Catalog) Routes {
	all := maps.Clone(r)
	if all == nil {
		all = Routes{}
	}
	maps.Copy(all, c.Routes())
	return all
}

// Without forgets what was promised of a server that the person took away.
func (r Routes) Without(server string) Routes {
	rest := Routes{}
	for name, ids := range r {
		ids = slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return id.Server == server })
		if len(ids) > 0 {
			rest[name] = ids
		}
	}
	return rest
}

// leads tells whether a name was promised to a tool, or to nobody.
func (r Routes) leads(name string, id ID) bool {
	ids, held := r[name]
	return !held || slices.Contains(ids, id)
}

// sole is the one tool among some that a name was promised to, if it was promised
// to one alone.
func (r Routes) sole(name string, tools []Tool) (Tool, bool) {
	if ids := r[name]; len(ids) == 1 {
		for _, t := range tools {
			if t.ID == ids[0] {
				return t, true
			}
		}
	}
	return Tool{}, false
}

// holdNames keeps the names that were promised and are nobody's now reachable,
// unlisted, for the tools they stood for.
func (c *Catalog) holdNames() {
	for _, name := range slices.Sorted(maps.Keys(c.choices.Held)) {
		if _, placed := c.slots[name]; placed {
			continue
		}
		s := slot{name: name, unlisted: true}
		for _, id := range c.choices.Held[name] {
			t, here := c.tools[id]
			switch {
			case !here:
				s.absent = id.Server
			case c.choices.withheld(id) == "":
				s.tools = append(s.tools, t)
				s.raw = id.Tool
			}
		}
		if len(s.tools) > 0 {
			s.absent = ""
		}
		c.slots[name] = s
	}
}
