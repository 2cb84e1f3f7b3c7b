package host

import (
	"slices"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/grants"
)

// collisions tells all that is known of names that clash.
func (l *loop) collisions(b *board) CollisionsListed {
	n := l.naming
	all := CollisionsListed{
		Default: n.ruling(), Names: b.catalog.Names(), Lasting: n.memory.Lasts(),
		Own: n.own(b, l.switches.off), Remembered: n.remembering(b),
	}
	for _, s := range b.servers {
		all.Servers = append(all.Servers, ServerRuling{s.Name, n.serverRuling(s.Name)})
	}
	for _, c := range b.catalog.Clashes() {
		all.Clashes = append(all.Clashes, l.clashInfo(b, c))
	}
	return all
}

// ruling is what holds for all names.
func (n *naming) ruling() Ruling {
	switch {
	case n.said.all.strategy != catalog.Undecided:
		return Ruling{n.said.all.strategy, "you said so for all names", n.said.all.at}
	case n.set.Default == catalog.Undecided:
		return Ruling{catalog.Ask, "nothing was said about it", time.Time{}}
	case n.flag:
		return Ruling{n.set.Default, "the flag --collisions says so", time.Time{}}
	}
	return Ruling{n.set.Default, "the configuration says so for all names", time.Time{}}
}

// serverRuling is what holds for the names that a server offers.
func (n *naming) serverRuling(server string) Ruling {
	if r, said := n.said.servers[server]; said {
		return Ruling{r.strategy, "you said so in this session", r.at}
	}
	if s := n.set.Servers[server]; s != catalog.Undecided {
		return Ruling{s, "the configuration says so", time.Time{}}
	}
	return Ruling{}
}

// clashInfo tells of one clash.
func (l *loop) clashInfo(b *board, c catalog.Clash) ClashInfo {
	info := ClashInfo{
		Name: c.Name, Ruling: l.naming.clashRuling(b, c), Holder: c.Holder, SameEndpoint: c.SameEndpoint,
		Comparison: catalog.Compare(c.Tools), Changes: b.doubts[c.Name].changes,
	}
	for _, k := range l.h.candidates(b, c.Tools) {
		route := ClashRoute{Candidate: k, Routed: l.calls[k.Tool.ID]}
		route.Offered, route.Why = b.catalog.Standing(k.Tool.ID)
		info.Candidates = append(info.Candidates, route)
	}
	return info
}

// clashRuling tells what holds for a clash, and whence that comes.
func (n *naming) clashRuling(b *board, c catalog.Clash) Ruling {
	r := Ruling{Strategy: c.Choice, By: c.Reason}
	i := slices.IndexFunc(n.decided, func(s settlement) bool { return s.Tool == c.Name })
	_, doubtful := b.doubts[c.Name]
	switch {
	case doubtful:
		r.By = "what you chose does not fit any more"
	case i >= 0:
		r.By, r.Since = "you chose so in this session", n.decided[i].at
	case b.given.Tools[c.Name] != catalog.Undecided && b.given.Tools[c.Name] != catalog.Ask:
		r.By = "the configuration says so for this name"
	default:
		n.closer(b, c, &r)
	}
	return r
}

// closer looks for what decides about a name that neither the session nor the
// configuration names: memory, a server, or what holds for all.
func (n *naming) closer(b *board, c catalog.Clash, r *Ruling) {
	if m, found := n.recalled(b, c.Name); found {
		r.By, r.Since = "you chose so, for always", m.Created
		return
	}
	for _, t := range c.Tools {
		if s := n.serverRuling(t.ID.Server); s.Strategy == c.Choice {
			r.By, r.Since = clean.Line(s.By+" for the server "+t.ID.Server), s.Since
			return
		}
	}
	if all := n.ruling(); all.Strategy == c.Choice {
		r.By, r.Since = all.By, all.Since
	}
}

// recalled finds the remembered choice that decides about a name.
func (n *naming) recalled(b *board, name string) (grants.Collision, bool) {
	now := b.contenders(name)
	for _, m := range slices.Backward(n.memory.Snapshot().Collisions) {
		d := m.Made()
		if d.Tool == name && d.Choice != catalog.Undecided && !inDoubt(d.Among.Shifts(now)) {
			return m, true
		}
	}
	return grants.Collision{}, false
}

// inDoubt tells whether shifts are a reason to ask again.
func inDoubt(shifts []catalog.Shift) bool {
	return slices.ContainsFunc(shifts, func(s catalog.Shift) bool { return s.Kind != catalog.Left })
}

// remembering lists what outlasts the session, the newest first.
func (n *naming) remembering(b *board) []RememberedChoice {
	if !n.memory.Lasts() {
		return nil
	}
	var all []RememberedChoice
	for _, m := range slices.Backward(n.memory.Snapshot().Collisions) {
		d := m.Made()
		r := RememberedChoice{
			ID: m.ID, Tool: d.Tool, Text: m.Text().Line(), Origin: clean.Line(m.Origin), Created: m.Created,
		}
		if shifts := d.Among.Shifts(b.contenders(d.Tool)); inDoubt(shifts) {
			for _, s := range shifts {
				r.Doubts = append(r.Doubts, s.String())
			}
		}
		if d.Choice != catalog.Undecided {
			deciding, found := n.recalled(b, d.Tool)
			here := slices.ContainsFunc(n.decided, func(s settlement) bool { return s.Tool == d.Tool })
			given := b.given.Tools[d.Tool]
			r.Idle = here || given != catalog.Undecided && given != catalog.Ask || found && deciding.ID != m.ID
		}
		all = append(all, r)
	}
	return all
}

// own lists the tools that have a name of the person's own or are hidden; not those
// that are turned off, which is another matter.
func (n *naming) own(b *board, off func(catalog.ID) bool) []OwnTool {
	var all []OwnTool
	for id, alias := range b.choices.Aliases {
		all = append(all, OwnTool{Tool: id, Alias: alias, By: n.ownBy(id, n.said.aliases[id] == alias, n.set.Aliases[id] == alias)})
	}
	for id, hidden := range b.choices.Hidden {
		if hidden && !off(id) {
			all = append(all, OwnTool{Tool: id, Hidden: true, By: n.ownBy(id, n.said.hidden[id], n.set.Hidden[id])})
		}
	}
	for i := range all {
		all[i].Offered, _ = b.catalog.Standing(all[i].Tool)
	}
	slices.SortFunc(all, func(a, b OwnTool) int { return catalog.CompareIDs(a.Tool, b.Tool) })
	return all
}

func (n *naming) ownBy(id catalog.ID, said, set bool) string {
	switch {
	case said:
		return "you said so in this session"
	case set:
		return "the configuration says so"
	}
	return "you said so, for always"
}
