package catalog

import (
	"strings"

	"switchboard/host/clean"
)

// Standing tells under which name the model is offered a tool, "" when it is not,
// and why that is so: a clause for a person, "" when there is nothing to say.
func (c *Catalog) Standing(id ID) (name, why string) {
	for _, e := range c.entries {
		for _, t := range e.Tools {
			if t.ID == id {
				return e.Name, c.whyNamed(e, id)
			}
		}
	}
	for _, s := range c.shadowed {
		if s.Tool.ID == id {
			return "", s.Reason
		}
	}
	for _, p := range c.problems {
		if p.ID == id && !p.Offered {
			return "", "set aside: " + p.Message
		}
	}
	return "", ""
}

// whyNamed says how an offered name came about.
func (c *Catalog) whyNamed(e Entry, id ID) string {
	for _, p := range c.problems {
		if p.ID == id && p.Offered {
			return p.Message
		}
	}
	switch {
	case c.choices.Aliases[id] == e.Name:
		return "a name of your own"
	case e.Parameter != "":
		return "the model picks the server by the parameter " + e.Parameter
	case len(e.Tools) > 1:
		return "you pick the server"
	}
	switch others := c.sharing(id); {
	case others == "":
		return ""
	case e.Name == c.prefixed[id]:
		return id.Tool + " is also offered by " + others
	}
	return "the name goes to this server"
}

// sharing names the other servers in a clash over a tool's raw name.
func (c *Catalog) sharing(id ID) string {
	var others []string
	for _, clash := range c.clashes {
		if clash.Name != id.Tool {
			continue
		}
		for _, t := range clash.Tools {
			if t.ID.Server != id.Server {
				others = append(others, clean.Line(t.ID.Server))
			}
		}
	}
	return strings.Join(others, ", ")
}
