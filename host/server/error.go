package server

import (
	"encoding/json"
	"fmt"

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
}

// Error is safe to show: what the server wrote is cleaned.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Server, e.Text.Line()) }
