package host

import (
	"context"
	"slices"
	"strings"
	"time"

	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/host/policy"
	"switchboard/host/server"
)

// TrustLevel is how far the person trusts a server, bound to how it is started or
// reached.
type TrustLevel = policy.Trust

// The levels of trust.
const (
	TrustNew     = policy.Fresh   // at first contact: every call asks
	TrustKnown   = policy.Known   // rules may allow its calls; its hints only raise risks
	TrustFull    = policy.Trusted // its word is taken for what its tools do
	TrustRefused = policy.Refused // every call is denied
)

// SetTrust says how far the person trusts a server, from now on and in later
// sessions. It promotes a server that is new, and accepts what the server says of
// itself now.
type SetTrust struct {
	Server string
	Trust  TrustLevel
}

// GateResults shows every result of a server to the person before the model reads
// it, until the program ends or On is false.
type GateResults struct {
	Server string
	On     bool
}

// TrustChanged tells how far the person trusts a server, and whether its results are
// shown before the model reads them. At start it comes for every server.
type TrustChanged struct {
	Server string
	Trust  TrustLevel
	Gate   bool
}

func (SetTrust) op()        {}
func (GateResults) op()     {}
func (TrustChanged) event() {}

// changedSince says why a server needs the person's consent: it was accepted under
// this name and is now started or reached in another way. It is empty for one that
// is as it was, or was never seen.
func changedSince(store *grants.Store, s config.Server) string {
	if s.Builtin || s.Untrusted != "" || s.Proposal != nil {
		return "" // part of this program; or needs a consent of another kind
	}
	state, before := store.Snapshot().CheckServer(s.Name, s.Identity())
	if state != grants.Changed {
		return ""
	}
	return "it is started or reached in another way than when you accepted it: " + launchDiff(before.Launch, launchLines(s))
}

// launchLines says how a server is started or reached, a line a fact, secrets masked.
func launchLines(s config.Server) []string {
	l := server.New(s, server.Options{}).Inspect().Launch
	var lines []string
	fact := func(name string, words ...string) {
		if text := strings.Join(words, " "); text != "" {
			lines = append(lines, name+" "+text)
		}
	}
	if l.Command != "" {
		fact("command", append([]string{l.Command}, l.Args...)...)
	}
	fact("directory", l.Dir)
	fact("address", l.URL)
	fact("variables", namesIn(s.Env)...)
	fact("headers", l.Headers...)
	return lines
}

// namesIn gives the names of NAME=value, sorted.
func namesIn(env []string) []string {
	var names []string
	for _, nv := range env {
		name, _, _ := strings.Cut(nv, "=")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// launchDiff says what went and what came. Where all that may be shown is equal, a
// masked part differs.
func launchDiff(before, now []string) string {
	var parts []string
	for _, line := range before {
		if !slices.Contains(now, line) {
			parts = append(parts, "it was "+line)
		}
	}
	for _, line := range now {
		if !slices.Contains(before, line) {
			parts = append(parts, "it is "+line)
		}
	}
	if len(parts) == 0 {
		return "a part that is not shown, since it may be secret"
	}
	return strings.Join(parts, "; ")
}

// trustOf is how far the person trusts a server that is as they accepted it. The
// built-in ones are part of this program, and what nobody watches was allowed for
// this very turn.
func (l *loop) trustOf(m *member) TrustLevel {
	name := m.Status().Name
	trust, said := l.trusts[name]
	if !said {
		trust = l.h.opt.Grants.Snapshot().Trust(m.identity)
	}
	switch {
	case trust != TrustNew && (trust == TrustRefused || l.drifts[name].words == nil):
		return trust
	case m.builtin:
		return TrustFull
	case l.h.opt.Unattended:
		return TrustKnown
	}
	return TrustNew
}

// setTrust follows the person's word on a server at once, and has it remembered.
func (l *loop) setTrust(ctx context.Context, op SetTrust) {
	m := l.h.fleet.member(op.Server)
	if m == nil || !slices.Contains([]TrustLevel{TrustNew, TrustKnown, TrustFull, TrustRefused}, op.Trust) {
		return
	}
	l.trusts[op.Server] = op.Trust
	delete(l.drifts, op.Server)
	l.hang(ctx)
	now := time.Now()
	l.keeper.update(ctx, "remembering how far you trust "+op.Server, "", func(d *grants.Data) error {
		d.SetTrust(m.remembered(), op.Trust, "said by you", now)
		d.Accept(m.identity, op.Server, now, m.ofItself()...)
		return nil
	})
}

// meet remembers servers that are started for the first time, and one that the
// person consented to, so that a later change of the way they are started shows.
func (l *loop) meet(ctx context.Context, origin string, members ...*member) {
	data := l.h.opt.Grants.Snapshot()
	unknown := slices.DeleteFunc(slices.Clone(members), func(m *member) bool {
		if m.builtin || m.Status().State == server.Disabled || m.entry.Problem != nil {
			return true
		}
		state, _ := data.CheckServer(m.entry.Name, m.identity)
		return state == grants.Unchanged
	})
	if len(unknown) == 0 {
		return
	}
	now := time.Now()
	l.keeper.update(ctx, "remembering how servers are started", "", func(d *grants.Data) error {
		for _, m := range unknown {
			d.SetTrust(m.remembered(), d.Trust(m.identity), origin, now)
		}
		return nil
	})
}

// remembered is the server as the store keeps it.
func (m *member) remembered() grants.Server {
	return grants.Server{Identity: m.identity, Name: m.entry.Name, Launch: launchLines(m.entry)}
}

// tellTrust tells of every server whose standing is another than was told last.
func (l *loop) tellTrust() {
	for _, m := range l.h.fleet.all() {
		name := m.entry.Name
		now := TrustChanged{Server: name, Trust: l.trustOf(m), Gate: l.gates[name]}
		if told, ever := l.toldTrust[name]; ever && told == now {
			continue
		}
		l.toldTrust[name] = now
		l.h.out.Put(now)
	}
}
