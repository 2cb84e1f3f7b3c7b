package task_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"switchboard/host/task"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWaitWaits(t *testing.T) {
	t.Parallel()
	var (
		g    task.Group
		done atomic.Int32
	)
	release := make(chan struct{})
	for range 10 {
		g.Go("one of ten", func() {
			<-release
			done.Add(1)
		})
	}
	close(release)
	g.Wait()
	if n := done.Load(); n != 10 {
		t.Errorf("Wait returned after %d of 10", n)
	}
	g.Wait() // nothing is left to wait for
}

// A goroutine may start another in its group; Wait waits for that one too.
func TestNestedGo(t *testing.T) {
	t.Parallel()
	var (
		g       task.Group
		deepest bool // written three levels down, read after Wait
	)
	var down func(level int)
	down = func(level int) {
		if level == 3 {
			deepest = true
			return
		}
		g.Go("next level", func() { down(level + 1) })
	}
	g.Go("first level", func() { down(1) })
	g.Wait()
	if !deepest {
		t.Error("Wait returned before the deepest goroutine had ended")
	}
}

func TestPanicIsReported(t *testing.T) {
	t.Parallel()
	reports := make(chan task.Panic, 1)
	g := task.Group{OnPanic: func(p task.Panic) { reports <- p }}
	cause := errors.New("out of luck")
	g.Go("the unlucky one", func() { explode(cause) })
	g.Wait()
	select {
	case p := <-reports:
		if p.Task != "the unlucky one" || p.Value != cause {
			t.Errorf("reported as %q with %v", p.Task, p.Value)
		}
		if got := p.Error(); got != "internal fault in the unlucky one: out of luck" {
			t.Errorf("reads %q", got)
		}
		if !strings.Contains(p.Stack, "task_test.explode") {
			t.Errorf("the stack does not name the culprit:\n%s", p.Stack)
		}
	default:
		t.Error("Wait returned before the panic was reported")
	}
}

func explode(v any) { panic(v) }

// Without anybody to report to, a panic still ends its own goroutine only.
func TestPanicWithoutListener(t *testing.T) {
	t.Parallel()
	var (
		g      task.Group
		others bool
	)
	g.Go("faulty", func() { panic("oops") })
	g.Go("healthy", func() { others = true })
	g.Wait()
	if !others {
		t.Error("the other goroutine did not run")
	}
}

func TestEndWithoutPanicIsNotReported(t *testing.T) {
	t.Parallel()
	g := task.Group{OnPanic: func(p task.Panic) { t.Errorf("reported: %v", p) }}
	g.Go("peaceful", func() {})
	g.Wait()
}
