// Package llmtest stands in for language models in tests: [Scripted] is a model
// that says what it is told, [Endpoint] a server that speaks both wires of
// OpenAI's with the quirks of each provider.
package llmtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"
	"time"

	"switchboard/llm"
)

// ErrNoStep is what a request gets when the script has no step left.
var ErrNoStep = errors.New("the script has no step for this request")

// Scripted is a model that answers each request with the next step of its
// script. It is safe for concurrent use, never starts a goroutine, and its waits
// run on the virtual clock of testing/synctest.
type Scripted struct {
	// Description is what Info gives; it may be set before the first request.
	Description llm.Info

	mu       sync.Mutex
	next     func(n int, r llm.Request) (Step, error)
	steps    []Step
	requests []llm.Request
	faults   []error
	calls    int // how many call ids were given out
}

// New makes a model that takes one step for each request, in the order of their
// arrival.
func New(steps ...Step) *Scripted {
	s := &Scripted{Description: llm.Info{Provider: "script", Name: "scripted"}, steps: slices.Clone(steps)}
	s.next = func(n int, _ llm.Request) (Step, error) {
		if n >= len(s.steps) {
			return Step{}, fmt.Errorf("%w: it is number %d of %d", ErrNoStep, n+1, len(s.steps))
		}
		return s.steps[n], nil
	}
	return s
}

// NewFunc makes a model that answers each request with the step that f gives for
// it. Calls of f do not overlap.
func NewFunc(f func(llm.Request) Step) *Scripted {
	s := New()
	s.next = func(_ int, r llm.Request) (Step, error) { return f(r), nil }
	return s
}

// Then adds steps to the end of the script.
func (s *Scripted) Then(steps ...Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.steps = append(s.steps, steps...)
}

// Info gives the description.
func (s *Scripted) Info() llm.Info { return s.Description }

// Stream takes the next step of the script.
func (s *Scripted) Stream(ctx context.Context, r llm.Request) iter.Seq2[llm.Event, error] {
	return func(yield func(llm.Event, error) bool) {
		step, err := s.take(r)
		if err != nil {
			yield(nil, err)
			return
		}
		step.play(ctx, yield)
	}
}

// take records r and gives its step, with ids for the calls that have none.
func (s *Scripted) take(r llm.Request) (Step, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.requests)
	r.Messages, r.Tools = slices.Clone(r.Messages), slices.Clone(r.Tools)
	s.requests = append(s.requests, r)
	step, err := s.next(n, r)
	if err == nil && step.check != nil {
		err = step.check(r)
	}
	if err != nil {
		err = fmt.Errorf("request %d: %w", n+1, err)
		s.faults = append(s.faults, err)
		return Step{}, err
	}
	step.parts = slices.Clone(step.parts)
	for i, p := range step.parts {
		if c, ok := p.(llm.ToolCall); ok && c.ID == "" {
			s.calls++
			c.ID = fmt.Sprintf("call%05d", s.calls)
			step.parts[i] = c
		}
	}
	return step, nil
}

// Requests gives the requests so far, oldest first.
func (s *Scripted) Requests() []llm.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Last gives the newest request; the zero one before the first.
func (s *Scripted) Last() llm.Request {
	all := s.Requests()
	if len(all) == 0 {
		return llm.Request{}
	}
	return all[len(all)-1]
}

// Verify fails the test if a request found no step or did not pass its step's
// check, or if a step was not used.
func (s *Scripted) Verify(t testing.TB) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, err := range s.faults {
		t.Errorf("the scripted model: %v", err)
	}
	if left := len(s.steps) - len(s.requests); left > 0 {
		t.Errorf("the scripted model: %d of %d steps were not asked for", left, len(s.steps))
	}
}

var _ llm.Model = (*Scripted)(nil)

// pause waits for d, or for the context to end.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return context.Cause(ctx)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
