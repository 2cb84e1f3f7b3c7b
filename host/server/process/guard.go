package process

import (
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"switchboard/host/task"
)

// A Guard is one more process of our own program that outlives us for a moment:
// it learns of every process group we start and ends those that are left when its
// pipe from us closes, however we ended, SIGKILL included. It sits in a session of
// its own, where no signal of the terminal reaches it. On Linux it also ends every
// process that carries this session's marker in its environment, which covers a
// death between a start and its registration, and daemons that left their group.
//
// A guard that is killed itself is replaced at once and told of every group, a
// few times; after that [Guard.Err] says so.
//
// A nil Guard does nothing. All methods are safe for concurrent use.
type Guard struct {
	self   string
	args   []string
	marker string

	mu     sync.Mutex
	groups map[int]bool
	pipe   *os.File // to the guard process; nil while there is none
	exited chan struct{}
	spares int // how many more times a guard that died is replaced
	closed bool
	err    error
	tasks  task.Group
}

// guardSpares bounds the replacements: a program that cannot be a guard would
// otherwise be started for ever.
const guardSpares = 3

// NewGuard prepares a guard that runs self with args, which must call
// [GuardMain]. The process starts with the first server.
func NewGuard(self string, args ...string) *Guard {
	return &Guard{self: self, args: args, marker: rand.Text(), groups: map[int]bool{}, spares: guardSpares}
}

// Marker is the value of [MarkerName] for children; empty without a guard.
func (g *Guard) Marker() string {
	if g == nil {
		return ""
	}
	return g.marker
}

// Err tells why there is no guard process although one was wanted; the servers
// run all the same.
func (g *Guard) Err() error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.err
}

// prepare starts the guard process unless it runs already.
func (g *Guard) prepare() {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pipe == nil && !g.closed {
		g.err = g.start()
	}
}

func (g *Guard) add(pgid int) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.groups[pgid] = true
	g.tell("+", pgid)
}

func (g *Guard) remove(pgid int) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.groups, pgid)
	g.tell("-", pgid)
}

// tell writes one line. It may fail because the guard has just died: its
// replacement is told of every group.
func (g *Guard) tell(verb string, pgid int) {
	if g.pipe != nil {
		_, _ = fmt.Fprintln(g.pipe, verb, pgid)
	}
}

func (g *Guard) start() error {
	in, out, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("starting the guard: %w", err)
	}
	cmd := exec.Command(g.self, g.args...)
	cmd.Stdin = in
	cmd.Env = Environ(nil, nil, "")
	ownSession(cmd)
	err = cmd.Start()
	_ = in.Close()
	if err != nil {
		_ = out.Close()
		return fmt.Errorf("starting the guard: %w", err)
	}
	exited := make(chan struct{})
	g.pipe, g.exited = out, exited
	g.tasks.Go("waiting for the guard", func() {
		err := cmd.Wait()
		close(exited)
		g.replace(out, err)
	})
	_, _ = fmt.Fprintln(out, "=", g.marker)
	for pgid := range g.groups {
		_, _ = fmt.Fprintln(out, "+", pgid)
	}
	return nil
}

// replace follows the death of the guard behind pipe, which is expected only once
// we have closed the pipe.
func (g *Guard) replace(pipe *os.File, died error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pipe != pipe {
		return
	}
	_ = pipe.Close()
	g.pipe = nil
	if g.spares == 0 {
		g.err = fmt.Errorf("the guard process ended again and again (%v); if Switchboard is killed now, its servers may run on", died)
		return
	}
	g.spares--
	g.err = g.start()
}

// Close ends the guard; it first ends what is still registered. It waits up to a
// second and a half.
func (g *Guard) Close() {
	if g == nil {
		return
	}
	g.mu.Lock()
	g.closed = true
	pipe, exited := g.pipe, g.exited
	g.pipe = nil
	g.mu.Unlock()
	if pipe == nil {
		return
	}
	_ = pipe.Close()
	select {
	case <-exited:
	case <-time.After(1500 * time.Millisecond):
	}
}
