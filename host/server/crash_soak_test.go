//go:build soak && linux

package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// The figures of TestSoakCrashes.
const (
	crashServers   = 50
	crashing       = 10
	crashEvery     = 2 * time.Second // for each of those that crash
	crashCallEvery = 500 * time.Millisecond
	crashFill      = 1200 // calls that fill every record of a server
)

// TestSoakCrashes has ten of fifty servers crash again and again. The forty others
// answer as before, and afterwards nothing is left: no goroutine, no descriptor,
// no memory.
func TestSoakCrashes(t *testing.T) {
	goroutines, files := runtime.NumGoroutine(), descriptors(t)
	lines := make([]*line, crashServers)
	for i := range lines {
		opt := server.Options{BackoffBase: 500 * time.Millisecond, BackoffCap: time.Minute}
		lines[i] = run(t, servertest.Config(fmt.Sprint(i)), opt)
		lines[i].mute()
	}
	for _, l := range lines {
		l.awaitState(server.Ready)
	}
	side(lines, fill)
	bad, good := lines[:crashing], lines[crashing:]

	var quiet, loud servertest.Traffic
	crashes := 0
	calls(&quiet, good, *soakFor/8, nil)
	before := resident(t)
	calls(&loud, good, *soakFor, func(ctx context.Context) { crashes = crash(ctx, bad) })
	grown := resident(t) - before
	calls(&quiet, good, *soakFor/8, nil) // before and after: the machine has other work too
	alone, beside := quiet.Figures(), loud.Figures()
	stopAll(lines)
	t.Logf("%d crashes in %s; alone %v; beside %v; %d KiB more", crashes, *soakFor, alone, beside, grown)
	if len(alone.Failed)+len(beside.Failed) > 0 {
		t.Errorf("good calls failed: %.3q %.3q", alone.Failed, beside.Failed)
	}
	if ratio := float64(beside.P99) / float64(alone.P99); ratio > 1.5 {
		t.Errorf("the good servers' p99 is %.2f times what it was", ratio)
	}
	if grown > 10<<10 {
		t.Errorf("%d KiB more than before", grown)
	}
	if !eventually(5*time.Second, func() bool { return runtime.NumGoroutine() == goroutines && descriptors(t) == files }) {
		t.Errorf("%d goroutines and %d descriptors, before %d and %d", runtime.NumGoroutine(), descriptors(t), goroutines, files)
	}
}

// mute keeps the test's own list of what it is told from growing.
func (l *line) mute() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forget = true
}

// side does something for all servers side by side.
func side(lines []*line, do func(*line)) {
	var all sync.WaitGroup
	for _, l := range lines {
		all.Go(func() { do(l) })
	}
	all.Wait()
}

// fill fills what is kept of a server, so that it cannot grow afterwards.
func fill(l *line) {
	for range crashFill {
		if _, err := l.Call(context.Background(), "echo", json.RawMessage(`{"n":1000000}`), nil); err != nil {
			l.t.Error(err)
			return
		}
	}
}

// calls calls every server for a while, next to something else.
func calls(traffic *servertest.Traffic, lines []*line, span time.Duration, beside func(context.Context)) {
	ctx, cancel := context.WithTimeout(context.Background(), span)
	defer cancel()
	var all sync.WaitGroup
	for i, l := range lines {
		offset := crashCallEvery * time.Duration(i) / time.Duration(len(lines))
		all.Go(func() { traffic.Drive(ctx, l.Server, offset, crashCallEvery) })
	}
	if beside != nil {
		all.Go(func() { beside(ctx) })
	}
	all.Wait()
}

// crash ends the processes of servers in turn, and does what a person would about
// those that are not started again.
func crash(ctx context.Context, lines []*line) (n int) {
	tick := time.NewTicker(crashEvery / time.Duration(len(lines)))
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return n
		case <-tick.C:
		}
		switch st := lines[i%len(lines)].Status(); {
		case st.State == server.Failed:
			lines[i%len(lines)].Restart()
		case st.PID != 0:
			n++
			_ = syscall.Kill(st.PID, syscall.SIGKILL)
		}
	}
}
