package host

import (
	"context"
	"reflect"
	"slices"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/grants"
)

// collisionOp does what the person wants of names that clash.
func (l *loop) collisionOp(ctx context.Context, op Op) {
	switch op := op.(type) {
	case ListCollisions:
		l.listing, l.listed = op.On, CollisionsListed{}
		l.listCollisions()
	case SetStrategy:
		l.setStrategy(ctx, op)
	case NameTool:
		l.nameTool(ctx, op)
	case HideTool:
		s := l.settlement(op.Tool.Tool)
		l.naming.said.hidden[op.Tool] = op.Hidden
		l.hang(ctx)
		l.keepOwn(ctx, s, op.Tool, op.Scope, func(c *catalog.Contender) { c.Hidden = op.Hidden })
	case ForgetChoice:
		l.amend(ctx, "forgetting a choice", func(d *grants.Data) { d.Revoke(op.ID) })
	}
}

// setStrategy changes what holds for one name, for a server or for all.
func (l *loop) setStrategy(ctx context.Context, op SetStrategy) {
	if op.Tool != "" {
		l.setName(ctx, op)
		return
	}
	if _, err := catalog.ParseStrategy(string(op.Strategy)); err != nil && op.Strategy != catalog.Undecided {
		return
	}
	r := ruled{op.Strategy, time.Now()}
	switch {
	case op.Server == "":
		l.naming.said.all = r
	case op.Strategy == catalog.Undecided:
		delete(l.naming.said.servers, op.Server)
	case l.h.fleet.member(op.Server) != nil:
		l.naming.said.servers[op.Server] = r
	}
	l.hang(ctx)
}

// setName changes what holds for one raw name, among those that offer it now.
func (l *loop) setName(ctx context.Context, op SetStrategy) {
	if op.Strategy == catalog.Undecided {
		l.naming.unsettle(op.Tool)
		l.hang(ctx)
		return
	}
	if _, err := catalog.ParseChoice(string(op.Strategy)); err == nil {
		s := l.settlement(op.Tool)
		s.Choice = op.Strategy
		l.conclude(ctx, s, op.Scope, nil)
	}
}

// settlement is a decision about a raw name among those that offer it now, with the
// names that the person gave them for always.
func (l *loop) settlement(raw string) settlement {
	b := l.h.wall.look()
	s := settlement{Decision: catalog.Decision{Tool: raw, Among: b.contenders(raw)}, at: time.Now()}
	for _, d := range slices.Backward(l.naming.memory.Snapshot().Decisions()) {
		if d.Tool == raw && sameTools(d.Among, s.Among) {
			s.Decision = d
			s.Among = slices.Clone(d.Among)
			break
		}
	}
	for _, c := range s.Among {
		if t, here := b.catalog.Lookup(catalog.ID{Server: c.Server, Tool: raw}); here {
			s.tools = append(s.tools, t)
		}
	}
	return s
}

// sameTools tells whether two candidacies are of the same definitions of the same
// servers, whatever these are called.
func sameTools(a, b catalog.Candidacy) bool { return len(a.Shifts(b)) == 0 }

// nameTool gives a tool a name of the person's own, or takes it away.
func (l *loop) nameTool(ctx context.Context, op NameTool) {
	if op.Alias != "" {
		if err := l.h.wall.look().catalog.Names().Check(op.Tool, op.Alias); err != nil {
			l.h.out.Put(Notice{Level: Warn, Text: clean.Foreign("not renamed: " + err.Error())})
			return
		}
	}
	s := l.settlement(op.Tool.Tool)
	l.naming.said.aliases[op.Tool] = op.Alias
	l.hang(ctx)
	l.keepOwn(ctx, s, op.Tool, op.Scope, func(c *catalog.Contender) { c.Alias = op.Alias })
}

// keepOwn remembers what the person said of one tool, for always: in the decision
// about its name, and in every other that knows the tool.
func (l *loop) keepOwn(ctx context.Context, s settlement, id catalog.ID, scope Scope, change func(*catalog.Contender)) {
	t, here := l.h.wall.look().catalog.Lookup(id)
	if scope != Always || !here {
		return
	}
	own := l.h.wall.look().catalog.Candidacy([]catalog.Tool{t})[0]
	if !slices.ContainsFunc(s.Among, func(c catalog.Contender) bool { return c.Server == id.Server }) {
		s.Among, s.tools = append(s.Among, own), append(s.tools, t)
	}
	s.own(id.Server, change)
	l.amend(ctx, "remembering a choice", func(d *grants.Data) {
		d.Amend(id.Tool, own, change)
		if s.says() {
			d.Remember(s.Decision, byYou, s.at)
		}
	})
}

// says tells whether a decision decides anything.
func (s settlement) says() bool {
	return s.Choice != catalog.Undecided || slices.ContainsFunc(s.Among, func(c catalog.Contender) bool {
		return c.Alias != "" || c.Hidden
	})
}

// amend changes what is remembered, beside the loop: a disk may be slow.
func (l *loop) amend(ctx context.Context, what string, change func(*grants.Data)) {
	l.h.tasks.Go(what, func() {
		err := l.naming.memory.Update(ctx, func(d *grants.Data) error { change(d); return nil })
		l.h.mail.put(amended{err})
	})
}

// amended goes on when what is remembered was changed, or could not be.
func (l *loop) amended(ctx context.Context, m amended) {
	if m.err != nil {
		l.h.out.Put(Notice{Level: Warn, Text: clean.Foreign("this holds for the session only: " + m.err.Error())})
	}
	l.hang(ctx)
}

// listCollisions lets an open view of collisions know what holds now, if that is news.
func (l *loop) listCollisions() {
	if !l.listing {
		return
	}
	now := l.collisions(l.h.wall.look())
	if reflect.DeepEqual(now, l.listed) {
		return
	}
	l.listed = now
	l.h.out.Put(now)
}
