package host

import (
	"encoding/json"
	"time"

	"switchboard/host/catalog"
)

// A QuestionID names a question for as long as the host lives.
type QuestionID int

// A Question waits for a person: an [Approval], a [ResultReview],
// a [Collision] or a [Consent].
type Question interface{ question() }

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

func (Collision) question() {}

// An Answer settles a question: [Approve] or [Deny] an [Approval]; [Release] or
// [Withhold] a [ResultReview]; [Choose], [KeepBoth] or [AskEachCall] a [Collision];
// [Agree] or [Deny] a [Consent].
type Answer interface{ answer() }

// Choose gives the name to one server.
type Choose struct{ Server string }

// KeepBoth offers every candidate under its prefixed name.
type KeepBoth struct{}

// AskEachCall offers the name once and asks which server at every call.
type AskEachCall struct{}

func (Choose) answer()      {}
func (KeepBoth) answer()    {}
func (AskEachCall) answer() {}
