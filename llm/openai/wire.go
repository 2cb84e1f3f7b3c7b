package openai

import (
	"context"
	"time"

	"switchboard/llm"
)

// The wires, as [Quirks.Wire] names them.
const (
	ChatCompletions = "chat"
	Responses       = "responses"
)

// A wire is one of the two ways to ask a model: how a request is sent, and how
// the events of its answer become one.
type wire struct {
	open   func(ctx context.Context, x *exchange, r llm.Request) (rawStream, error)
	gather func() gatherer
	// grace is how long the end of the stream may take once the answer said that it
	// has ended.
	grace time.Duration
}

// wires are both of them by name.
var wires = map[string]wire{
	ChatCompletions: {openChat, func() gatherer { return &answer{} }, graceForUsage},
	Responses:       {openResponse, func() gatherer { return &response{} }, drainTime}, // its end has it all
}

// wireOf is the wire that q names, chat completions if it names none.
func wireOf(q Quirks) wire {
	if w, ok := wires[q.Wire]; ok {
		return w
	}
	return wires[ChatCompletions]
}

// A rawStream is a stream of go-openai, whichever its events are.
type rawStream interface {
	RecvRaw() ([]byte, error)
	Close() error
}

// A gatherer puts an answer together.
type gatherer interface {
	// add takes one event of the stream and gives what it brought, in order. An
	// error that the server reports in the event is an [*eventError].
	add(raw []byte) ([]llm.Event, error)
	// began tells whether anything of an answer was seen.
	began() bool
	// over tells whether the server said that the answer has ended.
	over() bool
	// done is the answer, once it has ended; an error if it has ended badly.
	done(m *Model) (llm.Done, error)
}
