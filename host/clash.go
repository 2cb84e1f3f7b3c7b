package host

import (
	"context"
	"slices"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// What the loop hears of collisions.
type (
	settled struct { // the person answered a question that settles a name
		question Collision
		among    catalog.Candidacy // those that the question was about
		answer   Answer
		over     chan struct{} // closed when that is done; nil where nobody waits
	}
	remembered struct { // a decision was written down, or was not
		settlement
		err  error
		over chan struct{}
	}
	amended struct{ err error } // what is remembered was changed, or could not be
	// callWaits tells that one more call of a name, or one less, asks the person
	// itself.
	callWaits struct {
		name string
		more int
	}
)

// openClash is a question about a name that waits for the person.
type openClash struct {
	withdraw context.CancelFunc
	among    catalog.Candidacy // another candidate makes it another question
	doubtful bool
}

// askClashes asks about every name that waits for a choice and is not asked about
// yet, and withdraws what is no longer a question. While calls of a name wait, they
// ask.
func (l *loop) askClashes(ctx context.Context, b *board) {
	if l.h.opt.Unattended {
		return // a call asks, if one comes
	}
	open := map[string]bool{}
	for _, c := range b.catalog.Clashes() {
		if c.Open() && l.waits[c.Name] == 0 {
			open[c.Name] = true
			l.askClash(ctx, b, c)
		}
	}
	for name, q := range l.questions {
		if !open[name] {
			q.withdraw()
			delete(l.questions, name)
		}
	}
}

// askClash puts one question, in place of an older one about other candidates.
func (l *loop) askClash(ctx context.Context, b *board, c catalog.Clash) {
	_, doubtful := b.doubts[c.Name]
	among := b.contenders(c.Name)
	if q, asked := l.questions[c.Name]; asked {
		if slices.Equal(q.among, among) && q.doubtful == doubtful {
			return
		}
		q.withdraw()
	}
	question := l.h.collision(b, c.Name, c.Tools)
	ctx, withdraw := context.WithCancel(ctx)
	l.questions[c.Name] = openClash{withdraw, among, doubtful}
	l.clashes.Go("the question about "+clean.Line(c.Name), func() {
		defer withdraw()
		if a, err := l.h.desk.Ask(ctx, question); err == nil {
			l.h.mail.put(settled{question, among, a, nil})
		}
	})
}

// clashMail takes what the loop hears of collisions.
func (l *loop) clashMail(ctx context.Context, m any) {
	switch m := m.(type) {
	case settled:
		l.settled(ctx, m)
	case remembered:
		l.remembered(ctx, m)
	case amended:
		l.amended(ctx, m)
	case callWaits:
		if l.waits[m.name] += m.more; l.waits[m.name] <= 0 {
			delete(l.waits, m.name)
		}
		l.askClashes(ctx, l.h.wall.look())
	}
}

// settled does what the person answered.
func (l *loop) settled(ctx context.Context, m settled) {
	s := settlement{Decision: catalog.Decision{Tool: m.question.Name, Among: slices.Clone(m.among)}, at: time.Now()}
	for _, c := range m.question.Candidates {
		s.tools = append(s.tools, c.Tool)
	}
	scope := Session
	switch a := m.answer.(type) {
	case Choose:
		s.Choice, scope = catalog.Server(a.Server), a.Scope
	case Adopt:
		s.Choice, scope = a.Strategy, a.Scope
	case Name:
		scope = a.Scope
		for server, alias := range a.Aliases {
			l.naming.said.aliases[catalog.ID{Server: server, Tool: s.Tool}] = alias
			s.own(server, func(c *catalog.Contender) { c.Alias = alias })
		}
	case Hide:
		scope = a.Scope
		l.naming.said.hidden[catalog.ID{Server: a.Server, Tool: s.Tool}] = true
		s.own(a.Server, func(c *catalog.Contender) { c.Hidden = true })
	}
	l.conclude(ctx, s, scope, m.over)
}

// own changes what a decision says of one server's tool.
func (s *settlement) own(server string, change func(*catalog.Contender)) {
	for i := range s.Among {
		if s.Among[i].Server == server {
			change(&s.Among[i])
		}
	}
}

// conclude takes a decision: for the session at once, for always when it is on the
// disk. Names of the person's own hold for the session already. over, if any, is
// closed when the decision holds.
func (l *loop) conclude(ctx context.Context, s settlement, scope Scope, over chan struct{}) {
	if scope == Always {
		l.h.tasks.Go("remembering a choice", func() {
			l.h.mail.put(remembered{s, l.naming.remember(ctx, s), over})
		})
		return
	}
	if s.Choice != catalog.Undecided {
		l.naming.settle(s)
	}
	l.hang(ctx)
	done(over)
}

// remembered goes on with a decision that was to be written down. One that could not
// be holds for the session.
func (l *loop) remembered(ctx context.Context, m remembered) {
	switch {
	case m.err == nil && m.Choice != catalog.Undecided:
		l.naming.unsettle(m.Tool)
		l.naming.said.leave(m.Decision)
	case m.err == nil:
		l.naming.said.leave(m.Decision)
	case m.Choice != catalog.Undecided:
		l.naming.settle(m.settlement)
	}
	if m.err != nil {
		l.h.out.Put(Notice{Level: Warn, Text: clean.Foreign("this holds for the session only: " + m.err.Error())})
	}
	l.hang(ctx)
	done(m.over)
}

func done(over chan struct{}) {
	if over != nil {
		close(over)
	}
}
