// Package process owns the child processes of the host: their environment, their
// pipes, their process group, their death, and the guard that ends them when the
// host itself is killed.
package process

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"syscall"
	"time"

	"switchboard/host/task"
)

// drainSilence is how long the pipes of a process that has exited are read on
// after their last byte: a grandchild may hold them open for ever.
const drainSilence = 100 * time.Millisecond

// A Spec says what to start.
type Spec struct {
	Path string // of the program, as [Lookup] found it
	Argv []string
	Env  []string // the whole environment, see [Environ]
	Dir  string   // empty for our own
	// Guard learns of the process group; nil for none.
	Guard *Guard
	// Stderr takes what the process writes there.
	Stderr *Log
}

// A Process is a running child, the leader of a process group of its own.
type Process struct {
	PID    int
	Stdin  *Queue    // never blocks
	Stdout io.Reader // ends soon after the process does

	cmd     *exec.Cmd
	started time.Time
	guard   *Guard
	pipes   pipes
	exited  chan struct{} // the process is gone
	done    chan struct{} // and so are its group and its standard error
	exit    Exit
	orphans bool // others of the group were still there after it
}

// Exit is how a process ended.
type Exit struct {
	Status int    // 0 for success; -1 when a signal ended it
	Signal string // such as "SIGKILL"; empty when the process ended itself
	After  time.Duration
}

// String is a clause such as "exited with status 1 after 0.2 s".
func (e Exit) String() string {
	if e.Signal != "" {
		return fmt.Sprintf("was ended by %s after %s", e.Signal, Seconds(e.After))
	}
	return fmt.Sprintf("exited with status %d after %s", e.Status, Seconds(e.After))
}

// Seconds writes a duration as a person would: "0.2 s", "45 s", "3 min".
func Seconds(d time.Duration) string {
	switch {
	case d >= 10*time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d >= 10*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// Start runs the program. Its goroutines belong to tasks and end after the
// process has; a caller that wants it gone calls Stop.
func Start(spec Spec, tasks *task.Group) (*Process, error) {
	pipes, err := openPipes()
	if err != nil {
		return nil, err
	}
	cmd := &exec.Cmd{Path: spec.Path, Args: spec.Argv, Env: spec.Env, Dir: spec.Dir}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = pipes.child[0], pipes.child[1], pipes.child[2]
	ownGroup(cmd)
	spec.Guard.prepare()
	err = cmd.Start()
	pipes.closeChild()
	if err != nil {
		pipes.closeOurs()
		return nil, startError(spec.Path, err)
	}
	spec.Guard.add(cmd.Process.Pid)
	p := &Process{
		PID: cmd.Process.Pid, Stdin: newQueue(pipes.stdin), cmd: cmd, started: time.Now(), guard: spec.Guard,
		pipes: pipes, exited: make(chan struct{}), done: make(chan struct{}),
	}
	p.Stdout = &drain{file: pipes.stdout, exited: p.exited}
	drained := make(chan struct{})
	tasks.Go("writing to "+spec.Path, p.Stdin.run)
	tasks.Go("reading errors of "+spec.Path, func() {
		defer close(drained)
		spec.Stderr.drain(&drain{file: pipes.stderr, exited: p.exited})
	})
	tasks.Go("waiting for "+spec.Path, func() { p.wait(drained) })
	return p, nil
}

func startError(path string, err error) error {
	if errors.Is(err, syscall.ENOEXEC) {
		return fmt.Errorf("%s is not a program: a script needs #! and its interpreter in the first line", path)
	}
	return fmt.Errorf("starting: %w", err)
}

// wait collects the exit status at once, ends what is left of the group and
// lets the last words on standard error arrive.
func (p *Process) wait(drained <-chan struct{}) {
	_ = p.cmd.Wait()
	state := p.cmd.ProcessState
	p.exit = Exit{Status: state.ExitCode(), Signal: signalName(state), After: time.Since(p.started)}
	close(p.exited)
	p.pipes.wakeReaders()
	p.Stdin.abort()
	p.orphans = sweep(p.PID, 300*time.Millisecond)
	p.guard.remove(p.PID)
	<-drained
	_ = p.pipes.stderr.Close()
	close(p.done)
}

// Done is closed when the process and its group are gone and its standard error
// was read to the end.
func (p *Process) Done() <-chan struct{} { return p.done }

// ExitsWithin waits up to limit for the end of the process itself, whatever its
// group does.
func (p *Process) ExitsWithin(limit time.Duration) bool {
	return closedWithin(p.exited, limit)
}

// Exit tells how the process ended; it may be called after Done.
func (p *Process) Exit() Exit { return p.exit }

// Age is for how long the process has been running.
func (p *Process) Age() time.Duration { return time.Since(p.started) }

// gone waits up to limit for the end of the process and its group.
func (p *Process) gone(limit time.Duration) bool { return closedWithin(p.done, limit) }

func closedWithin(c <-chan struct{}, limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-c:
		return true
	case <-timer.C:
		return false
	}
}
