// Package llm is the vocabulary between the host and a language model: a
// request goes in, a stream of events comes out. It knows no screen, no MCP and
// no provider's types; the packages below it (openai, offline) speak to one kind
// of model each.
package llm

import (
	"context"
	"iter"
)

// A Model answers one request at a time as a stream of events. Implementations
// are safe for concurrent use.
type Model interface {
	// Stream sends r and yields the answer as it arrives. The sequence ends
	// after exactly one [Done], or after one non-nil error, which is an [*Error]
	// unless the caller's context ended. Breaking out of the loop cancels the
	// request.
	Stream(ctx context.Context, r Request) iter.Seq2[Event, error]
	// Info says which model this is.
	Info() Info
}

// Info describes a model to the person and to the host.
type Info struct {
	Provider string    // who answers: a provider's name or the endpoint's host
	Name     string    // the model's name, as requests carry it
	Window   int       // context window in tokens; 0 when unknown
	Tools    ToolRules // what the provider refuses in a list of tools
	Vision   bool      // whether it takes images; false when unknown
	// Offline marks the built-in word matcher, which is no language model: its
	// calls always ask, whatever was allowed before.
	Offline bool
}

// A Request is one question to a model, with everything it may know.
type Request struct {
	System   string    // instructions; empty for none
	Messages []Message // the conversation, oldest first
	Tools    []Tool    // sorted by name, so that the prompt's prefix stays cached
	// MaxOutput bounds the answer in tokens; 0 leaves it to the provider.
	MaxOutput int
	// Temperature is left out of the request when nil.
	Temperature *float64
	// Effort is the reasoning effort ("low", "medium", …); empty leaves it out.
	Effort string
}

// A Tool is what the model may call.
type Tool struct {
	Name        string // matches ^[a-zA-Z0-9_-]{1,64}$
	Description string
	Schema      []byte // a JSON Schema object for the arguments
	// Server says who offers the tool, for models that can use it in a reply.
	Server string
	// Destructive tells that a call may change or remove something for good.
	Destructive bool
}
