package server

import (
	"context"
	"time"

	"switchboard/host/server/process"
)

// An Ending says what it took to end a server's process: see [process.Ending].
type Ending = process.Ending

// Ending tells how the last process that is gone was ended; the zero value before
// there was one, and for a server reached by URL.
func (s *Server) Ending() Ending {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ending
}

func (s *Server) ended(e Ending) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ending = e
}

// Ping asks the server for a sign of life, in the way of its protocol, and tells
// how long the answer took. A refusal is an answer too: it shows that the server
// lives, and older servers know no ping. The error is an [*Error], or the cause of
// ctx's end.
func (s *Server) Ping(ctx context.Context) (time.Duration, error) {
	s.mu.Lock()
	session, st := s.session, s.status
	s.mu.Unlock()
	if session == nil {
		return 0, notReady(st, time.Now())
	}
	began := time.Now()
	switch err := session.ping(ctx); {
	case err == nil:
		return time.Since(began), nil
	case ctx.Err() != nil:
		return 0, context.Cause(ctx)
	default:
		return 0, s.failed(err)
	}
}
