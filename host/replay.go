package host

import (
	"context"
	"time"

	"switchboard/host/clean"
	"switchboard/host/journal"
	"switchboard/host/task"
)

// ControlReplay changes how a [Replay] goes on. A host does nothing for it.
type ControlReplay struct {
	Pause bool    // halts it, or lets it go on
	Skip  bool    // goes to the next prompt at once
	Speed float64 // multiplies the speed; 0 leaves it
}

// ReplayStood tells how a [Replay] goes on, whenever that changes.
type ReplayStood struct {
	Paused bool
	Speed  float64 // 1 is as it was
	Over   bool
}

func (ControlReplay) op()  {}
func (ReplayStood) event() {}

// The limits of a replay's speed, and the longest pause in it: nobody wants to sit
// through a night.
const (
	slowest    = 1.0 / 8
	fastest    = 64
	longestGap = 3 * time.Second
)

// A Replay plays a recorded session as a host would tell of it: with its timing,
// and without servers and a model.
type Replay struct {
	events []timed
	mail   *mailbox
	out    chan []Event
	tasks  task.Group
	cancel context.CancelFunc
	begun  bool
	state  ReplayStood
	at     int // the next event
}

// NewReplay reads a session and waits for [Begin]. Close it in the end.
func NewReplay(ctx context.Context, store journal.Store, id string) (*Replay, error) {
	p := newTale()
	if _, err := store.Read(id, p.take); err != nil {
		return nil, err
	}
	p.settle(time.Now())
	ctx, cancel := context.WithCancel(ctx)
	r := &Replay{events: p.events, mail: newMailbox(), out: make(chan []Event), cancel: cancel}
	r.state = ReplayStood{Speed: 1}
	r.tasks.Go("the replay", func() { r.run(ctx) })
	return r, nil
}

// Do takes an op and never blocks.
func (r *Replay) Do(op Op) { r.mail.put(op) }

// Events is what happened, as it happened. It is closed when the replay is.
func (r *Replay) Events() <-chan []Event { return r.out }

// Close ends the replay.
func (r *Replay) Close() {
	r.cancel()
	r.tasks.Wait()
}

// run tells the events at their times.
func (r *Replay) run(ctx context.Context) {
	defer close(r.out)
	next := time.NewTimer(time.Hour)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.mail.ready:
			for _, m := range r.mail.take() {
				r.obey(ctx, m)
			}
		case <-next.C:
			r.tell(ctx, r.step())
		}
		next.Stop()
		if r.begun && !r.state.Paused && !r.state.Over {
			next.Reset(r.gap())
		}
	}
}

// gap is how long to wait before the next event.
func (r *Replay) gap() time.Duration {
	at := r.at
	if at == 0 {
		return 0
	}
	gap := r.events[at].at.Sub(r.events[at-1].at)
	return time.Duration(float64(max(0, min(gap, longestGap))) / r.state.Speed)
}

// step takes the next event.
func (r *Replay) step() []Event {
	if r.at >= len(r.events) {
		r.state.Over = true
		return []Event{r.state}
	}
	e := r.events[r.at].event
	r.at++
	if r.at == len(r.events) {
		r.state.Over = true
		return []Event{e, r.state}
	}
	return []Event{e}
}

// obey does what the person wants.
func (r *Replay) obey(ctx context.Context, op any) {
	switch op := op.(type) {
	case Begin:
		r.begun = true
		if len(r.events) == 0 {
			r.state.Over = true
		}
	case ControlReplay:
		r.control(ctx, op)
	case Submit:
		r.tell(ctx, []Event{Notice{Info, clean.Foreign("this is a replay: nothing is sent")}})
		return
	default:
		return
	}
	r.tell(ctx, []Event{r.state})
}

func (r *Replay) control(ctx context.Context, op ControlReplay) {
	if op.Pause {
		r.state.Paused = !r.state.Paused
	}
	if op.Speed > 0 {
		r.state.Speed = max(slowest, min(fastest, r.state.Speed*op.Speed))
	}
	if !op.Skip {
		return
	}
	var skipped []Event
	for !r.state.Over {
		skipped = append(skipped, r.step()...)
		if r.state.Over {
			break
		}
		if _, prompt := r.events[r.at].event.(TurnStarted); prompt {
			break
		}
	}
	r.tell(ctx, joinText(skipped))
}

func (r *Replay) tell(ctx context.Context, events []Event) {
	if len(events) == 0 {
		return
	}
	select {
	case r.out <- events:
	case <-ctx.Done():
	}
}
