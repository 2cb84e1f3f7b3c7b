package host

import (
	"context"
	"slices"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/host/grants"
	"switchboard/host/policy"
)

// ListGrants asks for [GrantsListed], now and whenever it changes, until On is false.
type ListGrants struct{ On bool }

// Revoke takes back one entry of the ledger.
type Revoke struct{ ID string }

// GrantsListed answers [ListGrants].
type GrantsListed struct {
	Entries []Grant // the newest first, those of the configuration last
	Mode    Mode
}

// A Grant is one line of the ledger: a rule, or something that is remembered.
type Grant struct {
	ID   string // for [Revoke]; "" for what stands in a file of the person's own or on the command line
	Kind GrantKind
	Text clean.Text
	// Origin says where it comes from, in words: a file and a line, a flag, an answer.
	Origin   clean.Text
	Created  time.Time // zero where it is not known
	LastUsed time.Time // zero for never
	Uses     int
	Expires  time.Time // zero for never
	// Void says why it does nothing now; "" when it may. Safe to show.
	Void string
}

// GrantKind says what an entry of the ledger is about.
type GrantKind = grants.EntryKind

// The kinds of entries.
const (
	GrantRule      = grants.RuleEntry
	GrantCollision = grants.CollisionEntry
	GrantServer    = grants.ServerEntry
	GrantKey       = grants.KeyEntry     // of the environment, and where it may go
	GrantConsent   = grants.ConsentEntry // to a server of a project file
)

func (ListGrants) op()      {}
func (Revoke) op()          {}
func (GrantsListed) event() {}

// listGrants turns the ledger's feed on or off.
func (l *loop) listGrants(ctx context.Context, on bool) {
	l.reading = on
	if on {
		l.keeper.refresh(ctx)
	}
	l.tellGrants()
}

// tellGrants tells who looks at the ledger what is in it.
func (l *loop) tellGrants() {
	if !l.reading {
		return
	}
	all := l.sessionEntries()
	for _, e := range l.h.opt.Grants.List() {
		all = append(all, l.entryOf(e))
	}
	slices.SortStableFunc(all, func(a, b Grant) int { return b.Created.Compare(a.Created) })
	l.h.out.Put(GrantsListed{Entries: append(all, l.configured()...), Mode: l.rules.Mode()})
}

// sessionEntries are the rules that hold until the program ends.
func (l *loop) sessionEntries() []Grant {
	var all []Grant
	for _, g := range l.granted {
		used := l.used[usageKey(g.rule)]
		all = append(all, Grant{
			ID: g.id, Kind: GrantRule, Text: ruleEntry(g.rule), Origin: clean.Foreign("answered in this session"),
			Created: g.at, LastUsed: used.last, Uses: used.n, Void: l.voidNow(g.rule),
		})
	}
	return all
}

// entryOf is a remembered entry as it stands now.
func (l *loop) entryOf(e grants.Entry) Grant {
	g := Grant{
		ID: e.ID, Kind: e.Kind, Text: e.Text, Origin: clean.Foreign(e.Origin), Created: e.Created,
		LastUsed: e.LastUsed, Uses: e.Uses, Expires: e.Expires,
	}
	for _, r := range l.recalled {
		if e.Kind == GrantRule && grants.IDOf(r) == e.ID {
			g.Void = l.voidNow(r)
		}
	}
	return g
}

// configured are the rules of files and flags, which are changed where they stand.
func (l *loop) configured() []Grant {
	var all []Grant
	for _, r := range l.sources.settings.Rules {
		used := l.used[usageKey(r)]
		all = append(all, Grant{
			Kind: GrantRule, Text: ruleEntry(r), Origin: clean.Foreign(r.Source),
			LastUsed: used.last, Uses: used.n, Expires: r.Expires, Void: l.voidNow(r),
		})
	}
	return all
}

func ruleEntry(r policy.Rule) clean.Text {
	return clean.Foreign(string(r.Effect) + " " + r.String())
}

// voidNow says why a rule does nothing: it can never, or what it is tied to has
// changed.
func (l *loop) voidNow(r policy.Rule) string {
	if problems := policy.Dead([]policy.Rule{r}, l.rulesMatch()); len(problems) > 0 {
		return problems[0].Message
	}
	if r.Pin == (policy.Pin{}) {
		return ""
	}
	for _, m := range l.h.fleet.all() {
		if !r.MatchesServer(m.entry.Name) {
			continue
		}
		if m.identity != r.Pin.Server {
			return clean.Line(m.entry.Name) + " is started or reached in another way now"
		}
		for _, t := range l.tools[m.entry.Name] {
			t.ID.Server = m.entry.Name
			if r.Matches(t.ID) && t.Hash() != r.Pin.Tool {
				return "the tool's definition has changed since"
			}
		}
	}
	return ""
}

// revoke takes back a rule of the session, or something remembered.
func (l *loop) revoke(ctx context.Context, id string) {
	before := len(l.granted)
	l.granted = slices.DeleteFunc(l.granted, func(g sessionRule) bool { return g.id == id })
	if len(l.granted) < before {
		l.gather()
		l.hang(ctx)
		return
	}
	if id == "" || strings.HasPrefix(id, "session.") {
		return
	}
	for _, s := range l.h.opt.Grants.Snapshot().Servers {
		if s.ID == id {
			delete(l.trusts, s.Name)
		}
	}
	l.recalled = slices.DeleteFunc(l.recalled, func(r policy.Rule) bool { return grants.IDOf(r) == id }) // at once, whatever the disk says
	l.gather()
	l.hang(ctx)
	l.keeper.update(ctx, "revoking a grant", "", func(d *grants.Data) error {
		d.Revoke(id)
		return nil
	})
}
