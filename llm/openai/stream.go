package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	api "github.com/sashabaranov/go-openai"

	"switchboard/llm"
)

// graceForUsage is how long the token counts and the end mark may take once the
// answer said that it has ended.
const graceForUsage = 5 * time.Second

// Stream sends r and yields the answer as it arrives, as [llm.Model] says. Each
// range over it is a request of its own. There are no retries here.
func (m *Model) Stream(ctx context.Context, r llm.Request) iter.Seq2[llm.Event, error] {
	return func(yield func(llm.Event, error) bool) {
		x := &exchange{model: m}
		inner, watch := newWatchdog(ctx, m.firstByte, m.quiet)
		x.watch = watch
		defer watch.stop()
		stream, err := x.open(inner, r)
		if err != nil {
			yield(nil, x.explain(ctx, err))
			return
		}
		defer stream.Close()
		reading := &reader{exchange: x, outer: ctx, stream: stream}
		reading.events(yield)
	}
}

// open sends the request and waits for the head of the answer.
func (x *exchange) open(ctx context.Context, r llm.Request) (*api.ChatCompletionStream, error) {
	q := x.model.request(r)
	x.patch = q.patch
	config := api.DefaultConfig("") // the key travels in the model's own headers
	config.BaseURL = x.model.endpoint.base
	config.HTTPClient = x
	return api.NewClientWithConfig(config).CreateChatCompletionStream(ctx, q.body)
}

// A reader reads one answer.
type reader struct {
	*exchange
	outer  context.Context // the caller's
	stream *api.ChatCompletionStream
	answer answer
}

// An eventError is an error that the server reported within the stream.
type eventError struct{ raw []byte }

func (e *eventError) Error() string { return "the server reported an error in its answer" }

// errCut is a stream that ended before the answer did.
var errCut = errors.New("the answer stopped before its end")

// events yields the answer; the last thing it yields is Done or an error. Once the
// caller's context has ended, nothing more comes but its cause, not even what was
// already received.
func (r *reader) events(yield func(llm.Event, error) bool) {
	for {
		events, err := r.next()
		for _, e := range events {
			if r.outer.Err() != nil {
				break
			}
			if !yield(e, nil) {
				return
			}
		}
		switch {
		case r.outer.Err() != nil:
			yield(nil, context.Cause(r.outer))
			return
		case errors.Is(err, io.EOF):
			r.end(yield)
			return
		case err != nil:
			yield(nil, r.explain(r.outer, err))
			return
		}
	}
}

// next reads one event; [io.EOF] is the end of an answer that is complete.
func (r *reader) next() ([]llm.Event, error) {
	raw, err := r.stream.RecvRaw()
	if err != nil {
		return nil, r.ended(err)
	}
	c, err := readChunk(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	if c.failed() {
		return nil, &eventError{raw}
	}
	events := r.answer.add(c)
	if r.answer.finish != "" {
		r.watch.limit(graceForUsage)
	}
	return events, nil
}

// ended tells what the end of the stream means. The answer is complete if it said
// so or the end mark came: a connection that was simply closed looks the same
// as one that was cut.
func (r *reader) ended(err error) error {
	switch {
	case r.answer.finish != "", errors.Is(err, io.EOF) && r.framed.marked:
		return io.EOF
	case errors.Is(err, errBroken), errors.Is(err, errTooLarge):
		return err
	case errors.Is(err, io.EOF) && !r.answer.begun && (r.framed.events > 0 || r.framed.stray != ""):
		return &notAnAnswer{r.framed.stray}
	case errors.Is(err, io.EOF):
		return errCut
	}
	return fmt.Errorf("%w: %w", errCut, err)
}

// end yields what the answer ended with.
func (r *reader) end(yield func(llm.Event, error) bool) {
	if kind, ok := brokenOff[r.answer.finish]; ok {
		yield(nil, r.model.failure(kind, problem{message: "the answer was broken off: " + r.answer.finish, code: r.answer.finish}))
		return
	}
	yield(r.answer.done(r.model), nil)
}
