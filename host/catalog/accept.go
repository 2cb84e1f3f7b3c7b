package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"switchboard/host/clean"
)

// maxRawName bounds a raw tool name in bytes; MCP says 1 to 128 characters.
const maxRawName = 128

// A Problem is a tool that could not be taken into the catalogue, or not as it was
// wanted. The other tools of its server are not touched by it.
type Problem struct {
	ID      ID
	Message string // what is wrong, for a person
	// Offered tells that the tool is offered all the same.
	Offered bool
}

// Error says which tool of which server is wrong, and how.
func (p Problem) Error() string {
	return fmt.Sprintf("%s: tool %q: %s", clean.Line(p.ID.Server), clean.Line(p.ID.Tool), p.Message)
}

// sortedOffers puts the offers in the order of their servers and leaves the
// caller's slice alone.
func sortedOffers(offers []Offer) []Offer {
	sorted := slices.Clone(offers)
	slices.SortStableFunc(sorted, func(a, b Offer) int { return strings.Compare(a.Server, b.Server) })
	return slices.CompactFunc(sorted, func(a, b Offer) bool { return a.Server == b.Server })
}

// accept takes over the tools of one server that can be offered.
func (c *Catalog) accept(o Offer) {
	c.servers[o.Server] = Offer{Server: o.Server, Ready: o.Ready, Place: o.Place, Identity: o.Identity, Endpoint: o.Endpoint}
	for _, t := range o.Tools {
		t.ID.Server = o.Server
		if err := c.check(t); err != nil {
			c.problems = append(c.problems, Problem{ID: t.ID, Message: err.Error()})
			continue
		}
		c.tools[t.ID] = t
	}
}

// check tells why a tool cannot be offered.
func (c *Catalog) check(t Tool) error {
	raw := t.ID.Tool
	if raw == "" {
		return errors.New("it has no name")
	}
	if len(raw) > maxRawName {
		return fmt.Errorf("its name has %d bytes; MCP allows %d", len(raw), maxRawName)
	}
	if clean.Line(raw) != raw {
		return errors.New("its name holds characters that cannot be seen")
	}
	if _, twice := c.tools[t.ID]; twice {
		return errors.New("the server lists this name twice; the first one counts")
	}
	if _, err := parseSchema(t.Schema); err != nil {
		return fmt.Errorf("its input schema is unusable: %w", err)
	}
	return nil
}

// byName orders tools by raw name, then by server.
func byName(a, b Tool) int {
	return cmp.Or(strings.Compare(a.ID.Tool, b.ID.Tool), strings.Compare(a.ID.Server, b.ID.Server))
}
