// Package plain is the line mode: one turn without a screen, its answer on
// standard output and everything else on standard error, or one JSON object a
// line for programs.
package plain

import (
	"context"
	"io"
	"time"

	"switchboard/host"
)

// The exit statuses of a turn without a screen.
const (
	Done        = 0
	Failed      = 1   // the turn failed
	Usage       = 2   // wrong usage or configuration
	NeedsPerson = 3   // a question needed a person and there was none
	NotReady    = 4   // a server that the command needs is not ready
	Interrupted = 130 // by a signal
)

// An Engine is the host, as the line mode needs it.
type Engine interface {
	Do(host.Op)
	Events() <-chan []host.Event
}

// A printer turns events into output.
type printer interface {
	event(e host.Event, at time.Time)
	// failed reports an end that no event told of.
	failed(kind, message, hint string, at time.Time)
}

// Options say where output goes.
type Options struct {
	Out, Err io.Writer
	JSON     bool // one event a line on Out
}

// Run hands the host what begins the turn, a prompt or a workflow, prints what happens until the turn has ended, and
// returns the exit status. When ctx ends the turn is stopped first. Nobody is
// there to answer: the first question stops the turn.
func Run(ctx context.Context, e Engine, begin host.Op, opt Options) int {
	r := runner{engine: e, print: newPrinter(opt), status: -1}
	e.Do(begin)
	stop := ctx.Done()
	for r.status < 0 {
		select {
		case batch, open := <-e.Events():
			if !open {
				r.print.failed("closed", "the host ended before the turn did", "", time.Now())
				return Failed
			}
			r.batch(batch, time.Now())
		case <-stop:
			stop = nil // once; the turn's end is still to come
			r.interrupt(ctx)
		}
	}
	return r.status
}

func newPrinter(opt Options) printer {
	if opt.JSON {
		return newLines(opt.Out)
	}
	return &words{out: opt.Out, err: opt.Err, troubles: map[string]string{}}
}

// runner follows one turn.
type runner struct {
	engine Engine
	print  printer
	asked  bool // a question came and nobody could answer it
	why    string
	status int // of the exit; negative while the turn runs
}

func (r *runner) batch(events []host.Event, at time.Time) {
	for _, e := range events {
		r.print.event(e, at)
		switch e := e.(type) {
		case host.Asked:
			r.refuse(e, at)
		case host.WorkflowRefused:
			r.print.failed("usage", clean(e.Name+": "+e.Message), "", at)
			r.status = Usage
			return
		case host.TurnEnded:
			r.status = r.exit(e, at)
			return
		}
	}
}

// refuse stops the turn at a question: to guess an answer could do harm, and to
// go on without one would hide that it was needed.
func (r *runner) refuse(a host.Asked, at time.Time) {
	if r.asked {
		return
	}
	r.asked = true
	message, hint := question(a.Question)
	r.print.failed("needs_person", message, hint, at)
	r.engine.Do(host.Cancel{})
}

// interrupt stops the turn because the caller's context ended.
func (r *runner) interrupt(ctx context.Context) {
	r.why = "interrupted"
	if context.Cause(ctx) == context.DeadlineExceeded {
		r.why = "timeout"
		r.print.failed("timeout", "the turn took longer than --timeout allows", "give it more time, or a smaller task", time.Now())
	}
	r.engine.Do(host.Cancel{})
}

// exit is the status for a turn that has ended.
func (r *runner) exit(e host.TurnEnded, at time.Time) int {
	switch {
	case r.asked:
		return NeedsPerson
	case r.why == "interrupted":
		return Interrupted
	case r.why != "":
		return Failed
	case e.Finish == host.FinishDone:
		return Done
	case e.Finish == host.FinishFailed && e.Failure.Kind == host.NotReady:
		r.print.failed(e.Failure.Kind, e.Failure.Message.Line(), "switchboard check says more", at)
		return NotReady
	case e.Finish == host.FinishFailed:
		r.print.failed(e.Failure.Kind, e.Failure.Message.Line(), e.Failure.Hint, at)
	default:
		r.print.failed("incomplete", "the answer is not complete: "+string(e.Finish), hintFor(e.Finish), at)
	}
	return Failed
}

func hintFor(f host.Finish) string {
	switch f {
	case host.FinishRepeated:
		return "the model made the same call again and again; ask in other words"
	case host.FinishStepLimit:
		return "allow more with --max-steps"
	case host.FinishLength:
		return "raise maxOutput in the configuration's model section"
	}
	return ""
}

// question says what would have been asked, and how to answer it beforehand.
func question(q host.Question) (message, hint string) {
	switch q := q.(type) {
	case host.Approval:
		rule := q.Tool.ID.String()
		return "the call of " + clean(rule) + " needs a person's approval, and nobody is here to give it",
			"allow it with --allow '" + clean(rule) + "', or use the chat"
	case host.GoOn:
		return "the turn takes many steps, and nobody is here to let it go on", "allow more with --max-steps"
	case host.Collision:
		return "several servers offer " + clean(q.Name) + ", and nobody is here to choose one",
			"offer each under its own name with --collisions namespace"
	}
	return "a question needs a person, and nobody is here to answer it", "use the chat"
}
