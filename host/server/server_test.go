package server_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"switchboard/host/config"
	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// patience bounds waits that succeed at once on a healthy program; a test that
// needs it fails.
const patience = 20 * time.Second

// A line is a server under test together with everything it told.
type line struct {
	*server.Server
	t    *testing.T
	stop context.CancelFunc
	done chan struct{}

	mu     sync.Mutex
	told   []server.Status
	forget bool // keep nothing of what is told
	news   chan struct{}
}

// run starts a server and ends it with the test.
func run(t *testing.T, cfg config.Server, opt server.Options) *line {
	t.Helper()
	l := &line{t: t, done: make(chan struct{}), news: make(chan struct{}, 1)}
	opt.Notify = l.hear
	if opt.Grace == 0 {
		opt.Grace = 150 * time.Millisecond
	}
	if opt.BackoffBase == 0 { // who falls stays down as long as the test looks
		opt.BackoffBase, opt.BackoffCap = 1000*time.Hour, 1000*time.Hour
	}
	if opt.StartTimeout == 0 {
		opt.StartTimeout = patience
	}
	l.Server = server.New(cfg, opt)
	ctx, cancel := context.WithCancel(context.Background())
	l.stop = cancel
	go func() {
		defer close(l.done)
		l.Run(ctx)
	}()
	t.Cleanup(func() { l.end() })
	return l
}

func (l *line) hear(st server.Status) {
	l.mu.Lock()
	if !l.forget {
		l.told = append(l.told, st)
	}
	l.mu.Unlock()
	select {
	case l.news <- struct{}{}:
	default:
	}
}

// end stops the server and waits until nothing of it is left.
func (l *line) end() {
	l.t.Helper()
	l.stop()
	select {
	case <-l.done:
	case <-time.After(patience):
		l.t.Error("Run did not return")
	}
}

// await waits for a status that is as wanted.
func (l *line) await(what string, wanted func(server.Status) bool) server.Status {
	l.t.Helper()
	timeout := time.After(patience)
	for {
		if st := l.Status(); wanted(st) {
			return st
		}
		select {
		case <-l.news:
		case <-timeout:
			l.t.Fatalf("no status with %s; the last is %+v", what, l.Status())
		}
	}
}

func (l *line) awaitState(want server.State) server.Status {
	l.t.Helper()
	return l.await(string(want), func(st server.Status) bool { return st.State == want })
}

// states are the states it was told, repetitions left out.
func (l *line) states() (states []server.State) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, st := range l.told {
		if len(states) == 0 || states[len(states)-1] != st.State {
			states = append(states, st.State)
		}
	}
	return states
}

// ready runs a fixture server and waits until it is ready.
func ready(t *testing.T, flags ...string) *line {
	t.Helper()
	l := run(t, servertest.Config("fixture", flags...), server.Options{})
	l.awaitState(server.Ready)
	return l
}

// call calls a tool and fails the test on an error.
func (l *line) call(tool, args string) server.Result {
	l.t.Helper()
	r, err := l.Call(l.t.Context(), tool, json.RawMessage(args), nil)
	if err != nil {
		l.t.Fatalf("calling %s: %v", tool, err)
	}
	return r
}

func (l *line) toolNames() (names []string) {
	for _, tool := range l.Tools() {
		names = append(names, tool.ID.Tool)
	}
	return names
}
