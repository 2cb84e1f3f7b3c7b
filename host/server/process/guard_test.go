//go:build unix

package process_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"switchboard/host/server/process"
	"switchboard/host/task"
)

// note adds our process id to a file.
func note(file string) {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	_, _ = fmt.Fprintln(f, os.Getpid())
	_ = f.Close()
}

// A guarded is a process under a guard that notes every life of its own.
type guarded struct {
	*process.Process
	guard *process.Guard
	notes string
}

func newGuarded(t *testing.T) guarded {
	t.Helper()
	notes := filepath.Join(t.TempDir(), "guards")
	g := process.NewGuard(os.Args[0], guardArg, notes)
	var tasks task.Group
	p, err := process.Start(process.Spec{
		Path: "/bin/sh", Argv: []string{"sh", "-c", "exec sleep 600"}, Env: process.Environ(nil, nil, g.Marker()),
		Guard: g, Stderr: &process.Log{},
	}, &tasks)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Stop(50 * time.Millisecond)
		tasks.Wait()
		g.Close()
	})
	return guarded{p, g, notes}
}

// guardPID waits for the n-th life of the guard.
func (g guarded) guardPID(t *testing.T, n int) (pid int) {
	t.Helper()
	eventually(t, fmt.Sprintf("guard number %d", n), func() bool {
		raw, _ := os.ReadFile(g.notes)
		lines := strings.SplitAfter(string(raw), "\n")
		if len(lines) <= n { // the last is what follows the last break
			return false
		}
		_, err := fmt.Sscan(lines[n-1], &pid)
		return err == nil
	})
	return pid
}

// eventually polls: other processes tell nobody of their end.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("in vain: ", what)
		}
	}
}

// The guard that follows one that was killed knows what there is to end.
func TestGuardIsReplaced(t *testing.T) {
	t.Parallel()
	g := newGuarded(t)
	_ = syscall.Kill(g.guardPID(t, 1), syscall.SIGKILL)
	g.guardPID(t, 2)
	if err := g.guard.Err(); err != nil {
		t.Errorf("with a new guard there is %v", err)
	}
	g.guard.Close()
	<-g.Done()
	if got := g.Exit().Signal; got != "SIGTERM" {
		t.Errorf("the second guard ended the process by %q, want SIGTERM", got)
	}
}

// Whoever kills every guard is told what that costs; the process runs on and can
// still be stopped.
func TestGuardIsKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	g := newGuarded(t)
	for n := range 4 {
		_ = syscall.Kill(g.guardPID(t, n+1), syscall.SIGKILL)
	}
	eventually(t, "an error", func() bool { return g.guard.Err() != nil })
	if got := g.guard.Err().Error(); !strings.Contains(got, "signal: killed") || !strings.Contains(got, "servers may run on") {
		t.Errorf("the error is %q", got)
	}
	select {
	case <-g.Done():
		t.Errorf("the process ended with its guard: %s", g.Exit())
	default:
	}
	g.Stop(50 * time.Millisecond)
	<-g.Done()
}
