package server

import (
	"context"
	"slices"
	"sync"
	"time"

	"switchboard/host/clean"
	"switchboard/host/task"
)

// A life is one start of a server and what comes of it. Its fields belong to the
// owner; its goroutines hand their findings over through channels. The zero value
// is that of a server that does not live: nothing comes from it.
type life struct {
	s      *Server
	ctx    context.Context // until the life is to end
	cancel context.CancelFunc
	tasks  task.Group

	session     *session // nil until connected
	started     bool     // connected was received
	ending      bool
	gone        chan struct{} // closed when nothing is left
	connected   chan connected
	refreshed   chan listing
	listChanged chan struct{}   // the server says so; capacity 1
	offersNews  chan struct{}   // resources or prompts changed; capacity 1
	trouble     chan error      // a URL cannot be reached, nil once it can; capacity 1
	remarks     chan clean.Text // on the list of tools; capacity 1
	probed      chan error      // what a probe came to; capacity 1

	refresh  alarm // set while a refresh is due
	listing  bool  // a refresh is under way
	lastList time.Time

	probe      alarm     // the next probe
	asked      time.Time // when the last probe was sent
	unanswered time.Time // when the first of those was that got no answer

	mu    sync.Mutex
	stops []func() // take down what the start has put up
	after []func() // give back what the tasks used
}

// connected is what a start came to.
type connected struct {
	session *session
	tools   listing
	err     error
}

func newLife(ctx context.Context, s *Server) *life {
	l := &life{
		s: s, tasks: task.Group{OnPanic: s.opt.OnPanic}, gone: make(chan struct{}),
		connected: make(chan connected, 1), refreshed: make(chan listing, 1),
		listChanged: make(chan struct{}, 1), offersNews: make(chan struct{}, 1), trouble: make(chan error, 1),
		remarks: make(chan clean.Text, 1), probed: make(chan error, 1),
		refresh: newAlarm(), probe: newAlarm(),
	}
	l.ctx, l.cancel = context.WithCancel(ctx)
	return l
}

// heard is the life as far as it still counts: nobody listens to one that ends.
func (l *life) heard() *life {
	if l.ending {
		return &life{}
	}
	return l
}

// over is closed when the connection ends by itself.
func (l *life) over() <-chan struct{} {
	if l.session == nil {
		return nil
	}
	return l.session.over
}

// end takes down everything and waits for all goroutines.
func (l *life) end() {
	if !l.started {
		<-l.connected // the start was called off and says so soon
	}
	for _, stop := range slices.Backward(l.stops) {
		stop()
	}
	l.tasks.Wait()
	for _, giveBack := range l.after {
		giveBack()
	}
	l.s.book.file.close()
}

// atEnd keeps what must be undone when the life ends, the last first.
func (l *life) atEnd(stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stops = append(l.stops, stop)
}

// afterTasks keeps what must be given back when nothing of the life runs any more.
func (l *life) afterTasks(giveBack func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.after = append(l.after, giveBack)
}

// remark says what the list of tools leaves out, in place of what was said before.
func (l *life) remark(text clean.Text) { latest(l.remarks, text) }

// born counts the life that begins, which is innocent of what calls to the one
// before came to.
func (s *Server) born() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status.Restarts = s.lives
	s.lives++
	s.breaker = breaker{}
}

func (s *Server) setSession(session *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.session = session
}
