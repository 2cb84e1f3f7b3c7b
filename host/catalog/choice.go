package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// A Choice says what becomes of a raw tool name that several servers may offer.
// Its text is the form that a configuration holds; [ParseChoice] reads it. Those
// that name no server are strategies: they can also hold for everything.
type Choice string

// The choices beside those that [Server] makes.
const (
	// Undecided is no choice: what stands behind it in [Choices] holds.
	Undecided Choice = ""
	// Ask offers the name once; the first call to it waits until a person chose.
	Ask Choice = "ask"
	// Namespace offers every tool as server__tool.
	Namespace Choice = "namespace"
	// Priority gives the name to the first server in the order of [Choices].
	Priority Choice = "priority"
	// Describe offers the name once, with a required parameter by which the model
	// picks the server.
	Describe Choice = "describe"
	// AskEachCall offers the name once; a person picks the server at each call.
	AskEachCall Choice = "ask-each-call"
)

// strategies are the choices that name no server, in the order of help texts.
var strategies = []Choice{Ask, Namespace, Priority, Describe, AskEachCall}

// byCare orders the strategies that share a name: the more a person has to say in
// it, the earlier.
var byCare = []Choice{Ask, AskEachCall, Describe, Priority}

const ownerPrefix = "server:"

// Strategies lists the choices that name no server.
func Strategies() []Choice { return slices.Clone(strategies) }

// Server gives the bare name to one server, and to that server alone: while it
// does not offer the tool, nobody answers to the name.
func Server(name string) Choice { return Choice(ownerPrefix + name) }

// Owner is the server that a choice made by [Server] names.
func (c Choice) Owner() (server string, ok bool) {
	return strings.CutPrefix(string(c), ownerPrefix)
}

// ParseChoice reads a strategy or "server:NAME".
func ParseChoice(s string) (Choice, error) {
	if server, ok := Choice(s).Owner(); ok && server != "" {
		return Choice(s), nil
	}
	if c, err := ParseStrategy(s); err == nil {
		return c, nil
	}
	return Undecided, fmt.Errorf("%q is no choice for a tool name: write %s or server:NAME", s, listed(strategies, ", "))
}

// ParseStrategy reads what can hold for everything, or for all tools of a server.
func ParseStrategy(s string) (Choice, error) {
	if slices.Contains(strategies, Choice(s)) {
		return Choice(s), nil
	}
	last := len(strategies) - 1
	return Undecided, fmt.Errorf("%q is no strategy for tool names: write %s or %s", s, listed(strategies[:last], ", "), strategies[last])
}

func listed(choices []Choice, separator string) string {
	texts := make([]string, len(choices))
	for i, c := range choices {
		texts[i] = string(c)
	}
	return strings.Join(texts, separator)
}
