package host

import (
	"encoding/json"
	"slices"
	"time"

	"switchboard/host/catalog"
)

// A Strategy says what becomes of a name that several servers offer, as [catalog]
// defines it.
type Strategy = catalog.Choice

// A Collision asks which server takes a name that several offer. It holds up
// nothing but calls of that name.
type Collision struct {
	Name string // the raw name of the tools in question
	// Call is set when the question is about one call, which waits for the answer.
	Call CallID
	// Arguments are those of that call.
	Arguments  json.RawMessage
	Candidates []Candidate
	// Comparison sets the definitions side by side, its columns in the order of
	// Candidates.
	Comparison catalog.Comparison
	// SameEndpoint tells that all candidates reach one and the same program or URL:
	// a server that is configured several times.
	SameEndpoint bool
	// Holder is the server that answers to the name until the question is settled,
	// because the model was promised that; "" for none.
	Holder string
	// Before is what was decided earlier and does not hold any more, and Changes say
	// why: who joined, and what is defined in another way. Empty when it is asked
	// for the first time.
	Before  Strategy
	Changes []CandidateChange
	// Scopes lists for how much an answer may hold: [Once] where a call waits,
	// [Session] and [Always] where the answer settles the name.
	Scopes []Scope
	// Names are those that are taken, for the names that a person types.
	Names catalog.Names
}

// A Candidate is one of the tools that share a name.
type Candidate struct {
	Tool     catalog.Tool
	Prefixed string // its name under [catalog.Namespace]
	State    ServerState
	P50      time.Duration // of its server's calls; 0 before any
	// Calls are those that its server was sent in this session, Failed those among
	// them that came to nothing or to an error.
	Calls, Failed int
}

// A CandidateChange is one reason to ask again.
type CandidateChange struct {
	catalog.Shift
	// Diff compares the definition of then with that of now; nil where the old one
	// was not kept, and for a candidate that joined or left.
	Diff []catalog.Change
}

// Choose gives the call, with the scope [Once], or else the name to one server.
type Choose struct {
	Server string
	Scope  Scope
}

// Adopt settles the name by a strategy, one of [catalog.Strategies].
type Adopt struct {
	Strategy Strategy
	Scope    Scope
}

// Name gives candidates names of the person's own, by server. Those without one
// keep the name.
type Name struct {
	Aliases map[string]string
	Scope   Scope
}

// Hide never offers one candidate.
type Hide struct {
	Server string
	Scope  Scope
}

func (Collision) question() {}
func (Choose) answer()      {}
func (Adopt) answer()       {}
func (Name) answer()        {}
func (Hide) answer()        {}

// Offers tells whether an answer of that scope would hold.
func (q Collision) Offers(s Scope) bool { return slices.Contains(q.Scopes, s) }

// settles tells whether a scope is one that settles the name.
func (q Collision) settles(s Scope) bool { return s != Once && q.Offers(s) }

// accepts tells whether an answer is one to this question.
func (q Collision) accepts(a Answer) bool {
	switch a := a.(type) {
	case Choose:
		return q.has(a.Server) && q.Offers(a.Scope)
	case Adopt:
		_, err := catalog.ParseStrategy(string(a.Strategy))
		return err == nil && q.settles(a.Scope)
	case Name:
		return q.settles(a.Scope) && q.CheckNames(a.Aliases) == nil
	case Hide:
		return q.has(a.Server) && q.settles(a.Scope)
	case Deny:
		return q.Call != ""
	}
	return false
}

// has tells whether a server is among the candidates.
func (q Collision) has(server string) bool {
	return slices.ContainsFunc(q.Candidates, func(c Candidate) bool { return c.Tool.ID.Server == server })
}
