package host

import (
	"encoding/json"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// A QuestionID names a question for as long as the host lives.
type QuestionID int

// A Question waits for a person: an [Approval] or a [Collision].
type Question interface{ question() }

// An Approval asks whether one call may go through.
type Approval struct {
	Call CallID
	Tool catalog.Tool
	Name string // as the model said it
	// Arguments is the JSON object that will be sent, byte for byte.
	Arguments json.RawMessage
	// Says is what the model wrote just before the call.
	Says clean.Text
	// OnceOnly is set when a wider grant would not be honoured: the offline
	// model always asks.
	OnceOnly bool
}

// A Collision asks which server takes a name that several offer.
type Collision struct {
	Name       string // the name in question
	Candidates []Candidate
	// Call is set when the question is about one call alone; [Choose] then
	// holds for that call and [KeepBoth] is not offered.
	Call CallID
	// Arguments are those of that call.
	Arguments json.RawMessage
}

// A Candidate is one of the tools that share a name.
type Candidate struct {
	Tool     catalog.Tool
	Prefixed string // its name if all candidates are kept
	State    ServerState
	Latency  time.Duration // 0 when unknown
}

func (Approval) question()  {}
func (Collision) question() {}

// An Answer settles a question: [Approve] or [Deny] an [Approval]; [Choose],
// [KeepBoth] or [AskEachCall] a [Collision].
type Answer interface{ answer() }

// Scope says for how much an approval holds.
type Scope string

// The scopes of an approval.
const (
	Once    Scope = "once"
	Session Scope = "session" // this tool of this server, any arguments, until the program ends
)

// Approve lets the call through.
type Approve struct{ Scope Scope }

// Deny refuses the call; the model reads the reason.
type Deny struct{ Reason string }

// Choose gives the name to one server.
type Choose struct{ Server string }

// KeepBoth offers every candidate under its prefixed name.
type KeepBoth struct{}

// AskEachCall offers the name once and asks which server at every call.
type AskEachCall struct{}

func (Approve) answer()     {}
func (Deny) answer()        {}
func (Choose) answer()      {}
func (KeepBoth) answer()    {}
func (AskEachCall) answer() {}
