package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"switchboard/host/clean"
	"switchboard/host/server/process"
)

// A Result is what a tool answered.
type Result struct {
	// Text is the answer in words, complete: text as it came, everything else
	// described, such as "[image image/png, 12 KB]".
	Text    clean.Text
	IsError bool // the tool ran and says that it failed
	Bytes   int  // size of the answer on the wire
	// Media are the images, sounds and files that Text only describes, in their
	// order.
	Media []Media
}

// Progress is a server's own report on a call under way.
type Progress struct {
	Done, Total float64 // Total is 0 when the server named none
	Message     clean.Text
}

// Call has a tool do its work and waits for the answer. Args are a JSON object,
// sent as they are but for white space; nil stands for {}. Progress is called with
// the server's reports, the newest if they come fast, until Call returns; it may
// be nil and must not block for long.
//
// When ctx ends, or the timeouts of [Options] do, the server is told that the
// answer is no longer wanted. The error is the cause of ctx's end, or an [*Error]:
// at once when the server is not ready, or when its calls have come to nothing too
// often. While [Server.Pause] holds the clocks no timeout runs.
func (s *Server) Call(ctx context.Context, tool string, args json.RawMessage, progress func(Progress)) (Result, error) {
	args, err := arguments(args)
	if err != nil {
		return Result{}, s.failed(err)
	}
	session, r, err := s.enter(tool)
	if err != nil {
		return Result{}, err
	}
	end, fate := silenced, error(errInternal)
	defer func() { s.leave(r, end, fate) }()

	idle, hardCap := s.opt.callTimes(s.cfg)
	w := watch{session: session, idle: idle, hardCap: hardCap, holds: &s.holds, progress: func(p Progress) {
		s.progressed(r, p)
		if progress != nil {
			progress(p)
		}
	}}
	call := CallRecord{Tool: tool, At: time.Now(), Arguments: args}
	result, err := w.call(ctx, &s.calls, tool, args)
	s.book.called(call, result, err)
	end, fate = outcomeOf(err, ctx.Err() != nil), err
	switch {
	case err != nil && ctx.Err() != nil:
		return Result{}, context.Cause(ctx)
	case err != nil:
		return Result{}, s.failed(err)
	}
	return result, nil
}

// arguments checks that args are what the protocol allows: one JSON object.
func arguments(args json.RawMessage) (json.RawMessage, error) {
	args = bytes.TrimSpace(args)
	switch {
	case len(args) == 0:
		return json.RawMessage("{}"), nil
	case args[0] != '{' || !json.Valid(args):
		return nil, &invalidError{"the arguments are not a JSON object: " + cut(string(args), maxLastWord)}
	}
	return args, nil
}

// notReady says why a call cannot even be tried, and when it may be worth while.
func notReady(st Status, now time.Time) *Error {
	e := &Error{Server: st.Name, Kind: NotReady}
	what := fmt.Sprintf("the server is not ready (%s)", st.State)
	switch st.State {
	case Backoff:
		e.RetryAfter = max(0, st.RetryAt.Sub(now))
		what = "the server is restarting, next try in " + process.Seconds(e.RetryAfter)
	case Starting:
		what = fmt.Sprintf("the server is still starting (%s so far)", process.Seconds(now.Sub(st.Since)))
	case Stopped:
		what = "the server was stopped by the person"
	}
	e.Text = because(what, st.Reason.Raw())
	return e
}

// failed sorts an error for the caller.
func (s *Server) failed(err error) *Error {
	e := &Error{Server: s.cfg.Name, Kind: Lost, Text: clean.Foreign(err.Error())}
	var (
		rpc     *rpcError
		lost    *lostError
		invalid *invalidError
		slow    *slowError
	)
	switch {
	case errors.As(err, &rpc):
		e.Kind, e.Code, e.Data = Refused, rpc.code, rpc.data
	case errors.As(err, &lost):
		e.Text = because("the connection ended before the answer", lost.reason.Raw())
	case errors.As(err, &invalid):
		e.Kind = Invalid
	case errors.As(err, &slow):
		e.Kind = TimedOut
	}
	e.Text, e.Data = s.book.masked(e.Text), s.book.mask.Head(e.Data, len(e.Data))
	return e
}
