package check

import (
	"context"
	"fmt"
	"sync"
	"time"

	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/server"
	"switchboard/host/server/process"
	"switchboard/host/task"
)

// patience bounds the lists and the ping where nobody says otherwise.
const patience = 10 * time.Second

// A trial is the check of one server.
type trial struct {
	entry   config.Server
	opt     Options
	changed chan struct{} // the status did; capacity 1
	report  Report
	tasks   task.Group

	mu      sync.Mutex
	spawned time.Time // when its process was first seen
	panics  []task.Panic
}

func newTrial(entry config.Server, opt Options) *trial {
	t := &trial{entry: entry, opt: opt, changed: make(chan struct{}, 1)}
	t.entry.Disabled = false
	t.report = Report{Server: entry.Name}
	t.tasks.OnPanic = t.panicked
	return t
}

// run goes through all stages. What it started is gone when it returns.
func (t *trial) run(ctx context.Context) Report {
	began := time.Now()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := server.New(t.entry, t.options())
	t.doing(Start)
	t.tasks.Go("running "+t.entry.Name, func() { s.Run(ctx) })
	st := Settle(ctx, s, t.changed)
	t.report.State, t.report.Ready = st.State, st.State.Callable()
	if t.report.Ready {
		t.explore(ctx, s)
	}
	seen := s.Inspect()
	t.doing(Stop)
	cancel()
	t.tasks.Wait()
	t.sum(began, st, seen, s.Ending())
	return t.report
}

func (t *trial) options() server.Options {
	o := t.opt.Server
	if t.opt.Timeout > 0 {
		o.StartTimeout = t.opt.Timeout
	}
	o.OnPanic = t.panicked
	o.Notify = func(st server.Status) {
		t.mu.Lock()
		if t.spawned.IsZero() && st.PID != 0 {
			t.spawned = time.Now()
			t.doing(Handshake)
		}
		t.mu.Unlock()
		select {
		case t.changed <- struct{}{}:
		default:
		}
	}
	return o
}

func (t *trial) panicked(p task.Panic) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.panics = append(t.panics, p)
}

func (t *trial) doing(stage StageName) {
	if t.opt.Doing != nil {
		t.opt.Doing(t.entry.Name, stage)
	}
}

// Settle waits for the first state that says how a start went. A server that would
// be started again after a while has failed: nobody waits for that here. Changed is
// signalled whenever the status changes.
func Settle(ctx context.Context, s *server.Server, changed <-chan struct{}) server.Status {
	for {
		st := s.Status()
		switch st.State {
		case server.Starting, server.Stopping:
		case server.Backoff:
			st.State = server.Failed
			return st
		default:
			return st
		}
		select {
		case <-changed:
		case <-ctx.Done():
			st.State, st.Reason = server.Failed, clean.Foreign("interrupted before it was ready")
			return st
		}
	}
}

// explore waits for the lists that follow the tools, and pings.
func (t *trial) explore(ctx context.Context, s *server.Server) {
	limit := t.opt.Timeout
	if limit <= 0 {
		limit = patience
	}
	slow := fmt.Errorf("no answer within %s", process.Seconds(limit))
	t.doing(Resources)
	lists, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	select {
	case <-s.Offered():
	case <-lists.Done():
		t.note(Warn, "its resources and prompts were not listed within "+process.Seconds(limit))
	}
	t.doing(Ping)
	ctx, cancelPing := context.WithTimeoutCause(ctx, limit, slow)
	defer cancelPing()
	took, err := s.Ping(ctx)
	ping := Stage{Name: Ping, Took: took, OK: err == nil}
	if err != nil {
		ping.Note = clean.Foreign(err.Error())
		t.report.Ready = false
		t.report.Reason = clean.Foreign("it does not answer a ping: " + err.Error())
	}
	t.report.Stages = append(t.report.Stages, ping)
}

func (t *trial) note(level Level, text string) {
	t.report.Problems = append(t.report.Problems, Problem{level, clean.Foreign(text)})
}
