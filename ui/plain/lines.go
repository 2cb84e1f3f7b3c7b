package plain

import (
	"encoding/json"
	"io"
	"time"

	"switchboard/host"
)

// lines prints one JSON object a line, each with type and time. What is written
// here is a contract with programs that read it.
type lines struct {
	out     *json.Encoder
	planned map[host.CallID]host.CallPlanned
}

func newLines(out io.Writer) *lines {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return &lines{out: enc, planned: map[host.CallID]host.CallPlanned{}}
}

// object is one line; Go sorts the keys of a map, so the output is stable.
type object map[string]any

func (l *lines) put(kind string, at time.Time, o object) {
	o["type"], o["time"] = kind, at.UTC().Format(time.RFC3339Nano)
	_ = l.out.Encode(o) // a reader that is gone does not change the turn
}

func (l *lines) event(e host.Event, at time.Time) {
	switch e := e.(type) {
	case host.ServerChanged:
		s := e.Server
		l.put("server", at, object{"server": s.Name, "state": s.State, "reason": s.Reason, "tools": s.Tools})
	case host.Text:
		l.put("text", at, object{"text": e.Text})
	case host.Reasoning:
		l.put("reasoning", at, object{"text": e.Text})
	case host.TextVoided:
		l.put("voided", at, object{"why": e.Why, "wait_ms": e.Wait.Milliseconds()})
	case host.CallPlanned:
		l.planned[e.ID] = e
	case host.CallDecided:
		l.call(e, at)
	case host.CallFinished:
		l.result(e, at)
	case host.Notice:
		l.put("notice", at, object{"text": e.Text, "level": e.Level})
	case host.TurnEnded:
		if e.Finish != host.FinishFailed {
			l.put("done", at, object{"finish": e.Finish, "steps": e.Steps, "usage": usage(e.Usage)})
		}
	}
}

func (l *lines) call(e host.CallDecided, at time.Time) {
	p := l.planned[e.ID]
	l.put("call", at, object{
		"id": e.ID, "name": p.Name, "server": e.Server, "tool": e.Tool,
		"arguments": p.Arguments, "decision": e.Decision, "rule": e.Rule,
	})
}

func (l *lines) result(e host.CallFinished, at time.Time) {
	delete(l.planned, e.ID)
	l.put("result", at, object{
		"id": e.ID, "server": e.Server, "tool": e.Tool,
		"is_error": e.Outcome != host.Succeeded, "outcome": e.Outcome, "text": e.Text, "bytes": e.Bytes,
		"wait_ms": e.Wait.Milliseconds(), "server_ms": e.Took.Milliseconds(),
	})
}

func (l *lines) failed(kind, message, hint string, at time.Time) {
	l.put("error", at, object{"kind": kind, "message": message, "hint": hint})
}

func usage(u host.Usage) object {
	return object{"input": u.Input, "cached": u.Cached, "output": u.Output, "reasoning": u.Reasoning}
}
