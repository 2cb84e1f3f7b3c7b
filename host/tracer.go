package host

import (
	"fmt"
	"strconv"
	"time"

	"switchboard/host/clean"
	"switchboard/host/trace"
)

// The parts of a timeline, as [trace] defines them.
type (
	Trace     = trace.Trace
	TraceSpan = trace.Span
	TraceFact = trace.Fact
	TraceKind = trace.Kind
)

// The kinds of spans, as [trace] defines them.
const (
	TurnSpan   = trace.Turn
	ModelSpan  = trace.Model
	CallSpan   = trace.Call
	PersonSpan = trace.Person
	ServerSpan = trace.Server
)

// A Tracer makes traces of the events it is given, one a turn. Who listens to the
// events has one; it is not safe for concurrent use.
type Tracer struct {
	now   Trace
	model int            // the open step; 0 for none
	calls map[CallID]int // the open calls
	works map[CallID]int // the calls that are in their server
}

// Apply follows an event. When it ends a turn the turn's trace is returned.
func (t *Tracer) Apply(e Event, at time.Time) (done Trace, ended bool) {
	switch e := e.(type) {
	case TurnStarted:
		*t = Tracer{now: Trace{Turn: e.Turn, Prompt: e.Prompt}, calls: map[CallID]int{}, works: map[CallID]int{}}
		t.begin(trace.Turn, 0, "turn "+strconv.Itoa(e.Turn), at)
	case StepStarted:
		t.model = t.begin(trace.Model, 1, "step "+strconv.Itoa(e.Step), at)
		t.fact(t.model, "tools", strconv.Itoa(e.Tools))
	case TextVoided:
		t.fact(t.model, "asked again", e.Why.Line())
	case UsageReported:
		t.usage(e.Step)
		t.end(t.model, at)
		t.model = 0
	case TurnEnded:
		return t.finish(e, at), true
	default:
		t.call(e, at)
	}
	return Trace{}, false
}

// Now is the trace of the turn that runs, so far; it has no spans when none does.
func (t *Tracer) Now() Trace { return t.now }

// call follows the events of one call.
func (t *Tracer) call(e Event, at time.Time) {
	switch e := e.(type) {
	case CallPlanned:
		if t.calls == nil {
			return // of a turn that began before we listened
		}
		t.calls[e.ID] = t.begin(trace.Call, 1, e.Name.Line(), at)
		t.fact(t.calls[e.ID], "arguments", clean.Head(string(e.Arguments), 2<<10))
	case CallDecided:
		id := t.calls[e.ID]
		t.name(id, e.Server, e.Tool)
		t.fact(id, "decision", string(e.Decision))
		t.fact(id, "rule", e.Rule)
	case CallStarted:
		id := t.calls[e.ID]
		t.name(id, e.Server, e.Tool)
		if id != 0 {
			t.works[e.ID] = t.begin(trace.Server, id, clean.Line(e.Server), at)
		}
	case CallFinished:
		t.finishCall(e, at)
	}
}

// finishCall closes a call. The wait for the person lay before the server's time.
func (t *Tracer) finishCall(e CallFinished, at time.Time) {
	id := t.calls[e.ID]
	if id == 0 {
		return
	}
	t.name(id, e.Server, e.Tool)
	call, work := &t.now.Spans[id-1], t.works[e.ID]
	if e.Wait > 0 {
		waited := t.begin(trace.Person, id, "you", call.Begin)
		t.end(waited, t.now.Spans[id-1].Begin.Add(e.Wait))
	}
	t.end(work, at)
	t.end(id, at)
	t.fact(id, "outcome", string(e.Outcome))
	t.fact(id, "bytes", strconv.Itoa(e.Bytes))
	t.now.Spans[id-1].Failed = e.Outcome != Succeeded
	delete(t.calls, e.ID)
	delete(t.works, e.ID)
}

func (t *Tracer) finish(e TurnEnded, at time.Time) Trace {
	for id := range t.now.Spans {
		if t.now.Spans[id].End.IsZero() {
			t.end(id+1, at)
		}
	}
	if len(t.now.Spans) > 0 {
		t.fact(1, "finish", string(e.Finish))
		t.now.Spans[0].Failed = e.Finish == FinishFailed
	}
	done := t.now
	*t = Tracer{}
	return done
}

func (t *Tracer) usage(u Usage) {
	if u.Input+u.Output > 0 {
		t.fact(t.model, "tokens", fmt.Sprintf("%d in (%d cached), %d out", u.Input, u.Cached, u.Output))
	}
}

// begin opens a span and gives its id.
func (t *Tracer) begin(kind trace.Kind, parent int, name string, at time.Time) int {
	id := len(t.now.Spans) + 1
	t.now.Spans = append(t.now.Spans, trace.Span{ID: id, Parent: parent, Kind: kind, Name: name, Begin: at})
	return id
}

func (t *Tracer) end(id int, at time.Time) {
	if id > 0 && id <= len(t.now.Spans) {
		t.now.Spans[id-1].End = at
	}
}

// name says where a call went, once that is known.
func (t *Tracer) name(id int, server, tool string) {
	if id > 0 && server != "" {
		t.now.Spans[id-1].Name = clean.Line(server) + " ▸ " + clean.Line(tool)
	}
}

func (t *Tracer) fact(id int, name, value string) {
	if id > 0 && id <= len(t.now.Spans) && value != "" {
		s := &t.now.Spans[id-1]
		s.Facts = append(s.Facts[:len(s.Facts):len(s.Facts)], trace.Fact{Name: name, Value: value})
	}
}

// SaveTrace writes a trace to a file; a [Notice] says where.
type SaveTrace struct {
	Trace Trace
	OTLP  bool // as OTLP/JSON instead of our own
}

func (SaveTrace) op() {}
