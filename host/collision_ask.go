package host

import (
	"switchboard/host/catalog"
)

// contenders are the tools that a decision about a raw name is made among.
func (b *board) contenders(raw string) catalog.Candidacy {
	return catalog.Contenders(raw, b.offers, b.given)
}

// clash finds the clash over a raw name.
func (b *board) clash(raw string) (catalog.Clash, bool) {
	for _, c := range b.catalog.Clashes() {
		if c.Name == raw {
			return c, true
		}
	}
	return catalog.Clash{}, false
}

// collision is the question which of some tools takes their raw name.
func (h *Host) collision(b *board, raw string, tools []catalog.Tool) Collision {
	q := Collision{
		Name: raw, Candidates: h.candidates(b, tools), Comparison: catalog.Compare(tools), Names: b.catalog.Names(),
	}
	if c, found := b.clash(raw); found {
		q.SameEndpoint, q.Holder = c.SameEndpoint, c.Holder
	}
	if d, doubtful := b.doubts[raw]; doubtful {
		q.Before, q.Changes = d.choice, d.changes
	}
	q.Scopes = []Scope{Session}
	if h.opt.Grants.Lasts() {
		q.Scopes = append(q.Scopes, Always)
	}
	return q
}

// callCollision is the question which of some tools takes one call. Where the name
// is open, or asked about at every call, the answer may settle it.
func (h *Host) callCollision(b *board, r catalog.Resolution, call CallID) Collision {
	q := h.collision(b, r.Raw, r.Tools)
	q.Call = call
	c, found := b.clash(r.Raw)
	if !found || c.Choice != catalog.AskEachCall && !c.Open() || len(c.Tools) != len(r.Tools) {
		q.Scopes = nil
	}
	q.Scopes = append([]Scope{Once}, q.Scopes...)
	return q
}

// candidates describes the tools that share a name as the person chooses among
// them.
func (h *Host) candidates(b *board, tools []catalog.Tool) []Candidate {
	all := make([]Candidate, len(tools))
	for i, t := range tools {
		all[i] = Candidate{Tool: t, Prefixed: b.catalog.Prefixed(t.ID), State: b.status(t.ID.Server).State}
		if m := b.roster.member(t.ID.Server); m != nil {
			stats := m.CallStats()
			all[i].P50, all[i].Calls, all[i].Failed = stats.P50, stats.Calls, stats.Failed
		}
	}
	return all
}

// A doubted decision is one that does not hold any more, and why.
type doubted struct {
	choice  Strategy
	changes []CandidateChange
}

// doubts explains decisions that no longer hold, by raw name.
func (n *naming) doubts(all map[string]catalog.Doubt, tool func(catalog.ID) (catalog.Tool, bool)) map[string]doubted {
	explained := map[string]doubted{}
	for raw, d := range all {
		e := doubted{choice: d.Decision.Choice}
		for _, s := range d.Shifts {
			e.changes = append(e.changes, n.change(raw, s, tool))
		}
		explained[raw] = e
	}
	return explained
}

// change compares the definitions of one that was redefined.
func (n *naming) change(raw string, s catalog.Shift, tool func(catalog.ID) (catalog.Tool, bool)) CandidateChange {
	c := CandidateChange{Shift: s}
	id := catalog.ID{Server: s.Server, Tool: raw}
	if s.Kind != catalog.Redefined {
		return c
	}
	now, here := tool(id)
	if then, kept := n.before(id, s.Then); here && kept {
		c.Diff = catalog.Diff(then, now)
	}
	return c
}
