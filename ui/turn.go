package ui

import (
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// A turn is what the status line knows of the running turn.
type turn struct {
	running bool
	queued  int
	phase   phase
	since   time.Time // when the phase began
	stopped bool      // the person has asked for the end
	writing string    // the tool whose call the model is writing
	calls   map[host.CallID]bool
	asked   map[host.QuestionID]bool
}

// A phase is what a turn waits for, calls and questions aside.
type phase int

const (
	asking phase = iota // the model has not said anything yet
	thinking
	answering
	writing
	working // the model has said its part; calls are decided and run
)

// stop notes that the person has asked for the turn's end.
func (t *turn) stop(now time.Time) {
	if t.running && !t.stopped {
		t.stopped, t.since = true, now
	}
}

func (t *turn) enter(p phase, now time.Time) {
	if t.phase != p && !t.stopped {
		t.phase, t.since = p, now
	}
}

// apply follows the host's events.
func (t *turn) apply(e host.Event, now time.Time) {
	switch e := e.(type) {
	case host.TurnStarted:
		queued := max(0, t.queued-1)
		*t = turn{running: true, since: now, queued: queued, calls: map[host.CallID]bool{}, asked: t.asked}
	case host.TurnQueued:
		t.queued++
	case host.TurnDropped, host.TurnSteered, host.TurnRecalled:
		t.queued = max(0, t.queued-1)
	case host.StepStarted, host.TextVoided:
		t.phase, t.since = asking, now
	case host.Reasoning:
		t.enter(thinking, now)
	case host.Text:
		t.enter(answering, now)
	case host.CallWriting:
		t.enter(writing, now)
		t.writing = e.Name.Line()
	case host.CallPlanned:
		t.enter(working, now)
	case host.TurnEnded:
		*t = turn{queued: t.queued, asked: t.asked}
	default:
		t.count(e)
	}
}

// count follows calls under way and questions of calls.
func (t *turn) count(e host.Event) {
	switch e := e.(type) {
	case host.CallStarted:
		if t.calls != nil {
			t.calls[e.ID] = true
		}
	case host.CallFinished:
		delete(t.calls, e.ID)
	case host.Asked:
		if blocksCall(e.Question) {
			if t.asked == nil {
				t.asked = map[host.QuestionID]bool{}
			}
			t.asked[e.ID] = true
		}
	case host.Withdrawn:
		delete(t.asked, e.ID)
	}
}

// blocksCall tells whether a call cannot go on without the answer.
func blocksCall(q host.Question) bool {
	c, collision := q.(host.Collision)
	return !collision || c.Call != ""
}

// says is what the turn waits for, with the time that has taken.
func (t *turn) says(now time.Time) string {
	time := " " + amount.Elapsed(now.Sub(t.since))
	switch {
	case t.stopped:
		return "stopping the turn" + time
	case len(t.calls) > 0:
		return amount.Count(len(t.calls), "call") + " running" + time
	case len(t.asked) > 0:
		return "waiting for you"
	case t.phase == thinking:
		return "the model is thinking" + time
	case t.phase == answering:
		return "answering" + time
	case t.phase == writing && t.writing != "":
		return "writing a call of " + clean.Line(t.writing) + time
	case t.phase == working:
		return "working" + time
	default:
		return "asking the model" + time
	}
}
