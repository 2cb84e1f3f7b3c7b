package server

import (
	"context"
	"errors"
	"sync"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/task"
)

// A life is one start of a server and what comes of it. Its run is the owner's
// event loop; its other goroutines hand their findings over through channels.
type life struct {
	s     *Server
	tasks task.Group

	session     *session // nil until connected
	started     bool     // connected was received
	connected   chan connected
	refreshed   chan listing
	listChanged chan struct{} // the server says so; capacity 1
	trouble     chan error    // a URL cannot be reached, nil once it can; capacity 1

	state  State
	reason clean.Text
	notice clean.Text // what the present list leaves out

	quiet    alarm // set while news of output waits to be told
	refresh  alarm // set while a refresh is due
	listing  bool  // a refresh is under way
	lastList time.Time

	mu    sync.Mutex
	stops []func() // take down what the start has put up
}

// connected is what a start came to.
type connected struct {
	session *session
	tools   listing
	err     error
}

func newLife(s *Server) *life {
	s.freshLogs()
	return &life{
		s: s, tasks: task.Group{OnPanic: s.opt.OnPanic},
		connected: make(chan connected, 1), refreshed: make(chan listing, 1),
		listChanged: make(chan struct{}, 1), trouble: make(chan error, 1),
		quiet: newAlarm(), refresh: newAlarm(),
	}
}

// run starts the server, follows it and returns when nothing of it is left.
func (l *life) run(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	l.enter(Starting, clean.Text{})
	l.tasks.Go("starting "+l.s.cfg.Name, func() { l.connect(ctx) })
	err := l.loop(ctx)

	l.s.setSession(nil)
	if parent.Err() != nil {
		l.enter(Stopping, clean.Text{})
	} else {
		l.enter(verdict(err))
	}
	cancel()
	l.end()
	l.s.touch(func(st *Status) { st.PID = 0 })
}

// end takes down everything and waits for all goroutines.
func (l *life) end() {
	l.quiet.Stop()
	l.refresh.Stop()
	if !l.started {
		<-l.connected // the start was called off and says so soon
	}
	for _, stop := range l.stops {
		stop()
	}
	l.tasks.Wait()
}

// atEnd keeps what must be undone when the life ends.
func (l *life) atEnd(stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stops = append(l.stops, stop)
}

// loop follows the life until it ends by itself, which the error explains, or by
// an order.
func (l *life) loop(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case c := <-l.connected:
			l.started = true
			if c.err != nil {
				return c.err
			}
			l.ready(c)
		case <-l.over():
			return l.session.lost()
		case <-l.s.changed:
			l.s.notify()
		case <-l.s.printed:
			l.quiet.set(logQuiet)
		case <-l.quiet.C:
			l.quiet.on = false
			l.s.notify()
		case <-l.listChanged:
			l.scheduleRefresh()
		case <-l.refresh.C:
			l.refresh.on = false
			l.startRefresh(ctx)
		case r := <-l.refreshed:
			l.finishRefresh(r)
		case err := <-l.trouble:
			l.reach(err)
		}
	}
}

// over is closed when the connection ends by itself.
func (l *life) over() <-chan struct{} {
	if l.session == nil {
		return nil
	}
	return l.session.over
}

func (l *life) ready(c connected) {
	l.session = c.session
	l.s.setTools(c.tools.tools)
	l.s.touch(func(st *Status) { st.Protocol = c.session.version })
	l.s.setSession(c.session)
	l.notice = c.tools.notice
	l.enter(Ready, l.notice)
}

// reach follows whether a URL answers: what cannot be reached now may be there
// for the next call.
func (l *life) reach(err error) {
	switch {
	case err != nil && l.state.Callable():
		if reason := clean.Foreign(err.Error()); l.state == Ready || l.reason != reason {
			l.enter(Degraded, reason)
		}
	case err == nil && l.state == Degraded:
		l.enter(Ready, l.notice)
	}
}

func (l *life) enter(state State, reason clean.Text) {
	l.state, l.reason = state, reason
	l.s.enter(state, reason)
}

// verdict is the state in which an error leaves a server.
func verdict(err error) (State, clean.Text) {
	var ask *signInError
	if errors.As(err, &ask) {
		return NeedsYou, clean.Foreign(err.Error())
	}
	var lost *lostError
	if errors.As(err, &lost) {
		return Failed, lost.reason
	}
	return Failed, clean.Foreign(err.Error())
}

func (s *Server) setSession(session *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.session = session
}

func (s *Server) setTools(tools []catalog.Tool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.status.Catalog == 0 || !sameTools(s.tools, tools) {
		s.status.Catalog++
	}
	s.tools, s.status.Tools = tools, len(tools)
}

// An alarm is a timer that is set once until it rings: a steady stream of causes
// cannot put it off.
type alarm struct {
	*time.Timer
	on bool
}

func newAlarm() alarm {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return alarm{Timer: t}
}

func (a *alarm) set(d time.Duration) {
	if !a.on {
		a.on = true
		a.Reset(d)
	}
}
