package host

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/policy"
)

// An Approval asks whether one call may go through.
type Approval struct {
	Call CallID
	Tool catalog.Tool
	Name string // as the model said it
	// Arguments is the JSON object that will be sent, byte for byte.
	Arguments json.RawMessage
	// Hash is [HashArguments] of Arguments. An approval carries it back, so that
	// what was shown is what is sent.
	Hash string
	// Says is what the model wrote just before the call.
	Says  clean.Text
	State ServerState // of the tool's server when it was asked
	Risk  Risk
	// New is set at a first contact: the person has not promoted the server yet, so
	// every call asks. [SetTrust] promotes it.
	New bool
	// Trusted is set where the person takes the server's word for what its tools do.
	Trusted bool
	// Changed lists how the tool's definition differs from the one that the person
	// accepted, which is why grants for it are void; empty for unchanged.
	Changed []catalog.Change
	// Instructions compares the server's instructions with the accepted ones; empty
	// for unchanged.
	Instructions []catalog.Segment
	// Why says in sentences that are safe to show what no rule allowed.
	Why []string
	// Again says why the same call is asked about anew, such as a definition that
	// changed while the question stood; empty for the first time.
	Again string
	// Faults say what is wrong with the person's own arguments, when it is them that
	// are asked about again; safe to show.
	Faults []string
	// Past holds the arguments of the last calls of that tool, the newest first, at
	// most [PastCalls].
	Past []json.RawMessage
	// Scopes lists the approvals that would hold; [Once] is always among them.
	Scopes []Scope
	// CanLook is set where [Approve.Look] would be heeded.
	CanLook bool

	pin policy.Pin
}

// PastCalls is how many earlier calls an [Approval] carries.
const PastCalls = 15

// Risk says what a call may do.
type Risk struct {
	Words string // safe to show
	Loud  bool   // deserves the colour of warnings
	// Reads is set where the call changes nothing, by the word of a server that the
	// person trusts.
	Reads bool
}

// Scope says for how much an answer holds.
type Scope string

// The scopes of an answer.
const (
	Once         Scope = "once"
	SessionExact Scope = "session, these arguments"
	Session      Scope = "session" // this tool of this server, any arguments, until the program ends
	// Always is the tool with any arguments, AlwaysMatching the tool where some
	// arguments have the values of this call. Both are tied to the server's launch
	// and the tool's definition, and expire.
	Always         Scope = "always"
	AlwaysMatching Scope = "always, matching"
)

// Approve lets the call through.
type Approve struct {
	Scope Scope
	// Match names, for [AlwaysMatching], the arguments whose values in this call
	// are the pattern; the others may be anything.
	Match []string
	// Arguments are the person's own, in place of those that were shown; nil for as
	// shown. They are checked again before they are sent.
	Arguments json.RawMessage
	// Hash is that of the question; another one is no answer to it.
	Hash string
	// Look shows the result to the person before the model reads it.
	Look bool
}

// Deny refuses the call; the model reads the reason. With the scope [Session] every
// call of the tool is denied until the program ends.
type Deny struct {
	Reason string
	Scope  Scope
}

func (Approval) question() {}
func (Approve) answer()    {}
func (Deny) answer()       {}

// HashArguments is "sha256:" and 64 hex digits over the bytes of a call's arguments.
func HashArguments(arguments json.RawMessage) string {
	sum := sha256.Sum256(arguments)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Offers tells whether an approval of that scope would hold.
func (q Approval) Offers(s Scope) bool { return slices.Contains(q.Scopes, s) }

// Grant is the rule that an approval of a scope makes, in its written form; the
// error says why there is none, as for [Once].
func (q Approval) Grant(s Scope, match []string) (string, error) {
	r, err := grantOf(q.subject(q.Arguments), s, match)
	if err != nil {
		return "", err
	}
	return r.String(), nil
}

// Covers counts how many of the past calls an approval of [AlwaysMatching] would
// have let through.
func (q Approval) Covers(match []string) (n, of int) {
	r, err := policy.Suggest(q.subject(q.Arguments), match)
	if err != nil {
		return 0, len(q.Past)
	}
	past := make([]policy.Call, len(q.Past))
	for i, arguments := range q.Past {
		past[i] = q.subject(arguments)
	}
	return policy.WouldHaveAllowed(r, past)
}

func (q Approval) subject(arguments json.RawMessage) policy.Call {
	return policy.Call{ID: q.Tool.ID, Arguments: arguments, Pin: q.pin}
}

// accepts tells whether an answer is one to this question.
func (q Approval) accepts(a Answer) bool {
	switch a := a.(type) {
	case Approve:
		return a.Hash == q.Hash && q.Offers(a.Scope)
	case Deny:
		return a.Scope == "" || a.Scope == Once || a.Scope == Session
	}
	return false
}
