package policy

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"switchboard/host/catalog"
)

// A Rule has an effect on the calls to some tools of some servers. Server and
// Tool are patterns: * stands for any characters or none, ? for exactly one, and
// everything else for itself; case counts.
type Rule struct {
	Effect Effect
	Server string // matched against the server's name in the configuration
	Tool   string // matched against the raw tool name
	// Args narrows the rule to some arguments; see [Patterns].
	Args Patterns
	// Pin ties an allow to a launch identity and a definition. Asks and denies
	// hold whatever becomes of those.
	Pin Pin
	// Expires ends an allow; zero for never. Asks and denies do not expire.
	Expires time.Time
	// Project marks a rule from a file that a repository may have brought. An
	// allow from there never holds.
	Project bool
	// Source says where the rule comes from, for a person: a place in a file, a
	// flag, the session. It has no part in matching.
	Source string
}

// ParseRule reads the written form of a rule: "server/tool", or with patterns for
// arguments "server/tool(name=value, …)". A value is a pattern as those of server
// and tool; or JSON, which stands for exactly that value, so that "a*" in quotes
// is the text of two characters, 5 the number and [1, 2] the list. Arguments come
// sorted by name. Everything but Server, Tool and Args is the caller's to fill in.
func ParseRule(s string) (Rule, error) {
	server, rest, ok := strings.Cut(s, "/")
	if !ok {
		return Rule{}, malformed(s, errors.New("it has no slash between server and tool"))
	}
	if err := checkPart("server", server); err != nil {
		return Rule{}, malformed(s, err)
	}
	tool, list, named := strings.Cut(rest, "(")
	if err := checkTool(tool); err != nil {
		return Rule{}, malformed(s, err)
	}
	r := Rule{Server: server, Tool: tool}
	if !named {
		return r, nil
	}
	var err error
	if r.Args, err = parsePatterns(list); err != nil {
		return Rule{}, malformed(s, err)
	}
	return r, nil
}

// Exactly is the rule for one tool and no other, as a grant needs it. It fails
// for the rare tool whose name a rule can only describe by a pattern.
func Exactly(effect Effect, id catalog.ID, source string) (Rule, error) {
	if strings.ContainsAny(id.String(), "*?") {
		return Rule{}, fmt.Errorf("no rule can name %s alone, because * and ? in it match other tools too", quoted(id.String()))
	}
	for _, err := range []error{checkPart("server", id.Server), checkTool(id.Tool)} {
		if err != nil {
			return Rule{}, malformed(id.String(), err)
		}
	}
	return Rule{Effect: effect, Server: id.Server, Tool: id.Tool, Source: source}, nil
}

// String is the written form; [ParseRule] reads it back.
func (r Rule) String() string { return r.Server + "/" + r.Tool + r.Args.String() }

// Matches tells whether the rule is about a tool, whatever the arguments.
func (r Rule) Matches(id catalog.ID) bool {
	return r.MatchesServer(id.Server) && match(r.Tool, id.Tool)
}

// MatchesServer tells whether the rule is about any tool of a server. A rule
// that matches no server of a configuration is most likely a slip of the pen.
func (r Rule) MatchesServer(name string) bool { return match(r.Server, name) }

// covers tells whether the rule is about a call with these arguments.
func (r Rule) covers(id catalog.ID, args arguments) bool {
	if !r.Matches(id) {
		return false
	}
	if r.Effect.known() == Allow {
		return r.Args.allow(args)
	}
	return r.Args.stop(args)
}

// void says why an allow that covers a call does not hold; empty when it holds.
func (r Rule) void(c Call) string {
	switch {
	case r.Effect.known() != Allow:
		return ""
	case r.Project:
		return "a file of a repository may not allow anything"
	case c.Trust != Known && c.Trust != Trusted:
		return c.server() + " is new: every call asks until you let rules apply to it"
	case !r.Expires.IsZero() && !c.At.Before(r.Expires):
		return "it expired on " + r.Expires.Format(time.DateOnly)
	case r.Pin.Server != "" && r.Pin.Server != c.Pin.Server:
		return "the way " + c.server() + " is started or reached has changed since"
	case r.Pin.Tool == "":
		return c.changes()
	case r.Pin.Tool != c.Pin.Tool:
		return cmp.Or(c.changes(), "its definition has changed since")
	}
	return ""
}

// compare orders rules by their written form, then by what else tells them apart.
func (r Rule) compare(o Rule) int {
	return cmp.Or(
		strings.Compare(r.String(), o.String()), strings.Compare(r.Source, o.Source),
		strings.Compare(r.Pin.Server, o.Pin.Server), strings.Compare(r.Pin.Tool, o.Pin.Tool),
		r.Expires.Compare(o.Expires),
	)
}
