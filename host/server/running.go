package server

import (
	"errors"
	"slices"
	"time"

	"switchboard/host/clean"
)

// A running call is one that was let through; its fields are guarded by the
// server's lock.
type running struct {
	tool     string
	since    time.Time
	progress Progress
}

// enter lets a call through, or tells why not.
func (s *Server) enter(tool string) (*session, *running, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if s.session == nil {
		return nil, nil, notReady(s.status, now)
	}
	if wait, ok := s.breaker.admit(now); !ok {
		return nil, nil, s.breaker.refusal(s.cfg.Name, wait)
	}
	r := &running{tool: tool, since: now}
	s.running = append(s.running, r)
	signal(s.busy)
	return s.session, r, nil
}

// progressed keeps the newest report on a call.
func (s *Server) progressed(r *running, p Progress) {
	s.mu.Lock()
	r.progress = p
	s.mu.Unlock()
	signal(s.busy)
}

// leave ends a call and learns from it.
func (s *Server) leave(r *running, out outcome, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.running = slices.DeleteFunc(s.running, func(one *running) bool { return one == r })
	what := ""
	switch out {
	case served:
		s.recent.add(now.Sub(r.since))
		s.vouched++
		s.answered = now
	case unserved:
		what = err.Error()
		signal(s.doubted)
	case silenced:
	}
	s.breaker.settle(out, what, now)
	signal(s.busy)
	signal(s.changed)
}

// outcomeOf tells what the end of a call says about its server.
func outcomeOf(err error, left bool) outcome {
	var (
		lost    *lostError
		refused *rpcError
		invalid *invalidError
	)
	switch {
	case err == nil, errors.As(err, &refused), errors.As(err, &invalid):
		return served
	case left, errors.As(err, &lost), errors.Is(err, errInternal):
		return silenced
	}
	return unserved
}

// underWay lists the running calls, oldest first; the lock is held.
func (s *Server) underWay() []RunningCall {
	calls := make([]RunningCall, len(s.running))
	for i, r := range s.running {
		calls[i] = RunningCall{Tool: r.tool, Since: r.since, Progress: r.progress}
	}
	return calls
}

// verdicts are what calls tell the owner: how many were answered, and why they
// are held back.
func (s *Server) verdicts() (vouched int, suspended clean.Text) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.vouched, s.breaker.reason()
}

func (s *Server) relax() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.breaker.relax(time.Now())
}
