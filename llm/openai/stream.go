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

// graceForUsage is how long the token counts and the end mark may take on chat
// completions, where they come behind the reason to end.
const graceForUsage = 5 * time.Second

// Stream sends r and yields the answer as it arrives, as [llm.Model] says. Each
// range over it is a request of its own. A request is sent once more only when the
// endpoint refused it over a point that can be put in another way; see [lessons].
func (m *Model) Stream(ctx context.Context, r llm.Request) iter.Seq2[llm.Event, error] {
	return func(yield func(llm.Event, error) bool) {
		for tries := 0; ; tries++ {
			known := m.taught()
			err := known.answer(ctx, r, yield)
			if err == nil {
				return
			}
			if ctx.Err() != nil || tries == len(lessons) || !m.learn(known.quirks, err) {
				yield(nil, err)
				return
			}
		}
	}
}

// answer sends r and yields the answer. It gives an error, and has yielded
// nothing, if the endpoint did not begin one.
func (m *Model) answer(ctx context.Context, r llm.Request, yield func(llm.Event, error) bool) error {
	x := &exchange{model: m}
	inner, watch := newWatchdog(ctx, m.firstByte, m.quiet)
	x.watch = watch
	defer watch.stop()
	wire := wireOf(m.quirks)
	stream, err := wire.open(inner, x, r)
	if err != nil {
		return x.explain(ctx, err)
	}
	defer stream.Close()
	reading := &reader{exchange: x, outer: ctx, stream: stream, answer: wire.gather(), grace: wire.grace}
	reading.events(yield)
	return nil
}

// client is go-openai's for this one exchange.
func (x *exchange) client() *api.Client {
	config := api.DefaultConfig("") // the key travels in the model's own headers
	config.BaseURL = x.model.endpoint.base
	config.HTTPClient = x
	return api.NewClientWithConfig(config)
}

// A reader reads one answer.
type reader struct {
	*exchange
	outer  context.Context // the caller's
	stream rawStream
	answer gatherer
	grace  time.Duration
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
	events, err := r.answer.add(raw)
	if err == nil && r.answer.over() {
		r.watch.limit(r.grace)
	}
	return events, err
}

// ended tells what the end of the stream means. The answer is complete if it said
// so or the end mark came: a connection that was simply closed looks the same
// as one that was cut.
func (r *reader) ended(err error) error {
	switch {
	case r.answer.over(), errors.Is(err, io.EOF) && r.framed.marked:
		return io.EOF
	case errors.Is(err, errBroken), errors.Is(err, errTooLarge):
		return err
	case errors.Is(err, io.EOF) && !r.answer.began() && (r.framed.events > 0 || r.framed.stray != ""):
		return &notAnAnswer{r.framed.stray}
	case errors.Is(err, io.EOF):
		return errCut
	}
	return fmt.Errorf("%w: %w", errCut, err)
}

// end yields what the answer ended with.
func (r *reader) end(yield func(llm.Event, error) bool) {
	done, err := r.answer.done(r.model)
	if err != nil {
		yield(nil, err)
		return
	}
	yield(done, nil)
}
