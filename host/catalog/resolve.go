package catalog

import (
	"fmt"
	"strings"

	"switchboard/host/clean"
)

// A Resolution is where a call to a name may go.
type Resolution struct {
	Name string // as it is offered, whatever the model made of it
	Raw  string // the raw tool name: the key in [Choices].Tools
	// Tools has one tool, or several of which a person picks one, or the model by
	// Parameter: see [Resolution.Pick].
	Tools     []Tool
	Parameter string
	// Open tells that the pick settles the name, not this call alone.
	Open bool
	// NotReady names the servers among Tools that cannot take a call now.
	NotReady []string
}

// An AbsentError tells that a name belongs to a server that does not offer it
// now. The call goes nowhere else.
type AbsentError struct{ Name, Server string }

// Error says it for the model and for a person.
func (e *AbsentError) Error() string {
	return fmt.Sprintf("the tool %s belongs to the server %s, which does not offer it now; no other server takes the call",
		e.Name, clean.Line(e.Server))
}

// An UnknownError tells that no tool has a name.
type UnknownError struct {
	Name string   // as the model said it
	Near []string // offered names that it may have meant, the likeliest first
}

// Error says it for the model to read.
func (e *UnknownError) Error() string {
	s := fmt.Sprintf("there is no tool %q", clean.Head(clean.Line(e.Name), maxRawName))
	if len(e.Near) > 0 {
		s += "; did you mean " + strings.Join(e.Near, ", ") + "?"
	}
	return s
}

// Resolve finds where a call to a name goes. Models confuse dashes, underscores
// and case; that is forgiven where only one name can be meant. Errors are
// [*AbsentError] and [*UnknownError].
func (c *Catalog) Resolve(name string) (Resolution, error) {
	s, ok := c.slots[name]
	if alike := c.folded[fold(name)]; !ok && len(alike) == 1 {
		s, ok = c.slots[alike[0]]
	}
	if s.absent != "" {
		return Resolution{}, &AbsentError{s.name, s.absent}
	}
	if !ok || len(s.tools) == 0 {
		return Resolution{}, &UnknownError{name, c.near(name)}
	}
	r := Resolution{Name: s.name, Raw: s.raw, Tools: s.tools, Parameter: s.parameter, Open: s.open}
	r.NotReady = c.notReady(s.tools)
	return r, nil
}

// notReady names the servers among those of some tools that cannot take a call.
func (c *Catalog) notReady(tools []Tool) []string {
	var servers []string
	for _, t := range tools {
		if !c.servers[t.ID.Server].Ready {
			servers = append(servers, t.ID.Server)
		}
	}
	return servers
}

// fold maps names that a model takes for each other to one text.
func fold(name string) string {
	return strings.ToLower(strings.ReplaceAll(tidy(name), "-", "_"))
}
