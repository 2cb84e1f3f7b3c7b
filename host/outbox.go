package host

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"switchboard/host/clean"
)

// frame is how long text may wait for more of its kind: 30 deliveries a second
// look fluid and leave the screen time for the keyboard.
const frame = time.Second / 30

// outbox is the one ordered stream of events. Neighbouring pieces of text become
// one; text waits for the frame, everything else leaves at once and takes along
// what stands before it.
type outbox struct {
	deliver chan []Event // closed after the last delivery

	// record hears every event as it is put, in order; settle returns when what was
	// recorded is on the disk. Both may be nil.
	record func(Event)
	settle func(context.Context)

	mu     sync.Mutex
	queue  []Event
	wake   chan struct{} // there is something in the queue
	urgent chan struct{} // there is something that does not wait for the frame
}

func newOutbox() *outbox {
	return &outbox{
		deliver: make(chan []Event),
		wake:    make(chan struct{}, 1),
		urgent:  make(chan struct{}, 1),
	}
}

// Put appends an event. It never blocks.
func (o *outbox) Put(e Event) {
	o.mu.Lock()
	if o.record != nil {
		o.record(e)
	}
	if n := len(o.queue); n > 0 {
		if replaces(o.queue[n-1], e) {
			o.queue[n-1] = e
			o.mu.Unlock()
			return
		}
	}
	o.queue = append(o.queue, e)
	o.mu.Unlock()
	poke(o.wake)
	if !patient(e) {
		poke(o.urgent)
	}
}

// Run delivers until ctx ends, then hands over what is left if the listener
// still takes it, and closes the stream. It must outlive all who call Put.
func (o *outbox) Run(ctx context.Context, listening <-chan struct{}) {
	defer close(o.deliver)
	for {
		select {
		case <-ctx.Done():
			o.hand(listening)
			return
		case <-o.wake:
		}
		select {
		case <-ctx.Done():
		case <-o.urgent:
		case <-time.After(frame):
		}
		o.hand(listening)
	}
}

// hand gives the queue to the listener, unless there is none any more.
func (o *outbox) hand(listening <-chan struct{}) {
	o.mu.Lock()
	batch := joinText(o.queue)
	o.queue = nil
	o.mu.Unlock()
	if len(batch) == 0 {
		return
	}
	if o.settle != nil && slices.ContainsFunc(batch, lasting) {
		o.settle(context.Background())
	}
	select {
	case o.deliver <- batch:
	case <-listening:
	}
}

// lasting events tell that something counts from now on: it is on the disk before
// anybody hears of it.
func lasting(e Event) bool {
	switch e.(type) {
	case TurnStarted, TurnQueued, TurnSteered, CallFinished, TurnEnded, TurnUndone:
		return true
	}
	return false
}

// patient events lose nothing by waiting for the frame.
func patient(e Event) bool {
	switch e.(type) {
	case Text, Reasoning, CallWriting, CallProgress:
		return true
	}
	return false
}

// replaces tells whether the next event makes its neighbour old news.
func replaces(last, next Event) bool {
	switch next := next.(type) {
	case CallWriting:
		_, ok := last.(CallWriting)
		return ok
	case CallProgress:
		l, ok := last.(CallProgress)
		return ok && l.ID == next.ID
	case ServerChanged:
		l, ok := last.(ServerChanged)
		return ok && l.Server.Name == next.Server.Name
	}
	return false
}

// joinText makes one event of neighbouring pieces of text. It does so when the
// batch leaves, not as pieces come, so that a piece costs the same however many
// are waiting.
func joinText(queue []Event) []Event {
	batch := queue[:0]
	for i := 0; i < len(queue); {
		joined, n := run(queue[i:])
		batch = append(batch, joined)
		i += n
	}
	return batch
}

// run joins the pieces of text at the front of the queue and says how many
// events went into it.
func run(queue []Event) (Event, int) {
	var b strings.Builder
	n := 0
	switch first := queue[0].(type) {
	case Text:
		for ; n < len(queue); n++ {
			t, ok := queue[n].(Text)
			if !ok || t.Turn != first.Turn {
				break
			}
			b.WriteString(t.Text.Raw())
		}
		return Text{first.Turn, clean.Foreign(b.String())}, n
	case Reasoning:
		for ; n < len(queue); n++ {
			t, ok := queue[n].(Reasoning)
			if !ok || t.Turn != first.Turn {
				break
			}
			b.WriteString(t.Text.Raw())
		}
		return Reasoning{first.Turn, clean.Foreign(b.String())}, n
	}
	return queue[0], 1
}

// poke fills a channel of capacity one, or leaves it full.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
