// Package retry asks a model again when an answer failed in a way that may pass.
// It stands between the host and any model: what was shown of the failed answer is
// voided by an event, and an answer that was complete is never asked for again, so
// no tool runs twice.
package retry

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"net"
	"net/http"
	"syscall"
	"time"

	"switchboard/llm"
)

// The bounds of all attempts at one answer.
const (
	firstWait = time.Second      // at most, before the second attempt; doubles with each
	longest   = 30 * time.Second // of our own waits
	// patience is the longest wait that a provider may ask for; the person should
	// hear of a longer one and decide.
	patience = 60 * time.Second
	// waiting is the most that is waited over all attempts together.
	waiting = 3 * time.Minute
)

// again is how often each kind of failure is tried again. Kinds that are not here
// would fail the same way: a refused key, a request that does not fit.
var again = map[llm.ErrorKind]int{
	llm.RateLimited: 4,
	llm.Overloaded:  4,
	llm.Truncated:   3,
	llm.Network:     2,
	llm.Idle:        1, // it was waited for minutes already
	llm.BadReply:    1, // Groq: the next try at a call is often a good one
}

// Model asks its inner model again when that may help.
type Model struct {
	inner llm.Model
	// jitter chooses a wait of at most its argument.
	jitter func(most time.Duration) time.Duration
}

// New makes a model that asks inner again: up to four times, with random waits
// that grow to 30 s, or for as long as the provider says, up to 60 s. Waits end
// with the caller's context, and are at most 3 minutes in all.
func New(inner llm.Model) *Model {
	return &Model{inner: inner, jitter: func(most time.Duration) time.Duration { return rand.N(most + 1) }}
}

// Info is the inner model's.
func (m *Model) Info() llm.Info { return m.inner.Info() }

// Models are those that the inner model lists; [errors.ErrUnsupported] if it lists
// none.
func (m *Model) Models(ctx context.Context) ([]llm.ModelInfo, error) {
	l, ok := m.inner.(llm.Lister)
	if !ok {
		return nil, fmt.Errorf("listing the models of %s: %w", m.Info().Provider, errors.ErrUnsupported)
	}
	return l.Models(ctx)
}

// Stream is the inner model's, with an [llm.Voided] wherever the answer begins
// anew. The last failure is the one that is told, with the number of attempts.
func (m *Model) Stream(ctx context.Context, r llm.Request) iter.Seq2[llm.Event, error] {
	return func(yield func(llm.Event, error) bool) {
		var waited time.Duration
		for tries := 1; ; tries++ {
			err := m.attempt(ctx, r, yield)
			if err == nil {
				return
			}
			if ctx.Err() != nil {
				yield(nil, context.Cause(ctx))
				return
			}
			wait, ok := m.wait(err, tries, waited)
			if !ok {
				yield(nil, counted(err, tries))
				return
			}
			waited += wait
			if !yield(llm.Voided{Why: why(err), Wait: wait}, nil) {
				return
			}
			if err := pause(ctx, wait); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// attempt passes one answer on and gives what it failed with. It gives nil when
// there is nothing more to do: after Done, and when the caller has left.
func (m *Model) attempt(ctx context.Context, r llm.Request, yield func(llm.Event, error) bool) error {
	for e, err := range m.inner.Stream(ctx, r) {
		if err != nil {
			return err
		}
		if !yield(e, nil) {
			return nil
		}
		if _, done := e.(llm.Done); done {
			return nil
		}
	}
	return &llm.Error{
		Kind: llm.Truncated, Provider: m.inner.Info().Provider,
		Message: "the answer stopped before its end", Hint: "Try again.",
	}
}

// wait says how long to wait before the next attempt, and whether to make one.
func (m *Model) wait(err error, tries int, waited time.Duration) (time.Duration, bool) {
	var e *llm.Error
	if !errors.As(err, &e) || tries > again[e.Kind] || e.RetryAfter > patience || lasts(e) {
		return 0, false
	}
	most := min(firstWait<<(tries-1), longest)
	wait := m.jitter(most)
	if e.RetryAfter > 0 { // not all at the very moment that the provider named
		wait = e.RetryAfter + m.jitter(min(e.RetryAfter/10, most))
	}
	return wait, waited+wait <= waiting
}

// lasts tells whether a failure stays until a person does something: nothing
// listens there, the name is unknown, the certificate is not good. They should hear
// so at once.
func lasts(e *llm.Error) bool {
	var (
		dns    *net.DNSError
		verify *tls.CertificateVerificationError
	)
	return errors.Is(e.Err, syscall.ECONNREFUSED) || errors.Is(e.Err, http.ErrSchemeMismatch) ||
		errors.As(e.Err, &dns) && dns.IsNotFound || errors.As(e.Err, &verify)
}

// why says what went wrong, for the event.
func why(err error) string {
	var e *llm.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}

// counted adds to an error how often it was tried.
func counted(err error, tries int) error {
	var e *llm.Error
	if tries == 1 || !errors.As(err, &e) {
		return err
	}
	told := *e
	told.Message = fmt.Sprintf("%s (tried %d times)", e.Message, tries)
	told.Err = err
	return &told
}

// pause waits for d, or for the context to end.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

var (
	_ llm.Model  = (*Model)(nil)
	_ llm.Lister = (*Model)(nil)
)
