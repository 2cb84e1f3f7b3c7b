// Package server keeps one MCP server: its process or its URL, the wire to it,
// the handshake, its tools, its calls, its health and its restarts.
package server

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/config"
	"switchboard/host/server/process"
	"switchboard/host/task"
)

// A Server is one entry of the configuration and whatever runs for it. Its
// methods are safe for concurrent use; [Server.Run] is called once.
type Server struct {
	cfg config.Server
	opt Options

	book    *book
	changed chan struct{} // the status changed; capacity 1, as all of these
	printed chan struct{} // a log grew
	busy    chan struct{} // calls began, went on or ended
	wake    chan struct{} // an order came
	doubted chan struct{} // a call came to nothing

	// Tests put others in the place of these.
	dial func(context.Context, *life) (*session, error)
	roll func() float64 // in [0, 1)

	mu       sync.Mutex
	stderr   *process.Log // of the present or the last life
	noise    *process.Log // what came on standard output and was no message
	status   Status
	news     int // changes worth telling
	told     int // how many of them Notify knows; the owner's
	tools    []catalog.Tool
	session  *session // nil unless calls go through
	orders   []inputKind
	patience uint // how often the start timeout was doubled
	lives    int
	answered time.Time // when an answer, of whatever kind, came last
	vouched  int       // calls that were answered
	running  []*running
	recent   pulse
	breaker  breaker
	holds    hold
	ending   Ending     // of the last process
	calls    task.Group // the watches of calls under way
}

// New makes the server of one entry; nothing is started before [Server.Run].
func New(cfg config.Server, opt Options) *Server {
	s := &Server{
		cfg: cfg, opt: opt, book: newBook(cfg, opt), dial: dial, roll: rand.Float64,
		changed: make(chan struct{}, 1), printed: make(chan struct{}, 1), busy: make(chan struct{}, 1),
		wake: make(chan struct{}, 1), doubted: make(chan struct{}, 1),
	}
	first, _ := machine{rules: opt.lifeRules(cfg)}.step(input{kind: began})
	s.status = Status{
		Name: cfg.Name, State: first.state, Reason: first.reason, Since: time.Now(), Builtin: cfg.Builtin,
	}
	s.book.entered(first.state, first.reason)
	s.calls.OnPanic = opt.OnPanic
	s.freshLogs()
	return s
}

// Tools is the last complete list, in the server's order; it is kept when the
// server dies. The caller may keep it but not change what it points to.
func (s *Server) Tools() []catalog.Tool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.tools)
}

// Restart ends what runs and starts anew, at once. It also starts a server that
// is disabled, stopped or failed; one that waits for consent goes on waiting.
func (s *Server) Restart() { s.order(restarted) }

// RestartPatiently is a Restart with twice the start timeout of the last time, at
// most an hour. The server keeps it.
func (s *Server) RestartPatiently() {
	s.mu.Lock()
	s.patience++
	s.mu.Unlock()
	s.order(restarted)
}

// Stop ends what runs, or the attempts to start it, until Restart or Enable.
func (s *Server) Stop() { s.order(stopped) }

// Disable ends what runs until Enable or Restart.
func (s *Server) Disable() { s.order(disabled) }

// Enable starts a server that does not run, at once; it changes nothing about any
// other.
func (s *Server) Enable() { s.order(enabled) }

// Trust consents to start, or reach, a server whose entry says that it needs
// that; it holds for as long as the program runs.
func (s *Server) Trust() { s.order(consented) }

func (s *Server) order(o inputKind) {
	s.mu.Lock()
	s.orders = append(s.orders, o)
	s.mu.Unlock()
	signal(s.wake)
}

// ordered takes the orders that came.
func (s *Server) ordered() []inputKind {
	s.mu.Lock()
	defer s.mu.Unlock()
	orders := s.orders
	s.orders = nil
	return orders
}

// startTimeout bounds a start of the server.
func (s *Server) startTimeout() time.Duration {
	s.mu.Lock()
	patience := s.patience
	s.mu.Unlock()
	return min(s.opt.startTimeout(s.cfg)<<min(patience, 10), maxStart)
}

// freshLogs begins the logs of a life, so that a death is not explained with the
// words of an earlier one.
func (s *Server) freshLogs() {
	grew := func() { signal(s.printed) }
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stderr = &process.Log{Changed: grew, Each: s.book.said(Stderr)}
	s.noise = &process.Log{Changed: grew, Each: s.book.said(Stdout)}
}

// setTools takes over a complete list of tools.
func (s *Server) setTools(tools []catalog.Tool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.status.Catalog == 0 || !sameTools(s.tools, tools) {
		s.status.Catalog++
	}
	s.status.Delta = delta(s.tools, tools, s.status.Listed)
	s.tools, s.status.Tools = tools, len(tools)
	s.status.Listed = time.Now()
	s.news++
}

// signal leaves word in a channel of capacity 1.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
