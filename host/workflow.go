package host

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"switchboard/host/clean"
	"switchboard/host/server"
	"switchboard/host/task"
	"switchboard/host/workflow"
)

// Workflow is a prompt template as [workflow] defines it.
type Workflow = workflow.Workflow

// RunWorkflow fills a template in and submits it. The words are those behind its
// name, as [workflow.Workflow.Fill] reads them. What is wrong with them comes back
// as [WorkflowRefused].
type RunWorkflow struct{ Name, Words string }

// WorkflowsKnown tells which workflows there are.
type WorkflowsKnown struct{ Workflows []Workflow }

// WorkflowRefused gives back what could not be filled in.
type WorkflowRefused struct {
	Name, Words string
	Message     string // why, in our own words
}

func (RunWorkflow) op()        {}
func (WorkflowsKnown) event()  {}
func (WorkflowRefused) event() {}

// runWorkflow submits a filled template.
func (l *loop) runWorkflow(ctx context.Context, turns *task.Group, op RunWorkflow) {
	i := slices.IndexFunc(l.sources.settings.Workflows, func(w Workflow) bool { return w.Name == op.Name })
	if i < 0 {
		l.h.out.Put(WorkflowRefused{op.Name, op.Words, fmt.Sprintf("there is no workflow %q", op.Name)})
		return
	}
	if l.active != nil {
		l.h.out.Put(WorkflowRefused{op.Name, op.Words, "a turn is running; send it when that is over"})
		return
	}
	w := l.sources.settings.Workflows[i]
	prompt, err := w.Fill(op.Words)
	if err != nil {
		l.h.out.Put(WorkflowRefused{op.Name, op.Words, err.Error()})
		return
	}
	l.submit(ctx, turns, prompt, w.Servers...)
}

// needs waits for the servers that the turn cannot do without, and says which of
// them it would have to do without. Ok is true when all can be called.
func (t *turn) needs(ctx context.Context) (_ Failure, ok bool) {
	if len(t.needed) == 0 {
		return Failure{}, true
	}
	b := t.h.await(ctx, func(b *board) bool { return len(t.among(b, isStarting)) == 0 })
	down := t.among(b, func(s server.Status) bool { return !s.State.Callable() })
	if len(down) == 0 {
		return Failure{}, true
	}
	return Failure{
		Kind:    NotReady,
		Message: clean.Foreign("this needs " + strings.Join(down, ", and ")),
		Hint:    "see /servers NAME for what to do about it, then send it again",
	}, false
}

// NotReady is the kind of a failure for want of a server.
const NotReady = "server_not_ready"

// among describes the needed servers that fit.
func (t *turn) among(b *board, fits func(server.Status) bool) []string {
	var all []string
	for _, name := range t.needed {
		s := b.status(name)
		if !fits(s) {
			continue
		}
		said := name + ", which is " + string(s.State)
		if s.State == "" {
			said = name + ", which is not configured"
		}
		if !s.Reason.Empty() {
			said += " (" + strings.TrimSpace(s.Reason.Line()) + ")"
		}
		all = append(all, said)
	}
	return all
}

func isStarting(s server.Status) bool { return s.State == server.Starting }

// await returns the first board that fits, or the present one when ctx ends.
func (h *Host) await(ctx context.Context, fits func(*board) bool) *board {
	for {
		b := h.wall.look()
		if fits(b) {
			return b
		}
		select {
		case <-b.changed:
		case <-ctx.Done():
			return b
		}
	}
}
