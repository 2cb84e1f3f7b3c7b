package catalog

import (
	"encoding/json"
	"maps"
	"slices"
)

// An Offer is what one server brings to the catalogue.
type Offer struct {
	Server string
	// Place is where the server stands in the configuration, from 0. It ranks
	// servers that [Choices].Order does not name.
	Place int
	// Identity is the server's launch identity, by which decisions remember it;
	// Endpoint is what it is reached by, the same for a server configured twice.
	// Both are opaque; "" when unknown.
	Identity, Endpoint string
	// Ready tells whether the server can take a call now. The tools of one that
	// cannot stay listed, so that names do not flap while it restarts;
	// [Catalog.Resolve] then says so.
	Ready bool
	// The Server of what it lists is taken from Server above.
	Tools     []Tool
	Resources []Resource
	Templates []Template
	Prompts   []Prompt
}

// A Catalog is what the model may call at one moment. It never changes; when
// tools or choices do, the host builds another. A call is best resolved by the
// catalogue whose entries the model was given. The lists it gives are copies; the
// tools and schemas in them are shared and must not be changed.
type Catalog struct {
	choices   Choices
	servers   map[string]Offer // by name, without what they list
	entries   []Entry          // sorted by name
	slots     map[string]slot
	folded    map[string][]string // names by what they are confused with
	tools     map[ID]Tool
	prefixed  map[ID]string
	clashes   []Clash
	shadowed  []Shadow
	problems  []Problem
	resources []Listed[Resource]
	templates []Listed[Template]
	prompts   []Listed[Prompt]
}

// An Entry is one name that the model is offered.
type Entry struct {
	Name        string // matches ^[a-zA-Z0-9_-]{1,64}$
	Description string // foreign text, at most [MaxDescription] bytes
	// Schema is a JSON Schema of type object with properties: the server's own
	// bytes where these are so, and a mended copy where they are not.
	Schema json.RawMessage
	// Tools are those that may answer, by server: several when a person picks, or
	// the model by Parameter.
	Tools []Tool
	// Parameter is the one that [Describe] added to the schema; "" for none.
	Parameter string
	// Hints are the worst of all Tools.
	Hints Hints
	// Destructive tells that a call may change or remove something for good.
	Destructive bool
}

// A Shadow is a tool that a server offers and the model is not told of.
type Shadow struct {
	Tool   Tool
	Reason string // a clause: "the name goes to files"
}

// Build makes the catalogue of all offers. The order of the offers does not
// matter; when two name the same server the first counts.
func Build(offers []Offer, choices Choices) *Catalog {
	choices.Aliases = maps.Clone(choices.Aliases) // read later, when the caller's may change
	c := &Catalog{
		choices:  choices,
		servers:  map[string]Offer{},
		slots:    map[string]slot{},
		folded:   map[string][]string{},
		tools:    map[ID]Tool{},
		prefixed: map[ID]string{},
	}
	sorted := sortedOffers(offers)
	for _, o := range sorted {
		c.accept(o)
	}
	c.list(sorted)
	aliases := c.aliases()
	groups := c.group(aliases)
	names := c.spell(aliases)
	for id := range c.tools {
		c.prefixed[id] = names[prefixedKey(id)]
	}
	c.placeSingly(aliases)
	for _, g := range groups {
		c.clash(g)
		c.place(g, names[bareKey(g.raw)])
	}
	c.holdNames()
	c.index()
	return c
}

// Entries lists what the model is offered, sorted by name.
func (c *Catalog) Entries() []Entry { return slices.Clone(c.entries) }

// Clashes lists the raw names that several servers offer, sorted.
func (c *Catalog) Clashes() []Clash { return slices.Clone(c.clashes) }

// Unresolved lists the raw names that wait for a person, sorted.
func (c *Catalog) Unresolved() []string {
	var names []string
	for _, clash := range c.clashes {
		if clash.Open() {
			names = append(names, clash.Name)
		}
	}
	return names
}

// Shadowed lists what is not offered although a server offers it, with the
// reason, sorted by raw name and server.
func (c *Catalog) Shadowed() []Shadow { return slices.Clone(c.shadowed) }

// Problems lists the tools that had to be set aside, by server.
func (c *Catalog) Problems() []Problem { return slices.Clone(c.problems) }

// Lookup finds a tool by its identity, whether the model is offered it or not.
func (c *Catalog) Lookup(id ID) (Tool, bool) {
	t, ok := c.tools[id]
	return t, ok
}

// Prefixed is the name that a tool has under [Namespace]; "" for a tool that is
// not in the catalogue. No choice changes it.
func (c *Catalog) Prefixed(id ID) string { return c.prefixed[id] }
