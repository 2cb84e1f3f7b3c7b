package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// Choices is what a person or a configuration decided about names. The more
// closely a choice names its tool, the more it counts:
//
//  1. A tool in Hidden, or one that Denied tells of, is not offered and clashes
//     with nothing.
//  2. A tool in Aliases has that name, and clashes with nothing.
//  3. Tools settles a raw name, whoever offers it and whether it clashes or not,
//     so that names stay while servers come and go.
//  4. Servers: the tools of a server with [Namespace] are always prefixed. Its
//     other strategies hold where the server's tool clashes; when servers of one
//     clash have different ones, that which leaves the most to the person holds:
//     ask, ask-each-call, describe, priority.
//  5. Default settles every other clash.
//
// Names depend on the tools, on these choices and on Held, and on nothing else:
// not on which server connected first. Held alone has a history: a name that the
// model was given keeps leading where it led, unless a person chose otherwise.
// What would give such a name to another tool is asked about, or that tool gets
// another name; only an owner made by [Server], an alias, or a server that Order
// names comes before a promise, for then somebody said so.
type Choices struct {
	Default Choice            // [Ask] when it is empty or no strategy
	Tools   map[string]Choice // by raw tool name
	Servers map[string]Choice // by server; strategies only
	// Order ranks servers for [Priority], the first wins. Those that it does not
	// name come after it by [Offer].Place.
	Order []string
	// Aliases are names of the person's own, as the model gets them. One that
	// cannot be used, see [Names.Check], is a [Problem] and the tool keeps
	// its name.
	Aliases map[ID]string
	Hidden  map[ID]bool // never offered
	// Denied tells that no call to the tool would ever be let through. Nil denies
	// none.
	Denied func(ID) bool
	// Reserved are names of the host's own tools, which no server's tool gets.
	Reserved []string
	// Held are the names that the model was given before.
	Held Routes
}

// own is what a server wants for its tools; [Undecided] when it says nothing.
func (c Choices) own(server string) Choice {
	if choice, err := ParseStrategy(string(c.Servers[server])); err == nil {
		return choice
	}
	return Undecided
}

// apart tells that a tool is prefixed whatever others offer.
func (c Choices) apart(id ID) bool {
	return c.Tools[id.Tool] == Undecided && c.own(id.Server) == Namespace
}

// of is the choice for a raw name and a clause that says whence it comes;
// Undecided means that there is nothing to decide. Whatever is no choice is asked
// about.
func (c Choices) of(raw string, tools []Tool) (choice Choice, reason string) {
	if choice = c.Tools[raw]; choice != Undecided {
		if _, err := ParseChoice(string(choice)); err != nil {
			choice = Ask
		}
		return choice, "set for this name"
	}
	if len(tools) < 2 {
		return Undecided, ""
	}
	for _, careful := range byCare {
		for _, t := range tools {
			if c.own(t.ID.Server) == careful {
				return careful, "set for the server " + t.ID.Server
			}
		}
	}
	if _, err := ParseStrategy(string(c.Default)); err != nil {
		return Ask, "the default"
	}
	return c.Default, "the default"
}

// withheld says why a tool is not offered at all; "" when it may be.
func (c Choices) withheld(id ID) string {
	switch {
	case c.Hidden[id]:
		return "you chose never to offer it"
	case c.Denied != nil && c.Denied(id):
		return "a rule denies every call to it"
	}
	return ""
}

// clashes tells whether a tool takes part in clashes over its raw name.
func (c Choices) clashes(id ID) bool {
	_, aliased := c.Aliases[id]
	return !aliased && !c.apart(id) && c.withheld(id) == ""
}

// first is the server that comes first among some tools, and whether Order says
// so itself.
func (c *Catalog) first(tools []Tool) (winner Tool, ordered bool) {
	rank := func(t Tool) int {
		if i := slices.Index(c.choices.Order, t.ID.Server); i >= 0 {
			return i
		}
		return len(c.choices.Order)
	}
	winner = slices.MinFunc(tools, func(a, b Tool) int {
		return cmp.Or(
			cmp.Compare(rank(a), rank(b)),
			cmp.Compare(c.servers[a.ID.Server].Place, c.servers[b.ID.Server].Place),
			strings.Compare(a.ID.Server, b.ID.Server),
		)
	})
	return winner, rank(winner) < len(c.choices.Order)
}
