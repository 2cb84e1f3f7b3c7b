package server

import (
	"encoding/json"
	"fmt"
	"time"

	"switchboard/host/clean"
)

// A Kind sorts the ways a call can fail.
type Kind string

// The kinds of a failed call.
const (
	NotReady Kind = "not ready" // the server was not there to be asked
	Lost     Kind = "lost"      // the connection or the process ended during the call
	TimedOut Kind = "timed out"
	Refused  Kind = "refused" // the server answered with a protocol error
	Invalid  Kind = "invalid" // the answer, or the arguments, made no sense
	// Suspended calls were not sent: too many in a row had come to nothing.
	Suspended Kind = "suspended"
)

// An Error is why a call came to nothing, in words for the person and the model.
// A call that its own context ended gives that context's error instead.
type Error struct {
	Server string
	Kind   Kind
	// Text says what happened; it may quote the server.
	Text clean.Text
	// Code and Data are the JSON-RPC error's, when Kind is Refused.
	Code int
	Data json.RawMessage
	// RetryAfter is how long another try is pointless, when Kind is NotReady or
	// Suspended and that is known; else 0.
	RetryAfter time.Duration
}

// Error is safe to show: what the server wrote is cleaned.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Server, e.Text.Line()) }
