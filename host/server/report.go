package server

import "time"

// Status is the present moment.
func (s *Server) Status() Status {
	s.mu.Lock()
	st, stderr, noise := s.status, s.stderr, s.noise
	st.Running = s.underWay()
	st.InFlight = len(st.Running)
	st.Latencies, st.P50 = s.recent.all(), s.recent.median()
	s.mu.Unlock()
	st.Stderr, st.Stdout, st.Noise = logTail(stderr), logTail(noise), noise.Total()
	return st
}

// touch changes the status from any goroutine; the owner tells.
func (s *Server) touch(change func(*Status)) {
	s.mu.Lock()
	change(&s.status)
	s.news++
	s.mu.Unlock()
	s.book.changed()
	signal(s.changed)
}

// alive notes that the server has just proved that it lives; took is 0 for what
// was not an answer that we waited for. It tells nobody: such news may come by the
// hundred thousand, and a server that is ready is known to be fresh.
func (s *Server) alive(took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status.Evidence = time.Now()
	if took > 0 {
		s.status.Latency = took
	}
}

// proved notes an answer that was waited for, whatever it said.
func (s *Server) proved() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status.Evidence = time.Now()
	s.answered = s.status.Evidence
}

// late counts an answer that nobody waits for any more.
func (s *Server) late() {
	s.alive(0)
	s.touch(func(st *Status) { st.Late++ })
}

// show puts the machine's findings into the status.
func (s *Server) show(m machine, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st, reason := &s.status, s.book.masked(m.reason)
	if st.State == m.state && st.Reason == reason && st.Misses == m.misses && st.RetryAt.Equal(m.retryAt) && s.news > 0 {
		return
	}
	if st.State != m.state {
		st.Since = at
	}
	if st.State != m.state || st.Reason != reason {
		s.book.entered(m.state, reason)
	}
	st.State, st.Reason, st.Misses, st.RetryAt = m.state, reason, m.misses, m.retryAt
	s.news++
}

// notify tells the listener what is new. Only the owner calls it.
func (s *Server) notify() {
	s.mu.Lock()
	news := s.news
	s.mu.Unlock()
	if news == s.told || s.opt.Notify == nil {
		return
	}
	s.told = news
	s.opt.Notify(s.Status())
}
