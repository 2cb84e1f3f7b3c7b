package host

import (
	"context"
	"maps"
	"slices"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/config"
	"switchboard/host/grants"
)

// naming decides about names that several servers offer. Three voices have a say,
// the later ones first: the configuration and the command line, what is remembered,
// and what the person says in this session. It belongs to the loop.
type naming struct {
	set     catalog.Choices // by the configuration and the command line
	flag    bool            // the default of set comes from the command line
	said    wishes
	decided []settlement // in this session, the newest first
	memory  *grants.Store
	held    catalog.Routes // what the model was promised
}

// wishes are what the person said in this session beside decisions about a clash.
type wishes struct {
	all     ruled
	servers map[string]ruled
	aliases map[catalog.ID]string // "" takes a name away
	hidden  map[catalog.ID]bool   // false shows a tool again
}

// ruled is a strategy and when it was chosen.
type ruled struct {
	strategy Strategy
	at       time.Time
}

// byYou is the origin of what the person decided.
const byYou = "decided by you"

// A settlement is a decision about a clash, with the tools that it was about as
// they were then.
type settlement struct {
	catalog.Decision
	tools []catalog.Tool
	at    time.Time
}

// newNaming takes the choices that the configuration made.
func newNaming(opt Options) *naming {
	n := &naming{
		flag: opt.CollisionsFlag, memory: opt.Grants,
		said: wishes{servers: map[string]ruled{}, aliases: map[catalog.ID]string{}, hidden: map[catalog.ID]bool{}},
	}
	n.configure(opt.Collisions)
	return n
}

// configure takes the choices that the configuration makes from now on.
func (n *naming) configure(c config.Collisions) {
	n.set = choicesOf(c)
	n.set.Reserved = []string{findToolsName, readResultName}
}

// choicesOf takes the choices that the configuration made.
func choicesOf(c config.Collisions) catalog.Choices {
	choices := catalog.Choices{
		Default: Strategy(c.Default), Order: c.Order,
		Tools: map[string]Strategy{}, Servers: map[string]Strategy{},
		Aliases: map[catalog.ID]string{}, Hidden: map[catalog.ID]bool{},
	}
	for name, choice := range c.Tools {
		choices.Tools[name] = Strategy(choice)
	}
	for name, choice := range c.Servers {
		choices.Servers[name] = Strategy(choice)
	}
	for tool, alias := range c.Aliases {
		if id, err := catalog.ParseID(tool); err == nil {
			choices.Aliases[id] = alias
		}
	}
	for _, tool := range c.Hide {
		if id, err := catalog.ParseID(tool); err == nil {
			choices.Hidden[id] = true
		}
	}
	return choices
}

// given is what holds before memory has its say: the configuration, and what the
// person said of it since.
func (n *naming) given() catalog.Choices {
	g := n.set
	g.Held = n.held
	g.Tools, g.Servers = maps.Clone(g.Tools), maps.Clone(g.Servers)
	g.Aliases, g.Hidden = maps.Clone(g.Aliases), maps.Clone(g.Hidden)
	if n.said.all.strategy != catalog.Undecided {
		g.Default = n.said.all.strategy
	}
	for server, r := range n.said.servers {
		g.Servers[server] = r.strategy
	}
	for _, s := range n.decided {
		delete(g.Tools, s.Tool)
	}
	n.said.apply(g)
	return g
}

// apply lays the person's names and hidden tools over choices.
func (w wishes) apply(c catalog.Choices) {
	for id, alias := range w.aliases {
		c.Aliases[id] = alias
		if alias == "" {
			delete(c.Aliases, id)
		}
	}
	for id, hidden := range w.hidden {
		c.Hidden[id] = hidden
	}
}

// leave has memory speak for the names that a decision, now remembered, gave.
func (w wishes) leave(d catalog.Decision) {
	for _, c := range d.Among {
		id := catalog.ID{Server: c.Server, Tool: d.Tool}
		if c.Alias != "" && w.aliases[id] == c.Alias {
			delete(w.aliases, id)
		}
		if c.Hidden && w.hidden[id] {
			delete(w.hidden, id)
		}
	}
}

// decisions are those that hold or may be in doubt, the newest first: of this
// session, and the remembered ones about other names.
func (n *naming) decisions() []catalog.Decision {
	var all []catalog.Decision
	here := map[string]bool{}
	for _, s := range n.decided {
		all, here[s.Tool] = append(all, s.Decision), true
	}
	for _, d := range slices.Backward(n.memory.Snapshot().Decisions()) {
		if here[d.Tool] {
			d.Choice = catalog.Undecided // the names in it hold all the same
		}
		all = append(all, d)
	}
	return all
}

// choices are what the catalogue is built by, with the decisions that no longer
// hold, by raw name.
func (n *naming) choices(offers []catalog.Offer, given catalog.Choices) (catalog.Choices, map[string]catalog.Doubt) {
	choices, all := catalog.Recall(n.decisions(), offers, given)
	n.said.apply(choices)
	doubts := map[string]catalog.Doubt{}
	for _, d := range all {
		if _, newer := doubts[d.Decision.Tool]; !newer && d.Decision.Choice != catalog.Undecided {
			doubts[d.Decision.Tool] = d
		}
	}
	return choices, doubts
}

// settle takes a decision for this session, in place of an earlier one about the
// same name.
func (n *naming) settle(s settlement) {
	n.unsettle(s.Tool)
	n.decided = slices.Insert(n.decided, 0, s)
}

// unsettle forgets what was decided about a name in this session.
func (n *naming) unsettle(tool string) {
	n.decided = slices.DeleteFunc(n.decided, func(old settlement) bool { return old.Tool == tool })
}

// remember keeps a decision beyond the session. It writes to the disk.
func (n *naming) remember(ctx context.Context, s settlement) error {
	return n.memory.Remember(ctx, s.Decision, s.tools, byYou, s.at)
}

// before finds a tool's definition as it was when a decision was made, by its hash.
func (n *naming) before(id catalog.ID, hash string) (catalog.Tool, bool) {
	for _, s := range n.decided {
		for _, t := range s.tools {
			if t.ID.Tool == id.Tool && t.Hash() == hash {
				return t, true
			}
		}
	}
	return n.memory.Definition(hash).Tool(id.Server)
}
