package host

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/policy"
	"switchboard/host/server"
)

// Reload reads the configuration again and does what it now says: servers whose
// entry changed are started anew, those that came or went are started or stopped,
// all others are left alone. A configuration that cannot be read as a whole changes
// nothing. A [Notice] tells what came of it.
type Reload struct {
	// Noticed is set where nobody asked but a change of the files was noticed:
	// nothing is said where it comes to nothing.
	Noticed bool
}

// ServersKnown tells which servers there are from now on, in the order of the
// configuration; all others are gone. It comes when the configuration was read
// again, before the [ServerChanged] of new ones.
type ServersKnown struct{ Names []string }

func (Reload) op()          {}
func (ServersKnown) event() {}

// Settings are what a configuration says that can change while the host runs. The
// fields are those of [Options].
type Settings struct {
	Servers    []config.Server
	Rules      []policy.Rule
	Collisions config.Collisions
	Tools      config.Tools
	Workflows  []Workflow
	Notices    []Notice
}

func (o Options) settings() Settings {
	return Settings{o.Servers, o.Rules, o.Collisions, o.Tools, o.Workflows, o.Notices}
}

// sources is what the loop knows of the files of the configuration.
type sources struct {
	settings Settings // as read last
	reading  bool     // they are read at this moment
	again    bool     // they changed since that began
	asked    bool     // the person waits for word of it
	failure  string   // why they could not be read the last time; "" when they could
}

// readAgain tells the loop what came of reading the configuration.
type readAgain struct {
	settings Settings
	err      error
}

// watch reads the configuration again by itself when its files change.
func (h *Host) watch(ctx context.Context) {
	err := h.opt.Watch(ctx, func() { h.Do(Reload{Noticed: true}) })
	if err != nil && ctx.Err() == nil {
		h.warn("changes of the configuration are not noticed, /reload reads it again: " + err.Error())
	}
}

// reload reads the configuration, beside the loop: a disk may be slow.
func (l *loop) reload(op Reload) {
	s := &l.sources
	s.asked = s.asked || !op.Noticed
	if s.reading {
		s.again = true
		return
	}
	s.reading = true
	l.h.tasks.Go("reading the configuration again", func() {
		r := readAgain{err: errors.New("there is no configuration to read")}
		defer func() { l.h.mail.put(r) }()
		if l.h.opt.Reload != nil {
			r.err = errors.New("reading it was lost to an internal fault")
			r.settings, r.err = l.h.opt.Reload()
		}
	})
}

// reloaded takes over what was read, all of it or nothing.
func (l *loop) reloaded(ctx context.Context, r readAgain) {
	s := &l.sources
	asked, before := s.asked, s.failure
	s.reading, s.failure = false, ""
	if s.again {
		s.again = false
		l.reload(Reload{Noticed: true})
		return
	}
	s.asked = false
	if r.err != nil {
		if s.failure = r.err.Error(); asked || s.failure != before {
			l.h.warn("the configuration was not read again, and everything stays as it was: " + s.failure)
		}
		return
	}
	faults := s.settings.Notices
	l.takeOver(r.settings)
	changes := l.h.fleet.refit(r.settings.Servers)
	l.forget(changes)
	l.hang(ctx) // before anything is stopped, so that no call goes astray
	l.h.fleet.carryOut(ctx, changes)
	l.introduce(ctx, changes)
	for _, n := range r.settings.Notices {
		if asked || !slices.Contains(faults, n) {
			l.h.out.Put(n)
		}
	}
	l.tellChanges(changes, asked || before != "")
}

// takeOver has everything but the servers hold from now on. What the person chose
// in this session stands above it, as before.
func (l *loop) takeOver(s Settings) {
	if !reflect.DeepEqual(l.sources.settings.Workflows, s.Workflows) {
		l.h.out.Put(WorkflowsKnown{slices.Clone(s.Workflows)})
	}
	l.sources.settings = s
	l.gather()
	l.naming.configure(s.Collisions)
	for _, o := range l.sent {
		o.limit(s.Tools)
	}
	l.h.book.learn(s.Servers)
}

// forget drops what was known of servers that are gone, or are others now.
func (l *loop) forget(changes []change) {
	before := map[string]server.Status{}
	for _, s := range l.servers {
		before[s.Name] = s
	}
	l.servers = nil
	for _, c := range changes {
		if c.now != nil {
			s, known := before[c.name]
			if !known || c.replaces() {
				s = c.now.Status()
			}
			l.servers = append(l.servers, s)
		}
		if c.replaces() {
			delete(l.lists, c.name)
			l.consents.drop(c.name)
		}
		if c.other() {
			delete(l.tools, c.name)
			delete(l.drifts, c.name)
			delete(l.trusts, c.name)
			delete(l.toldTrust, c.name)
		}
		if c.now == nil {
			delete(l.gates, c.name)
		}
	}
	l.consents.want(l.sources.settings.Servers)
}

// introduce tells of servers that are new or others, and asks where they need the
// person's consent.
func (l *loop) introduce(ctx context.Context, changes []change) {
	l.h.out.Put(ServersKnown{l.h.fleet.roster().names()})
	var fresh []*member
	for _, c := range changes {
		if c.now == nil || c.before != nil && !c.replaces() {
			continue
		}
		fresh = append(fresh, c.now)
		s := c.now.Status()
		l.h.out.Put(ServerChanged{Server: s})
		l.consents.follow(ctx, s)
	}
	if l.h.fleet.started {
		l.meet(ctx, "first started", accepted(fresh)...)
	}
	if l.h.fleet.member(l.feed.server) == nil {
		l.inspect(Inspect{})
	}
}

// tellChanges sums up what the configuration changed of the servers.
func (l *loop) tellChanges(changes []change, always bool) {
	var said []string
	for _, c := range changes {
		if c.did != "" {
			said = append(said, clean.Line(c.name)+" "+c.did)
		}
	}
	if len(said) == 0 && !always {
		return
	}
	l.h.out.Put(Notice{Level: Info, Text: clean.Foreign(fmt.Sprintf("configuration read again: %s",
		cmp.Or(strings.Join(said, ", "), "the servers stay as they are")))})
}
