package server

import (
	"context"

	"switchboard/host/clean"
)

// Run is the owner's work: it starts the server, follows it and obeys orders. It
// returns when ctx has ended and nothing of the server is left.
func (s *Server) Run(ctx context.Context) {
	for ctx.Err() == nil {
		enabled, orders := s.ordered()
		if enabled {
			s.live(ctx, orders)
		} else {
			s.enter(Disabled, clean.Text{})
		}
		s.rest(ctx, orders)
	}
	s.enter(Disabled, clean.Foreign("stopped, because Switchboard is closing"))
}

// rest follows a life: it waits for the next order. A life that ended by itself
// stays as it ended until a person says otherwise.
func (s *Server) rest(ctx context.Context, orders int) {
	for {
		if _, now := s.ordered(); now != orders {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-s.changed:
			s.notify()
		}
	}
}

func (s *Server) ordered() (enabled bool, orders int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.enabled, s.orders
}

// live is one life from start to end. An order that came after the given number
// of orders ends it.
func (s *Server) live(ctx context.Context, orders int) {
	if state, reason := unfit(s.cfg); state != "" {
		s.enter(state, reason)
		return
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s.mu.Lock()
	s.endLife = cancel
	if s.orders != orders {
		cancel(errOrdered)
	}
	s.status.Restarts = s.lives
	s.lives++
	s.mu.Unlock()

	l := newLife(s)
	l.run(ctx)

	s.mu.Lock()
	s.endLife = nil
	s.mu.Unlock()
}
