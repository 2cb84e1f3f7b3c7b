package host

import (
	"strings"

	"switchboard/host/catalog"
)

// isSearch tells whether a call is one of find_tools, also under a name that
// models confuse with it, as long as no server's tool is called that.
func (c *call) isSearch() bool {
	name := c.asked.Name
	if name == findToolsName {
		return true
	}
	if !strings.EqualFold(strings.ReplaceAll(name, "-", "_"), findToolsName) {
		return false
	}
	_, err := catalog.Follow(c.step.catalog, c.h.wall.look().catalog, name)
	return err != nil
}

// search answers find_tools. It looks into what the person lets the model have
// anyway, so nobody is asked.
func (c *call) search() ending {
	c.h.out.Put(CallDecided{ID: c.id, Server: c.tool.ID.Server, Tool: c.tool.ID.Tool, Decision: Allowed})
	c.h.out.Put(CallStarted{ID: c.id, Server: c.tool.ID.Server, Tool: c.tool.ID.Tool})
	text, ok := c.offer.answer(c.asked.Arguments)
	e := ending{outcome: Succeeded, text: text, bytes: len(text)}
	if !ok {
		e.outcome = ToolError
	}
	return e
}

// count notes that the model had a tool called.
func (c *call) count() {
	if r, err := c.step.catalog.Resolve(c.asked.Name); err == nil {
		c.offer.touch(r.Name)
	}
	c.h.mail.put(called{c.tool.ID})
}
