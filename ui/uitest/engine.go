package uitest

import (
	"slices"
	"sync"

	"switchboard/host"
)

// An Engine is a host that does nothing by itself: it writes down the ops and
// plays the events it is told to. The zero value is not usable; see [NewEngine].
type Engine struct {
	events chan []host.Event
	mu     sync.Mutex
	ops    []host.Op
	begun  int // how often the servers were let go
}

// NewEngine makes an engine.
func NewEngine() *Engine { return &Engine{events: make(chan []host.Event, 64)} }

// Do writes the op down.
func (e *Engine) Do(op host.Op) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, ok := op.(host.Begin); ok {
		e.begun++
		return
	}
	e.ops = append(e.ops, op)
}

// Events is what [Engine.Play] plays.
func (e *Engine) Events() <-chan []host.Event { return e.events }

// Play tells the screen the events, as one batch.
func (e *Engine) Play(events ...host.Event) { e.events <- events }

// Begun is how often the screen let the servers start.
func (e *Engine) Begun() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.begun
}

// Ops are all ops so far that a person caused: [host.Begin], which the screen sends
// by itself, is not among them.
func (e *Engine) Ops() []host.Op {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.ops)
}

// Answers are the answers among the ops, in order.
func (e *Engine) Answers() []host.AnswerQuestion { return Only[host.AnswerQuestion](e) }

// Only picks the ops of one kind.
func Only[T host.Op](e *Engine) []T {
	var out []T
	for _, op := range e.Ops() {
		if t, ok := op.(T); ok {
			out = append(out, t)
		}
	}
	return out
}

// Close ends the stream of events, as a host does that has ended.
func (e *Engine) Close() { close(e.events) }
