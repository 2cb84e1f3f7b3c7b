package host

import (
	"context"
	"path/filepath"
	"slices"
	"sync/atomic"

	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/host/server"
	"switchboard/host/task"
)

// perServer is how many calls one server gets at a time where its entry does not
// say; more wait their turn, so that a model's fan-out does not drown a small
// server.
const perServer = 8

// slotsOf is how many calls the server of an entry gets at a time.
func slotsOf(c config.Server) int {
	if c.Parallel > 0 {
		return c.Parallel
	}
	return perServer
}

// A roster is which servers there are. It never changes; another configuration
// makes another one.
type roster struct {
	members []*member // in the order of the configuration
	byName  map[string]*member
}

func newRoster(members []*member) *roster {
	r := &roster{members: members, byName: map[string]*member{}}
	for _, m := range members {
		r.byName[m.entry.Name] = m
	}
	return r
}

// member finds a server by name; nil when there is none.
func (r *roster) member(name string) *member { return r.byName[name] }

// fleet is all servers of the configuration. The loop changes it, everyone may
// look.
type fleet struct {
	newest  atomic.Pointer[roster]
	hire    func(config.Server) *member // makes one that is not started
	tasks   task.Group
	started bool
}

// roster is which servers there are now.
func (f *fleet) roster() *roster { return f.newest.Load() }

// member finds a server by name; nil when there is none.
func (f *fleet) member(name string) *member { return f.roster().member(name) }

// all lists the servers in the order of the configuration. The slice is not to be
// changed.
func (f *fleet) all() []*member { return f.roster().members }

// A member is a server with what the host knows of it.
type member struct {
	*server.Server
	entry    config.Server
	identity string // of its launch
	builtin  bool
	slots    chan struct{} // one token a call under way

	dismiss context.CancelCauseFunc // ends the server; nil before its start
	gone    chan struct{}           // closed when nothing of it is left
}

// newFleet makes the servers without starting them. Every change of one arrives
// at notify as a serverChanged.
func newFleet(opt Options, notify func(any), fault func(task.Panic)) *fleet {
	so := opt.Server
	so.OnPanic = fault
	if opt.StateDir != "" && so.LogDir == "" {
		so.LogDir = filepath.Join(opt.StateDir, "log")
	}
	f := &fleet{hire: func(c config.Server) *member { return hire(c, so, opt.Grants, notify) }}
	f.tasks.OnPanic = fault
	var members []*member
	for _, c := range opt.Servers {
		members = append(members, f.hire(c))
	}
	f.newest.Store(newRoster(members))
	return f
}

// hire makes the server of an entry. It waits for the person's consent where it is
// started in another way than the one they accepted.
func hire(c config.Server, so server.Options, accepted *grants.Store, notify func(any)) *member {
	if why := changedSince(accepted, c); why != "" {
		c.Untrusted = why
	}
	m := &member{entry: c, identity: c.Identity(), builtin: c.Builtin, slots: make(chan struct{}, slotsOf(c))}
	so.Notify = func(s server.Status) { notify(serverChanged{m.Server, s}) }
	m.Server = server.New(c, so)
	return m
}

// start runs every server on a goroutine of its own until ctx ends. Only the loop
// calls it; a second time it does nothing.
func (f *fleet) start(ctx context.Context) {
	if f.started {
		return
	}
	f.started = true
	for _, m := range f.all() {
		f.run(ctx, m, nil)
	}
}

// run starts a server when the one before it, if there is one, is gone.
func (f *fleet) run(ctx context.Context, m, before *member) {
	ctx, m.dismiss = context.WithCancelCause(ctx)
	m.gone = make(chan struct{})
	f.tasks.Go("server "+m.entry.Name, func() {
		defer close(m.gone)
		if before != nil {
			<-before.gone
		}
		if ctx.Err() == nil {
			m.Run(ctx)
		}
	})
}

// accepted lists the servers that start without a question.
func accepted(members []*member) []*member {
	return slices.DeleteFunc(slices.Clone(members), func(m *member) bool { return m.entry.Untrusted != "" })
}

// statuses is a snapshot of servers, in their order.
func statuses(members []*member) []server.Status {
	all := make([]server.Status, len(members))
	for i, m := range members {
		all[i] = m.Status()
	}
	return all
}

// wait returns when no server is left.
func (f *fleet) wait() { f.tasks.Wait() }

// control does a person's action to a server.
func (f *fleet) control(op ControlServer) {
	m := f.member(op.Server)
	if m == nil {
		return
	}
	switch op.Action {
	case Restart:
		m.Restart()
	case RestartPatiently:
		m.RestartPatiently()
	case Stop:
		m.Stop()
	case Trust:
		m.Trust()
	case Disable:
		m.Disable()
	case Enable:
		m.Enable()
	}
}

// slot waits for a free place on the server and gives it back through the
// returned func.
func (m *member) slot(ctx context.Context) (release func(), err error) {
	select {
	case m.slots <- struct{}{}:
		return func() { <-m.slots }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
