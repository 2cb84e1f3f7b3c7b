package catalog

import (
	"fmt"
	"strings"
)

// A Choice says what becomes of a raw tool name that several servers may offer.
// Its text is the form that a configuration holds; [ParseChoice] reads it.
type Choice string

// The choices beside those that [Server] makes.
const (
	// Undecided is no choice: the default of [Choices] holds.
	Undecided Choice = ""
	// Ask offers the name once; the first call to it waits until a person chose.
	Ask Choice = "ask"
	// Namespace offers every tool as server__tool.
	Namespace Choice = "namespace"
	// AskEachCall offers the name once; a person picks the server at each call.
	AskEachCall Choice = "ask-each-call"
)

const ownerPrefix = "server:"

// Server gives the bare name to one server, and to that server alone: while it
// does not offer the tool, nobody answers to the name.
func Server(name string) Choice { return Choice(ownerPrefix + name) }

// Owner is the server that a choice made by [Server] names.
func (c Choice) Owner() (server string, ok bool) {
	return strings.CutPrefix(string(c), ownerPrefix)
}

// ParseChoice reads "ask", "namespace", "ask-each-call" or "server:NAME".
func ParseChoice(s string) (Choice, error) {
	switch c := Choice(s); c {
	case Ask, Namespace, AskEachCall:
		return c, nil
	default:
		if server, ok := c.Owner(); ok && server != "" {
			return c, nil
		}
	}
	return Undecided, fmt.Errorf("%q is no choice for a tool name: write ask, namespace, ask-each-call or server:NAME", s)
}

// Choices is what a person or a configuration decided about names.
type Choices struct {
	// Default settles the clashes that Tools does not: [Ask] (also when it is
	// empty), [Namespace] or [AskEachCall].
	Default Choice
	// Tools maps a raw tool name to its choice. A choice holds whether the name
	// clashes at the moment or not, so that names stay while servers come and go.
	Tools map[string]Choice
	// Denied tells that no call to the tool would ever be let through; such a
	// tool is not offered and clashes with nothing. Nil denies none.
	Denied func(ID) bool
}

// of is the choice for a raw name that count servers offer; Undecided means
// that there is nothing to decide. Whatever is no choice is asked about.
func (c Choices) of(raw string, count int) Choice {
	chosen := c.Tools[raw]
	if chosen == Undecided {
		if count < 2 {
			return Undecided
		}
		chosen = c.Default
		if _, owned := chosen.Owner(); owned {
			return Ask
		}
	}
	if _, err := ParseChoice(string(chosen)); err != nil {
		return Ask
	}
	return chosen
}
