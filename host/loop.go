package host

import (
	"context"
	"errors"
	"maps"
	"slices"

	"switchboard/host/catalog"
	"switchboard/host/journal"
	"switchboard/host/server"
	"switchboard/host/task"
	"switchboard/llm"
)

// What the loop hears besides ops.
type (
	serverChanged struct {
		from   *server.Server
		status server.Status
	}
	promised struct{ catalog *catalog.Catalog } // a step gave it to the model
	called   struct{ id catalog.ID }            // the model had it called
	turnOver struct{ turn *turn }
)

// loop is the one goroutine that owns the conversation, the active turn and the
// catalogue. Everything reaches it through the mailbox, in order.
type loop struct {
	h *Host

	history []llm.Message
	session llm.Usage
	turns   int
	starts  []turnStart             // of the turns in the history
	copyOf  string                  // a session on the screen that another instance writes; "" for none
	active  context.CancelCauseFunc // stops the running turn; nil when there is none

	sources   sources
	servers   []server.Status // as last heard, in the order of the configuration
	naming    *naming
	tools     map[string][]catalog.Tool // the last good list of each server
	lists     map[string]int            // which list that is: Status.Catalog
	questions map[string]openClash
	waits     map[string]int // calls of a raw name that ask the person themselves
	listing   bool           // a view of collisions is open
	listed    CollisionsListed
	clashes   task.Group // one goroutine a question of collision
	last      CatalogChanged
	warned    map[catalog.Problem]bool // what the person knows already
	unguarded bool                     // and that the guard does not work
	kept      chan struct{}            // closed when the last write to the configuration is over
	feed      feed
	offer     *offer              // what the model is sent of the catalogue
	sent      map[llm.Info]*offer // what this model and those before it were sent
	switches  switches            // what the person turned off
	calls     map[catalog.ID]int  // how often the model called what
	hand      *hand
	picker    *picker
	consents  *consents
	authority
}

func newLoop(h *Host) *loop {
	l := &loop{
		h:         h,
		servers:   statuses(h.fleet.all()),
		sources:   sources{settings: h.opt.settings()},
		naming:    newNaming(h.opt),
		waits:     map[string]int{},
		tools:     map[string][]catalog.Tool{},
		lists:     map[string]int{},
		questions: map[string]openClash{},
		warned:    map[catalog.Problem]bool{},
		feed:      newFeed(),
		sent:      map[llm.Info]*offer{},
		calls:     map[catalog.ID]int{},
		hand:      newHand(h),
		picker:    newPicker(h),
		consents:  newConsents(h),
		authority: newAuthority(h),
	}
	l.recall()
	l.clashes.OnPanic = h.fault
	l.seat(h.model())
	l.last.Tools = -1
	l.hang(context.Background())
	return l
}

// run works through the mail until ctx ends, then waits for what it started.
func (l *loop) run(ctx context.Context) {
	var turns task.Group
	turns.OnPanic = l.h.fault
	defer l.keeper.close(ctx)
	defer l.clashes.Wait()
	defer l.consents.tasks.Wait()
	defer turns.Wait()
	defer l.hand.tasks.Wait()
	defer l.picker.tasks.Wait()
	defer l.feed.ticker.Stop()
	if l.h.opt.Resume != "" {
		l.openSession(l.h.opt.Resume)
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.feed.ticker.C:
			l.tick()
			continue
		case <-l.h.mail.ready:
		}
		for _, m := range l.h.mail.take() {
			l.handle(ctx, &turns, m)
		}
	}
}

func (l *loop) handle(ctx context.Context, turns *task.Group, m any) {
	switch m := m.(type) {
	case Begin:
		l.begin(ctx)
	case Submit:
		l.submit(ctx, turns, m.Text)
	case Compact:
		l.compact(ctx, turns)
	case Clear:
		l.clear()
	case RunWorkflow:
		l.runWorkflow(ctx, turns, m)
	case Cancel:
		l.h.book.put(journal.KindCancel, struct{}{})
		l.stop()
	case TakeBack:
		l.takeBack()
	case AnswerQuestion:
		l.h.book.put(journal.KindAnswer, answerOf(m))
		l.h.desk.Answer(m.ID, m.Answer)
	case ControlServer:
		l.control(ctx, m)
	case CallTool, ReadResource, SaveWire, SaveResult, SaveTrace:
		l.hand.do(ctx, m.(Op))
	case Inspect:
		l.inspect(m)
	case OpenSession, Undo, Retry, Branch, ListSessions, ExportSession:
		l.sessionOp(ctx, turns, m.(Op))
	case SetModel, ListModels, modelReady, keyAnswered, modelNearby:
		l.handleModel(ctx, turns, m)
	case ListTools:
		l.listTools(m)
	case SetTool:
		l.setTool(ctx, m)
	case called:
		l.called(m.id)
		l.listCollisions()
	case serverChanged:
		l.serverChanged(ctx, m)
	case Reload:
		l.reload(m)
	case readAgain:
		l.reloaded(ctx, m)
	case answered, written, ruleUsed, drifted, toolsChanged, SetMode, SetTrust, GateResults, ListGrants, Revoke:
		l.rule(ctx, m)
	case agreed:
		l.consents.settle(ctx, m)
	case ListCollisions, SetStrategy, NameTool, HideTool, ForgetChoice:
		l.collisionOp(ctx, m.(Op))
	case settled, remembered, amended, callWaits:
		l.clashMail(ctx, m)
	case promised:
		l.promised(ctx, m.catalog)
	case turnOver:
		l.turnOver(ctx, turns, m.turn)
	}
}

