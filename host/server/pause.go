package server

import (
	"sync"
	"time"
)

// A hold stops the clocks of calls while a person is asked something. The zero
// value holds nothing.
type hold struct {
	mu      sync.Mutex
	count   int
	changed chan struct{} // closed at the next change; nil until somebody looks
}

// state tells whether the clocks stand, and what is closed when that changes.
func (h *hold) state() (held bool, changed <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.changed == nil {
		h.changed = make(chan struct{})
	}
	return h.count > 0, h.changed
}

func (h *hold) add(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := h.count > 0
	h.count += n
	if before != (h.count > 0) && h.changed != nil {
		close(h.changed)
		h.changed = nil
	}
}

// Pause stops the clocks of all calls to the server, those under way and those to
// come, until resume is called: a server that waits for a person's answer is not
// slow. Pauses add up; a second call of the same resume does nothing. Which call a
// question belongs to is nothing that the older protocols tell, so it is all.
func (s *Server) Pause() (resume func()) {
	s.holds.add(1)
	return sync.OnceFunc(func() { s.holds.add(-1) })
}

// A countdown is a timer that can stand still.
type countdown struct {
	*time.Timer
	left    time.Duration // when it was started last
	started time.Time
}

func newCountdown(d time.Duration) *countdown {
	return &countdown{Timer: time.NewTimer(d), left: d, started: time.Now()}
}

// hold makes it stand still.
func (c *countdown) hold() {
	c.Stop()
	c.left = max(0, c.left-time.Since(c.started))
}

// resume goes on with what was left.
func (c *countdown) resume() { c.wind(c.left) }

// wind starts it anew.
func (c *countdown) wind(d time.Duration) {
	c.left, c.started = d, time.Now()
	c.Reset(d)
}
