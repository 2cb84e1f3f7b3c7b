package host

import (
	"context"
	"time"

	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/host/server"
	"switchboard/host/task"
)

// A Proposal is a server that a file in the working directory asks for, as [config]
// defines it.
type Proposal = config.Proposal

// A Consent asks whether a server that a file in the working directory asks for may
// be started or reached. Nothing of it has run yet, and nothing will without an
// [Agree].
type Consent struct{ Proposal Proposal }

// Agree consents to start or reach a server. With the scope [Always] it holds in
// later sessions too, for this folder and as long as the file says the same of the
// server; with [Session] until the program ends.
type Agree struct{ Scope Scope }

func (Consent) question() {}
func (Agree) answer()     {}

// accepts tells whether an answer is one to this question.
func (Consent) accepts(a Answer) bool {
	switch a := a.(type) {
	case Agree:
		return a.Scope == Session || a.Scope == Always
	case Deny:
		return true
	}
	return false
}

// agreed is the person's answer to a [Consent]; the zero scope is a no.
type agreed struct {
	proposal Proposal
	scope    Scope
}

// consents asks for the person's word on servers that a project file asks for. It
// belongs to the loop.
type consents struct {
	h        *Host
	wanted   map[string]Proposal
	open     map[string]context.CancelFunc // withdraws the question
	answered map[string]bool               // in this session
	tasks    task.Group                    // one goroutine a question
}

func newConsents(h *Host) *consents {
	c := &consents{h: h, wanted: map[string]Proposal{}, open: map[string]context.CancelFunc{}, answered: map[string]bool{}}
	c.tasks.OnPanic = h.fault
	c.want(h.opt.Servers)
	return c
}

// want takes over which servers need a consent.
func (c *consents) want(servers []config.Server) {
	clear(c.wanted)
	for _, s := range servers {
		if s.Proposal != nil {
			c.wanted[s.Name] = *s.Proposal
		}
	}
}

// drop forgets a server that is gone, or is another now: its question is withdrawn,
// and what the person said of it does not count any more.
func (c *consents) drop(name string) {
	if withdraw, asked := c.open[name]; asked {
		withdraw()
		delete(c.open, name)
	}
	delete(c.answered, name)
}

// follow asks about a server that waits for consent, once, and withdraws the
// question when it does not wait any more. Where no person is, nobody is asked.
func (c *consents) follow(ctx context.Context, s server.Status) {
	proposal, proposed := c.wanted[s.Name]
	withdraw, asked := c.open[s.Name]
	switch waits := s.State == server.Untrusted; {
	case !proposed || c.h.opt.Unattended:
	case waits && !asked && !c.answered[s.Name]:
		c.ask(ctx, proposal)
	case !waits && asked:
		withdraw()
		delete(c.open, s.Name)
	}
}

func (c *consents) ask(ctx context.Context, p Proposal) {
	ctx, withdraw := context.WithCancel(ctx)
	c.open[p.Server] = withdraw
	c.tasks.Go("the question about "+p.Server, func() {
		defer withdraw()
		if a, err := c.h.desk.Ask(ctx, Consent{Proposal: p}); err == nil {
			yes, _ := a.(Agree)
			c.h.mail.put(agreed{p, yes.Scope})
		}
	})
}

// again asks anew about a server that was refused in this session, and tells
// whether the server is one that needs a consent: it is given by the answer alone,
// which shows all of what would run.
func (c *consents) again(ctx context.Context, s server.Status) bool {
	if _, proposed := c.wanted[s.Name]; !proposed {
		return false
	}
	delete(c.answered, s.Name)
	c.follow(ctx, s)
	return true
}

// settle follows the person's answer.
func (c *consents) settle(ctx context.Context, a agreed) {
	name := a.proposal.Server
	if c.wanted[name].Hash != a.proposal.Hash {
		return // it asks for something else by now, and that is asked about anew
	}
	delete(c.open, name)
	c.answered[name] = true // what the server said before it was trusted may still come
	if a.scope == "" {
		return
	}
	if m := c.h.fleet.member(name); m != nil {
		m.Trust()
	}
	if a.scope == Always {
		c.h.tasks.Go("remembering a consent", func() { c.h.out.Put(c.h.rememberConsent(ctx, a.proposal)) })
	}
}

// rememberConsent writes a consent down; the notice tells what came of it.
func (h *Host) rememberConsent(ctx context.Context, p Proposal) Notice {
	if !h.opt.Grants.Lasts() {
		return Notice{Level: Warn, Text: clean.Foreign("the consent to " + p.Server + " holds for this session only: there is nowhere to keep it")}
	}
	err := h.opt.Grants.Update(ctx, func(d *grants.Data) error {
		d.Consent(grants.Consent{Folder: p.Folder, Server: p.Server, Content: p.Hash, Launch: p.Lines()}, "answered in the tray", time.Now())
		return nil
	})
	if err != nil {
		return Notice{Level: Warn, Text: clean.Foreign("the consent to " + p.Server + " holds for this session only: " + err.Error())}
	}
	return Notice{Level: Info, Text: clean.Foreign(p.Server + " is started from now on when you are in this folder, as long as " + p.File + " says the same of it")}
}
