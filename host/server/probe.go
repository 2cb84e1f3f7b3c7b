package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"switchboard/host/clean"
	"switchboard/host/server/process"
)

// probeSoon is the least pause between two probes of a server in doubt.
const probeSoon = time.Second

// probe asks an idle server for a sign of life. Calls under way and answers that
// just came are better evidence, so a busy server is never asked.
func (o *owner) probe(l *life) {
	l.probe.on = false
	every := o.s.opt.probeEvery()
	busy, last := o.s.activity()
	if age := time.Since(last); busy || o.m.misses == 0 && age < every {
		l.probe.set(jitter(max(every-age, probeSoon), o.s.roll()))
		return
	}
	l.asked = time.Now()
	session, limit := l.session, o.s.opt.probeTimeout()
	l.tasks.Go("probing "+o.s.cfg.Name, func() {
		err := errInternal
		defer func() { l.probed <- err }()
		ctx, cancel := context.WithTimeoutCause(l.ctx, limit, errNoAnswer)
		defer cancel()
		err = session.ping(ctx)
	})
}

// errNoAnswer ends a probe that took too long.
var errNoAnswer = errors.New("no answer in time")

// probed follows the end of a probe. One that is missed is soon followed by
// another; it does not count when a call came in between, which may be what keeps
// the server from answering.
func (o *owner) probed(l *life, err error) {
	busy, last := o.s.activity()
	every := o.s.opt.probeEvery()
	switch {
	case err == nil:
		l.unanswered = time.Time{}
		o.s.proved()
		o.answer()
	case !busy && last.Before(l.asked):
		if l.unanswered.IsZero() {
			l.unanswered = l.asked
		}
		o.step(input{kind: missed, text: silence(l.session, err, time.Since(l.unanswered))})
	}
	if l.ending {
		return
	}
	pause := jitter(every, o.s.roll())
	if o.m.misses > 0 {
		pause = min(every, max(probeSoon, o.s.opt.probeTimeout()-time.Since(l.asked)))
	}
	l.probe.set(pause)
}

// silence is the reason of a server that does not answer probes.
func silence(s *session, err error, since time.Duration) clean.Text {
	if !errors.Is(err, errNoAnswer) {
		return clean.Foreign(err.Error())
	}
	what := "a ping"
	if s.modern() {
		what = string(mcp.MethodServerDiscover)
	}
	return clean.Foreign(fmt.Sprintf("no answer to %s for %s", what, process.Seconds(since)))
}

// ping asks for a sign of life in the way of the session's protocol. A refusal is
// one too: it shows that the server lives, and older servers know no ping.
func (s *session) ping(ctx context.Context) error {
	method := mcp.MethodPing
	if s.modern() {
		method = mcp.MethodServerDiscover
	}
	_, err := s.request(ctx, string(method), params{})
	var (
		refused *rpcError
		status  *statusError
	)
	switch {
	case errors.As(err, &refused):
		return nil
	case errors.As(err, &status) && status.code < http.StatusInternalServerError &&
		status.code != http.StatusUnauthorized && status.code != http.StatusForbidden:
		return nil
	}
	return err
}

// activity tells whether calls are under way, and when the last answer came.
func (s *Server) activity() (busy bool, lastAnswer time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.running) > 0, s.answered
}

// jitter spreads a pause by a fifth, so that many servers do not wake us together
// for ever.
func jitter(d time.Duration, roll float64) time.Duration {
	return d - d/10 + time.Duration(roll*float64(d/5))
}
