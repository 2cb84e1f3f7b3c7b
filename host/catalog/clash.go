package catalog

// A Clash is a raw tool name that several servers offer.
type Clash struct {
	Name     string   // the raw name: the key in [Choices].Tools
	Tools    []Tool   // sorted by server
	Prefixed []string // the names that Tools have under [Namespace], in their order
	Choice   Choice   // what holds now; never [Undecided]
	// Reason is a clause that says whence Choice comes: "set for this name".
	Reason string
	// Holder is the server that keeps the name while the question is open, because
	// the model was promised it before; "" when calls wait for the person.
	Holder string
	// SameEndpoint tells that all Tools are served by one and the same program or
	// URL: a server that is configured several times.
	SameEndpoint bool
}

// Open tells that the clash waits for a person.
func (c Clash) Open() bool { return c.Choice == Ask }

// clash notes a group that several servers are in.
func (c *Catalog) clash(g group) {
	if len(g.tools) < 2 {
		return
	}
	clash := Clash{Name: g.raw, Tools: g.tools, Choice: g.choice, Reason: g.reason, SameEndpoint: true}
	endpoint := c.servers[g.tools[0].ID.Server].Endpoint
	for _, t := range g.tools {
		clash.Prefixed = append(clash.Prefixed, c.prefixed[t.ID])
		if endpoint == "" || c.servers[t.ID.Server].Endpoint != endpoint {
			clash.SameEndpoint = false
		}
	}
	c.clashes = append(c.clashes, clash)
}
