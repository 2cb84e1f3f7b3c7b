package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"switchboard/host/clean"
)

// A Result is what a tool answered.
type Result struct {
	// Text is the answer in words, complete: text as it came, everything else
	// described, such as "[image image/png, 12 KB]".
	Text    clean.Text
	IsError bool // the tool ran and says that it failed
	Bytes   int  // size of the answer on the wire
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
// answer is no longer wanted. The error is the cause of ctx's end, or an [*Error].
func (s *Server) Call(ctx context.Context, tool string, args json.RawMessage, progress func(Progress)) (Result, error) {
	args, err := arguments(args)
	if err != nil {
		return Result{}, s.failed(err)
	}
	s.mu.Lock()
	session, st := s.session, s.status
	s.mu.Unlock()
	if session == nil {
		return Result{}, notReady(st)
	}
	s.touch(func(st *Status) { st.InFlight++ })
	defer s.touch(func(st *Status) { st.InFlight-- })

	idle, hardCap := s.opt.callTimes(s.cfg)
	w := watch{session: session, progress: progress, idle: idle, hardCap: hardCap}
	result, err := w.call(ctx, &s.calls, tool, args)
	if err != nil {
		if ctx.Err() != nil {
			return Result{}, context.Cause(ctx)
		}
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

func notReady(st Status) *Error {
	what := fmt.Sprintf("the server is not ready (%s)", st.State)
	return &Error{Server: st.Name, Kind: NotReady, Text: because(what, st.Reason.Raw())}
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
	return e
}
