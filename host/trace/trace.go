// Package trace turns what happened in a turn into spans of time: the model's
// steps, each call with the wait for the person apart from the server's time. A
// trace is written out as JSON of its own or as OTLP, for the tools that read that.
package trace

import (
	"encoding/json"
	"time"
)

// A Kind says whose time a span is.
type Kind string

// The kinds of spans.
const (
	Turn   Kind = "turn"
	Model  Kind = "model"  // one step: a request and its answer
	Call   Kind = "call"   // from the model's wish to its end
	Person Kind = "person" // a call waits for the person
	Server Kind = "server" // the server works on a call
)

// A Span is a stretch of time with what it was for.
type Span struct {
	ID     int       `json:"id"`               // from 1 within a trace
	Parent int       `json:"parent,omitempty"` // 0 for the turn itself
	Kind   Kind      `json:"kind"`
	Name   string    `json:"name"`
	Begin  time.Time `json:"begin"`
	End    time.Time `json:"end,omitzero"` // zero while it lasts
	Failed bool      `json:"failed,omitempty"`
	// Facts say more, as names and values for a person.
	Facts []Fact `json:"facts,omitempty"`
}

// A Fact is one thing that is known of a span.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Took is how long a span lasted, up to now if it still does.
func (s Span) Took(now time.Time) time.Duration {
	if s.End.IsZero() {
		return max(0, now.Sub(s.Begin))
	}
	return s.End.Sub(s.Begin)
}

// A Trace is all spans of one turn, in the order of their beginning; the first is
// the turn.
type Trace struct {
	Turn   int    `json:"turn"`
	Prompt string `json:"prompt"`
	Spans  []Span `json:"spans"`
}

// JSON writes the trace for a person or a program.
func (t Trace) JSON() ([]byte, error) { return json.MarshalIndent(t, "", "  ") }
