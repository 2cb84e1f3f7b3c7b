// Package host is the MCP host: it runs the servers, makes one catalogue of
// their tools, leads the conversation with the model, and asks the person where
// a person must decide. Ops go in through [Host.Do], events come out of
// [Host.Events]; it knows no screen.
package host

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/host/policy"
	"switchboard/host/server"
	"switchboard/host/task"
	"switchboard/llm"
)

// DefaultMaxSteps bounds how often one turn asks the model.
const DefaultMaxSteps = 25

// Options say what a host works with.
type Options struct {
	Servers []config.Server
	// Server is how servers are started; the host fills in who is notified.
	Server server.Options

	Model    llm.Model
	ModelWhy string // why this model, as a clause for the person
	// Request carries the settings that go into every request: MaxOutput,
	// Temperature, Effort.
	Request llm.Request
	// ModelRef is the model's place among Models, ModelKey what the person has to
	// agree to before it is asked; turns wait for that.
	ModelRef ModelRef
	ModelKey KeyUse
	// Models is what [SetModel] and [ListModels] choose from; nil leaves the session
	// with the one model.
	Models Models

	Collisions config.Collisions
	// CollisionsFlag tells that the command line set Collisions.Default.
	CollisionsFlag bool
	Tools          config.Tools
	Rules          []policy.Rule
	Workflows      []Workflow
	// Mode is the one to begin with; "" means [ModeAsk].
	Mode Mode
	// Grants is what the person answered in earlier sessions; nil for a store that
	// lasts as long as the host.
	Grants   *grants.Store
	MaxSteps int // 0 means DefaultMaxSteps
	// SetDisabled writes into the configuration whether a server is disabled, for
	// [ControlServer.Keep]; nil where there is nothing to write to.
	SetDisabled func(server string, disabled bool) error
	// Reload reads the configuration again, as at start, for the op [Reload]. An error
	// means that it cannot be used as a whole; faults in single entries are Notices.
	// It is not called from two goroutines at a time. nil where there is nothing to
	// read.
	Reload func() (Settings, error)
	// Watch calls changed whenever the files of the configuration may say something
	// else, until ctx ends or it cannot go on; nil where nobody watches.
	Watch func(ctx context.Context, changed func()) error
	// Notices are what the person should know before anything happens: faults in
	// the configuration, for one.
	Notices []Notice

	// Secrets must not show up in the record of the session, beside those of the
	// servers: the model's key.
	Secrets []string

	// StateDir takes what is kept for a look later, the servers' logs and the
	// record of the session; ""
	// keeps nothing.
	StateDir string

	// Resume is the session to go on with; "" begins one.
	Resume string

	// Hold keeps the servers back until the op [Begin], so that a screen can draw
	// its first frame before their start takes the machine.
	Hold bool
	// Unattended is set where no person watches: a turn waits for all servers
	// that are still starting, and an allow rule holds for the offline model
	// too, since it was written for this very turn.
	Unattended bool
}

// A Host runs until it is closed. Its methods may be called from any goroutine.
type Host struct {
	opt   Options
	mail  *mailbox
	out   *outbox
	desk  *desk
	past  past
	shelf shelf
	queue queue
	wall  *wall
	fleet *fleet
	seat  atomic.Pointer[ModelChoice] // the model that answers
	keys  *keyring
	book  *book

	schemas schemas

	tasks  task.Group         // the loop, and the turn under it
	cancel context.CancelFunc // ends the loop, the turn and the servers

	stream    task.Group // the outbox, which outlives all who put events
	endStream context.CancelFunc

	closing sync.Once
	closed  chan struct{} // closed by Close: nobody may be listening any more
}

// Start starts all servers at once and returns without waiting for any. When ctx
// ends the host stops working, but only [Host.Close] waits for all of it.
func Start(ctx context.Context, opt Options) *Host {
	if opt.MaxSteps <= 0 {
		opt.MaxSteps = DefaultMaxSteps
	}
	if opt.Grants == nil {
		opt.Grants = grants.Temporary()
	}
	h := &Host{opt: opt, mail: newMailbox(), out: newOutbox(), wall: &wall{}, closed: make(chan struct{})}
	h.book = newBook(opt, h.out.Put, h.fault)
	h.out.record, h.out.settle = h.book.note, h.book.sync
	h.desk = newDesk(h.out.Put)
	h.tasks.OnPanic = h.fault
	h.fleet = newFleet(opt, h.mail.put, h.fault)

	stream, endStream := context.WithCancel(context.WithoutCancel(ctx))
	h.endStream = endStream
	h.stream.Go("the event stream", func() { h.out.Run(stream, h.closed) })

	h.seat.Store(&ModelChoice{
		Model: opt.Model, Ref: opt.ModelRef, Why: opt.ModelWhy, Request: opt.Request, Key: opt.ModelKey,
	})
	h.keys = newKeyring(h.desk, opt.Grants)
	h.out.Put(h.model().chosen())
	if len(opt.Workflows) > 0 {
		h.out.Put(WorkflowsKnown{slices.Clone(opt.Workflows)})
	}
	for _, n := range opt.Notices {
		h.out.Put(n)
	}
	ctx, h.cancel = context.WithCancel(ctx)
	l := newLoop(h)
	h.tasks.Go("the host's loop", func() { l.run(ctx) })
	if opt.Watch != nil {
		h.tasks.Go("watching the configuration", func() { h.watch(ctx) })
	}
	if !opt.Hold {
		h.Do(Begin{})
	}
	return h
}

// Do takes an op. It never blocks; what comes of it arrives as events.
func (h *Host) Do(op Op) { h.mail.put(op) }

// Events is the one ordered stream of what happens, in batches. It is closed when
// the host has ended. There is one listener.
func (h *Host) Events() <-chan []Event { return h.out.deliver }

// Close stops the turn and all servers, each within its stop ladder, and returns
// when nothing of the host is left. Nobody needs to listen to events any more.
func (h *Host) Close() {
	h.closing.Do(func() {
		h.cancel()
		close(h.closed)
	})
	h.tasks.Wait()
	h.fleet.wait()
	h.endStream()
	h.stream.Wait()
	h.book.close()
}

// fault reports a recovered panic: the part that failed is lost, the rest goes on.
func (h *Host) fault(p task.Panic) {
	h.out.Put(Notice{Level: Fault, Text: clean.Foreign(p.Error())})
}
