package policy

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"switchboard/host/catalog"
)

// A Rule has an effect on the calls to some tools of some servers. Server and
// Tool are patterns: * stands for any characters or none, ? for exactly one, and
// everything else for itself; case counts.
type Rule struct {
	Effect Effect
	Server string // matched against the server's name in the configuration
	Tool   string // matched against the raw tool name
	// Source says where the rule comes from, for a person: a place in a file, a
	// flag, the session. It has no part in matching.
	Source string
}

// ParseRule reads the written form of a rule, "server/tool". Effect and Source
// are the caller's to fill in.
func ParseRule(s string) (Rule, error) {
	server, tool, ok := strings.Cut(s, "/")
	if !ok {
		return Rule{}, malformed(s, errors.New("it has no slash between server and tool"))
	}
	if err := checkPart("server", server); err != nil {
		return Rule{}, malformed(s, err)
	}
	if err := checkPart("tool", tool); err != nil {
		return Rule{}, malformed(s, err)
	}
	return Rule{Server: server, Tool: tool}, nil
}

// Exactly is the rule for one tool and no other, as a grant needs it. It fails
// for the rare tool whose name a rule can only describe by a pattern.
func Exactly(effect Effect, id catalog.ID, source string) (Rule, error) {
	r, err := ParseRule(id.String())
	if err != nil {
		return Rule{}, err
	}
	if strings.ContainsAny(id.String(), "*?") {
		return Rule{}, fmt.Errorf("no rule can name %q alone, because * and ? in it match other tools too", id)
	}
	r.Effect, r.Source = effect, source
	return r, nil
}

// String is the written form; [ParseRule] reads it back.
func (r Rule) String() string { return r.Server + "/" + r.Tool }

// Matches tells whether the rule is about a tool.
func (r Rule) Matches(id catalog.ID) bool {
	return r.MatchesServer(id.Server) && match(r.Tool, id.Tool)
}

// MatchesServer tells whether the rule is about any tool of a server. A rule
// that matches no server of a configuration is most likely a slip of the pen.
func (r Rule) MatchesServer(name string) bool { return match(r.Server, name) }

// compare orders rules by their written form, then by source.
func (r Rule) compare(o Rule) int {
	return cmp.Or(strings.Compare(r.String(), o.String()), strings.Compare(r.Source, o.Source))
}
