package llm

import "time"

// An Event is one piece of an answer: [TextDelta], [ReasoningDelta],
// [CallDelta], [Voided] or [Done].
type Event interface{ event() }

// TextDelta is the next piece of the answer's text.
type TextDelta string

// ReasoningDelta is the next piece of the model's reasoning.
type ReasoningDelta string

// A CallDelta tells that the model is writing a tool call; the finished call is
// in [Done].
type CallDelta struct {
	Index int    // which call of this answer, from 0
	Name  string // as far as it is known
	Bytes int    // length of the arguments so far
}

// Voided tells that what came of this answer so far does not count, be it
// nothing at all, and that the request is sent once more. It never follows a
// [Done].
type Voided struct {
	Why  string        // foreign text, to be cleaned where it is shown
	Wait time.Duration // before the request is sent again
}

// Done ends an answer that is complete.
type Done struct {
	Message Message
	Finish  Finish
	Usage   Usage
}

func (TextDelta) event()      {}
func (ReasoningDelta) event() {}
func (CallDelta) event()      {}
func (Voided) event()         {}
func (Done) event()           {}

// Finish says why an answer ended.
type Finish string

// The ways an answer ends.
const (
	Stop      Finish = "stop"
	ToolCalls Finish = "tool_calls" // whenever there are calls, whatever the server said
	Length    Finish = "length"     // the output limit was reached
	Filtered  Finish = "content_filter"
)

// Usage counts tokens.
type Usage struct {
	Input     int // tokens of the request, cached ones included
	Cached    int // of these, how many came from the provider's cache
	Output    int // tokens of the answer, reasoning included
	Reasoning int // of these, how many were reasoning
}

// Add sums two usages.
func (u Usage) Add(v Usage) Usage {
	return Usage{u.Input + v.Input, u.Cached + v.Cached, u.Output + v.Output, u.Reasoning + v.Reasoning}
}
