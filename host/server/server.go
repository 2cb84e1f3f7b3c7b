// Package server keeps one MCP server: its process or its URL, the wire to it,
// the handshake, its tools, its calls and its death.
package server

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/server/process"
	"switchboard/host/task"
)

// errOrdered ends a life because the person wants it otherwise.
var errOrdered = errors.New("ordered")

// A Server is one entry of the configuration and whatever runs for it. Its
// methods are safe for concurrent use; [Server.Run] is called once.
type Server struct {
	cfg config.Server
	opt Options

	changed chan struct{} // the status changed; capacity 1
	printed chan struct{} // a log grew; capacity 1
	wake    chan struct{} // an order came; capacity 1
	told    Status        // what Notify got last; the owner's

	mu      sync.Mutex
	stderr  *process.Log // of the present or the last life
	noise   *process.Log // what came on standard output and was no message
	status  Status
	tools   []catalog.Tool
	session *session // nil unless calls go through
	enabled bool
	orders  int // how many there were
	endLife context.CancelCauseFunc
	lives   int
	ending  Ending     // of the last process
	calls   task.Group // the watches of calls under way
}

// New makes the server of one entry; nothing is started before [Server.Run].
func New(cfg config.Server, opt Options) *Server {
	s := &Server{
		cfg: cfg, opt: opt, enabled: !cfg.Disabled,
		changed: make(chan struct{}, 1), printed: make(chan struct{}, 1), wake: make(chan struct{}, 1),
	}
	s.status = Status{Name: cfg.Name, State: Disabled, Since: time.Now(), Builtin: cfg.Builtin}
	if s.enabled {
		s.status.State = Starting
	}
	s.calls.OnPanic = opt.OnPanic
	s.freshLogs()
	return s
}

// Status is the present moment.
func (s *Server) Status() Status {
	s.mu.Lock()
	st, stderr, noise := s.status, s.stderr, s.noise
	s.mu.Unlock()
	st.Stderr, st.Stdout, st.Noise = logTail(stderr), logTail(noise), noise.Total()
	return st
}

// Tools is the last complete list, in the server's order; it is kept when the
// server dies. The caller may keep it but not change what it points to.
func (s *Server) Tools() []catalog.Tool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.tools)
}

// Restart ends what runs and starts anew; it also starts a server that is
// disabled or failed.
func (s *Server) Restart() { s.order(true) }

// Disable ends what runs until Enable or Restart.
func (s *Server) Disable() { s.order(false) }

// Enable starts a disabled server; it changes nothing about any other.
func (s *Server) Enable() {
	s.mu.Lock()
	enabled := s.enabled
	s.mu.Unlock()
	if !enabled {
		s.order(true)
	}
}

func (s *Server) order(enabled bool) {
	s.mu.Lock()
	s.enabled = enabled
	s.orders++
	if s.endLife != nil {
		s.endLife(errOrdered)
	}
	s.mu.Unlock()
	signal(s.wake)
}

// enter changes the state and tells the listener. Only the owner calls it.
func (s *Server) enter(state State, reason clean.Text) {
	s.mu.Lock()
	s.status.State, s.status.Reason, s.status.Since = state, reason, time.Now()
	s.mu.Unlock()
	s.notify()
}

// touch changes the rest of the status from any goroutine; the owner tells.
func (s *Server) touch(change func(*Status)) {
	s.mu.Lock()
	change(&s.status)
	s.mu.Unlock()
	signal(s.changed)
}

func (s *Server) notify() {
	if st := s.Status(); s.opt.Notify != nil && !reflect.DeepEqual(st, s.told) {
		s.told = st
		s.opt.Notify(st)
	}
}

// freshLogs begins the logs of a life, so that a death is not explained with the
// words of an earlier one.
func (s *Server) freshLogs() {
	grew := func() { signal(s.printed) }
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stderr, s.noise = &process.Log{Changed: grew}, &process.Log{Changed: grew}
}

// signal leaves word in a channel of capacity 1.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
