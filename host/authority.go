package host

import (
	"context"
	"fmt"
	"slices"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/grants"
	"switchboard/host/policy"
)

// An authority is all that decides about calls besides the person's answers to
// single questions. It belongs to the loop.
type authority struct {
	rules    policy.Policy // all of them together
	mode     Mode
	recalled []policy.Rule // what the store remembers, as read last
	granted  []sessionRule // by answers in this session
	trusts   map[string]TrustLevel
	drifts   map[string]drift
	gates    map[string]bool
	used     map[string]usage // of rules that the store does not count
	keeper   *keeper

	toldTrust map[string]TrustChanged
	toldTools map[toolsChanged]bool
	toldDead  map[string]bool
	reading   bool // somebody looks at the ledger
	numbered  int  // session rules so far
}

// A sessionRule is one that an answer made, until the program ends or the store has
// taken it over.
type sessionRule struct {
	id   string
	rule policy.Rule
	at   time.Time
}

// usage counts how often a rule decided.
type usage struct {
	n    int
	last time.Time
}

func newAuthority(h *Host) authority {
	return authority{
		mode: h.opt.Mode, keeper: newKeeper(h),
		trusts: map[string]TrustLevel{}, drifts: map[string]drift{}, gates: map[string]bool{}, used: map[string]usage{},
		toldTrust: map[string]TrustChanged{}, toldTools: map[toolsChanged]bool{}, toldDead: map[string]bool{},
	}
}

// rule takes what has to do with rules, trust and the mode.
func (l *loop) rule(ctx context.Context, m any) {
	switch m := m.(type) {
	case answered:
		l.learn(ctx, m)
	case written:
		l.reread(ctx, m)
	case ruleUsed:
		l.count(m)
	case drifted:
		l.follow(ctx, m)
	case toolsChanged:
		l.warnOfTools(m)
	case SetMode:
		l.setMode(ctx, m.Mode)
	case SetTrust:
		l.setTrust(ctx, m)
	case GateResults:
		l.setGate(ctx, m)
	case ListGrants:
		l.listGrants(ctx, m.On)
	case Revoke:
		l.revoke(ctx, m.ID)
	}
}

// gather makes one policy of all rules.
func (l *loop) gather() {
	all := slices.Concat(l.sources.settings.Rules, l.recalled)
	for _, g := range l.granted {
		all = append(all, g.rule)
	}
	l.rules = policy.New(all...).In(l.mode)
}

// recall reads what the store remembers now.
func (l *loop) recall() {
	rules, err := l.h.opt.Grants.Snapshot().Policy()
	if err != nil {
		l.h.warn(err.Error())
	}
	l.recalled = rules
	l.gather()
}

// learn follows an answer that outlasts its call: its rule holds at once, and the
// definition that the person was shown is accepted.
func (l *loop) learn(ctx context.Context, a answered) {
	l.numbered++
	g := sessionRule{id: fmt.Sprintf("session.%d", l.numbered), rule: a.rule, at: a.at}
	g.rule.Source = "this session"
	l.granted = append(l.granted, g)
	l.gather()
	id, m := a.subject.tool.ID, l.h.fleet.member(a.subject.tool.ID.Server)
	if len(a.subject.changes) > 0 && a.rule.Effect == policy.Allow {
		l.keeper.do(ctx, "accepting the new definition of "+clean.Line(id.String()), func(ctx context.Context) error {
			defer l.h.mail.put(written{})
			return l.h.opt.Grants.Accept(ctx, m.identity, id.Server, a.at, grants.OfTool(a.subject.tool))
		})
	}
	if a.scope == Always || a.scope == AlwaysMatching {
		a.rule.Expires = a.at.Add(grants.Lifetime)
		l.keeper.update(ctx, "remembering that "+clean.Line(a.rule.String())+" is allowed", g.id, func(d *grants.Data) error {
			_, err := d.Grant(a.rule, "answered in the tray", a.at)
			return err
		})
	}
	l.hang(ctx)
}

// reread follows a change of the store, which may have taken over a rule of the
// session.
func (l *loop) reread(ctx context.Context, r written) {
	l.granted = slices.DeleteFunc(l.granted, func(g sessionRule) bool {
		if g.id != r.rule {
			return false
		}
		if used := l.used[usageKey(g.rule)]; used.n > 0 {
			l.h.opt.Grants.Count(g.rule, used.n, used.last)
		}
		return true
	})
	l.recall()
	l.hang(ctx)
}

// count notes that a rule decided about a call.
func (l *loop) count(u ruleUsed) {
	if !u.found {
		return
	}
	now := time.Now()
	l.h.opt.Grants.Used(u.rule, now)
	key := usageKey(u.rule)
	l.used[key] = usage{l.used[key].n + 1, now}
	l.tellGrants()
}

// usageKey tells rules apart by what they say and where they stand.
func usageKey(r policy.Rule) string { return grants.IDOf(r) + r.Source }

// setMode changes the mode for as long as the program runs.
func (l *loop) setMode(ctx context.Context, m Mode) {
	if !slices.Contains(Modes(), m) || m == l.rules.Mode() {
		return
	}
	l.mode = m
	l.gather()
	l.hang(ctx)
	l.h.out.Put(ModeChanged{Mode: m})
}

// setGate has a server's results shown to the person first, or not any more.
func (l *loop) setGate(ctx context.Context, op GateResults) {
	if l.h.fleet.member(op.Server) == nil {
		return
	}
	l.gates[op.Server] = op.On
	l.hang(ctx)
}

// warnOfRules tells once of every rule that can never have an effect: it reads as
// if it had one.
func (l *loop) warnOfRules() {
	for _, p := range policy.Dead(slices.Concat(l.sources.settings.Rules, l.recalled), l.rulesMatch()) {
		if text := p.Error(); !l.toldDead[text] {
			l.toldDead[text] = true
			l.h.warn("a rule has no effect: " + text)
		}
	}
}

// rulesMatch is what there is for rules to match.
func (l *loop) rulesMatch() policy.Offered {
	offered := policy.Offered{Tools: map[string][]catalog.Tool{}, At: time.Now()}
	for _, m := range l.h.fleet.all() {
		name := m.entry.Name
		offered.Servers = append(offered.Servers, name)
		if _, told := l.lists[name]; told {
			offered.Tools[name] = l.tools[name]
		}
	}
	return offered
}
