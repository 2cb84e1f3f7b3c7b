//go:build soak && linux

package server_test

import (
	"fmt"
	"testing"
	"time"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// TestSoakStart holds the time until all of many servers are ready against that
// of the slowest one alone: at most 1.15 times as long.
func TestSoakStart(t *testing.T) {
	const slowest = 5 * time.Second
	alone := untilReady(t, 1, slowest)
	for _, n := range []int{10, 50} {
		together := untilReady(t, n, slowest)
		ratio := float64(together) / float64(alone)
		t.Logf("%d servers are ready after %s, the slowest alone after %s: %.3f times", n, together, alone, ratio)
		if ratio > 1.15 {
			t.Errorf("that is more than 1.15 times")
		}
	}
}

// untilReady starts n servers, the first of which is the slowest and the others up
// to ten times as fast, and ends them.
func untilReady(t *testing.T, n int, slowest time.Duration) time.Duration {
	t.Helper()
	began := time.Now()
	lines := make([]*line, n)
	for i := range lines {
		delay := slowest - slowest*9/10*time.Duration(i)/time.Duration(n)
		lines[i] = run(t, servertest.Config(fmt.Sprint(i), "-delay="+delay.String()), server.Options{})
	}
	for _, l := range lines {
		l.awaitState(server.Ready)
	}
	took := time.Since(began)
	stopAll(lines)
	return took
}

// stopAll ends servers side by side, as the end of the program does.
func stopAll(lines []*line) {
	for _, l := range lines {
		l.stop()
	}
	for _, l := range lines {
		l.end()
	}
}

// TestSoakStop ends fifty servers, a third of which have to be killed and another
// third of which leave children that have to be: at most six seconds, and nothing
// is left.
func TestSoakStop(t *testing.T) {
	file := t.TempDir() + "/pids"
	kinds := [][]string{nil, {"-ignore=both"}, {"-child"}}
	lines := make([]*line, 50)
	for i := range lines {
		flags := append([]string{"-pids=" + file}, kinds[i%len(kinds)]...)
		lines[i] = run(t, servertest.Config(fmt.Sprint(i), flags...), server.Options{Grace: 1500 * time.Millisecond})
	}
	for _, l := range lines {
		l.awaitState(server.Ready)
	}
	const processes = 50 + 16 // with the children
	if !eventually(patience, func() bool { return len(pidsIn(t, file)) == processes }) {
		t.Fatalf("%d processes, want %d", len(pidsIn(t, file)), processes)
	}
	began := time.Now()
	stopAll(lines)
	took := time.Since(began)
	t.Logf("%d servers, %d of them deaf to SIGTERM, 16 more with a child that is, ended after %s", len(lines), 17, took)
	if took > 6*time.Second {
		t.Error("that is more than 6 s")
	}
	if pids := pidsIn(t, file); left(pids) > 0 {
		t.Errorf("%d processes are left", left(pids))
	}
}
