package catalog

import (
	"encoding/json"
	"slices"
)

// An Offer is what one server brings to the catalogue.
type Offer struct {
	Server string
	// Ready tells whether the server can take a call now. The tools of one that
	// cannot stay listed, so that names do not flap while it restarts;
	// [Catalog.Resolve] then says so.
	Ready bool
	Tools []Tool // their ID.Server is taken from Server
}

// A Catalog is what the model may call at one moment. It never changes; when
// tools or choices do, the host builds another. A call is best resolved by the
// catalogue whose entries the model was given. The lists it gives are copies; the
// tools and schemas in them are shared and must not be changed.
type Catalog struct {
	entries  []Entry // sorted by name
	slots    map[string]slot
	folded   map[string][]string // names by what they are confused with
	tools    map[ID]Tool
	prefixed map[ID]string
	ready    map[string]bool
	clashes  []Clash
	shadowed []Shadow
	problems []Problem
}

// An Entry is one name that the model is offered.
type Entry struct {
	Name        string // matches ^[a-zA-Z0-9_-]{1,64}$
	Description string // foreign text, at most [MaxDescription] bytes
	// Schema is a JSON Schema of type object with properties: the server's own
	// bytes where these are so, and a mended copy where they are not.
	Schema json.RawMessage
	// Tools are those that may answer, by server: several when a person picks.
	Tools []Tool
	// Hints are the worst of all Tools.
	Hints Hints
	// Destructive tells that a call may change or remove something for good.
	Destructive bool
}

// A Clash is a raw tool name that several servers offer.
type Clash struct {
	Name     string   // the raw name: the key in [Choices].Tools
	Tools    []Tool   // sorted by server
	Prefixed []string // the names that Tools have under [Namespace], in their order
	Choice   Choice   // what holds now; never [Undecided]
}

// Open tells that the clash waits for a person.
func (c Clash) Open() bool { return c.Choice == Ask }

// A Shadow is a tool that a server offers and the model is not told of.
type Shadow struct {
	Tool   Tool
	Reason string // a clause: "the name goes to files"
}

// Build makes the catalogue of all offers. The order of the offers does not
// matter; when two name the same server the first counts.
func Build(offers []Offer, choices Choices) *Catalog {
	c := &Catalog{
		slots:    map[string]slot{},
		folded:   map[string][]string{},
		tools:    map[ID]Tool{},
		prefixed: map[ID]string{},
		ready:    map[string]bool{},
	}
	for _, o := range sortedOffers(offers) {
		c.accept(o)
	}
	groups := c.group(choices)
	names := spell(c.wishes(groups))
	for id := range c.tools {
		c.prefixed[id] = names[prefixedKey(id)]
	}
	for _, g := range groups {
		c.place(g, names)
	}
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