// begin starts the servers. What stands before that is told too: a server that
// cannot be started at all may never change.
func (l *loop) begin(ctx context.Context) {
	for _, s := range l.servers {
		l.h.out.Put(ServerChanged{Server: s})
		l.consents.follow(ctx, s)
	}
	l.tellTrust()
	l.h.out.Put(ModeChanged{Mode: l.rules.Mode()})
	l.meet(ctx, "first started", accepted(l.h.fleet.all())...)
	l.h.fleet.start(ctx)
	l.picker.begin(ctx)
}

// control does an action to a server. Trust in one that a project file asks for is
// given by answering the question about it, and by nothing else.
func (l *loop) control(ctx context.Context, op ControlServer) {
	m := l.h.fleet.member(op.Server)
	if m != nil && op.Action == Trust && l.consents.again(ctx, m.Status()) {
		return
	}
	l.h.fleet.control(op)
	l.keep(op)
	if m != nil && op.Action == Trust {
		l.meet(ctx, "consented by you", m)
	}
}

// submit starts a turn, or lets the prompt wait for the running one.
func (l *loop) submit(ctx context.Context, turns *task.Group, prompt string, needed ...string) {
	if l.active != nil || l.picker.held() {
		l.h.queue.put(prompt)
		l.h.out.Put(TurnQueued{Prompt: prompt})
		l.tellHeld()
		return
	}
	l.pinAll(ctx)
	l.record()
	l.turns++
	l.mark(l.turns, prompt)
	t := &turn{
		h: l.h, number: l.turns, prompt: prompt, history: l.history, session: l.session,
		offer: l.offer, repeats: repeats{}, needed: needed,
	}
	ctx, l.active = context.WithCancelCause(ctx)
	turns.Go("a turn", func() {
		defer l.h.mail.put(turnOver{t})
		t.run(ctx)
	})
}

// stop ends the running turn, and takes what waits behind it off the queue: who
// stops wants silence. What was not sent is told, so that it is not lost.
func (l *loop) stop() {
	for _, prompt := range l.h.queue.all() {
		l.h.out.Put(TurnDropped{Prompt: prompt})
	}
	if l.active != nil {
		l.active(errStopped)
	}
}

// takeBack gives the person the newest prompt that waits, to write it anew.
func (l *loop) takeBack() {
	if prompt, ok := l.h.queue.last(); ok {
		l.h.out.Put(TurnRecalled{Prompt: prompt})
	}
}

func (l *loop) turnOver(ctx context.Context, turns *task.Group, t *turn) {
	l.active(errors.New("the turn is over"))
	l.active = nil
	l.history, l.session = t.history, t.session
	l.switchModel()
	l.resume(ctx, turns)
}

// serverChanged takes over a server's newest list and tells everyone. What comes of
// a server after another took its place is not heard.
func (l *loop) serverChanged(ctx context.Context, c serverChanged) {
	s, m := c.status, l.h.fleet.member(c.status.Name)
	if m == nil || m.Server != c.from {
		return
	}
	for i := range l.servers {
		if l.servers[i].Name == s.Name {
			l.servers[i] = s
		}
	}
	if l.lists[s.Name] != s.Catalog {
		l.lists[s.Name] = s.Catalog
		l.tools[s.Name] = m.Tools()
		l.h.book.defines(s.Name, l.tools[s.Name])
		l.pin(ctx, m)
	}
	l.hang(ctx) // first, so that what is told is true already
	l.h.out.Put(ServerChanged{Server: s})
	l.consents.follow(ctx, s)
	l.warnOfGuard()
}

// hang makes the newest board of what the loop knows, and asks about clashes that
// are new on it.
func (l *loop) hang(ctx context.Context) {
	b := board{roster: l.h.fleet.roster(), rules: l.rules, servers: slices.Clone(l.servers), offers: l.offers(), given: l.naming.given()}
	b.given.Denied = l.rules.Denied
	b.given.Hidden = l.switches.hide(b.given.Hidden, b.offers)
	var doubts map[string]catalog.Doubt
	b.choices, doubts = l.naming.choices(b.offers, b.given)
	b.choices.Hidden = l.switches.hide(b.choices.Hidden, b.offers) // what was turned on in spite of memory
	b.catalog = catalog.Build(b.offers, b.choices)
	b.doubts = l.naming.doubts(doubts, b.catalog.Lookup)
	b.drift, b.gates, b.trust = maps.Clone(l.drifts), maps.Clone(l.gates), map[string]TrustLevel{}
	for _, m := range l.h.fleet.all() {
		b.trust[m.entry.Name] = l.trustOf(m)
	}
	l.h.wall.hang(b)
	l.offer.revision.Add(1)
	l.tell(b.catalog)
	l.warn(b.catalog)
	l.warnOfRules()
	l.tellTrust()
	l.tellGrants()
	l.askClashes(ctx, l.h.wall.look())
	l.listCollisions()
}

// promised holds the model's names to what it was told of them.
func (l *loop) promised(ctx context.Context, c *catalog.Catalog) {
	l.naming.held = l.naming.held.With(c)
	if c != l.h.wall.look().catalog {
		l.hang(ctx)
	}
}

// offers lists what each server brings to the catalogue: a disabled server
// nothing, one that is down its last list, so that names do not flap.
func (l *loop) offers() []catalog.Offer {
	var offers []catalog.Offer
	for i, s := range l.servers {
		if s.State == server.Disabled {
			continue
		}
		m := l.h.fleet.all()[i]
		entry := m.entry
		offers = append(offers, catalog.Offer{
			Server: s.Name, Place: i, Identity: entry.Identity(), Endpoint: entry.Endpoint(),
			Ready: s.State == server.Ready || s.State == server.Degraded,
			Tools: l.tools[s.Name], Resources: m.Resources(), Templates: m.Templates(), Prompts: m.Prompts(),
		})
	}
	return offers
}
