package catalog

import (
	"maps"
	"slices"
)

// A Decision is what a person decided about a raw tool name, for always, with
// those it was decided about. It is plain data, fit for a file.
type Decision struct {
	Tool   string    `json:"tool"`   // the raw name
	Choice Choice    `json:"choice"` // [Undecided] when it is about aliases or hiding alone
	Among  Candidacy `json:"among"`
}

// A Doubt is a decision that no longer holds as it stands: the person is asked
// again, and shown what changed.
type Doubt struct {
	Decision Decision
	Shifts   []Shift // at least one that is not [Left]
}

// Recall gives choices with what was decided earlier, and the decisions that are
// in doubt because a candidate joined or was redefined; their names are to be
// asked about, whatever the default. Tools that the given choices keep out of a
// clash are no candidates. Aliases and hidden tools hold for a server's tool
// whatever its definition and whoever joins: they grant nothing. A server that is
// away, renamed or elsewhere in the configuration changes nothing. A given choice
// for a name, [Ask] aside, and a given alias come before memory.
func Recall(memory []Decision, offers []Offer, choices Choices) (Choices, []Doubt) {
	given := choices
	choices.Tools = cloned(choices.Tools)
	choices.Aliases = cloned(choices.Aliases)
	choices.Hidden = cloned(choices.Hidden)
	var doubts []Doubt
	for _, d := range memory {
		now, servers := Contenders(d.Tool, offers, given), d.servers(offers)
		choices.keep(d, servers)
		shifts := d.Among.Shifts(now)
		if slices.ContainsFunc(shifts, func(s Shift) bool { return s.Kind != Left }) {
			doubts = append(doubts, Doubt{d, shifts})
			choices.settle(d.Tool, Ask)
			continue
		}
		choices.settle(d.Tool, d.Choice.renamed(d.Among, servers))
	}
	return choices, doubts
}

// Contenders lists the tools of a raw name that may clash by the given choices: those
// that a decision about the name is made among.
func Contenders(raw string, offers []Offer, given Choices) Candidacy {
	var all Candidacy
	for _, o := range sortedOffers(offers) {
		if !given.clashes(ID{o.Server, raw}) {
			continue
		}
		for _, t := range o.Tools {
			if t.ID.Tool == raw {
				all = append(all, Contender{Server: o.Server, Identity: o.Identity, Hash: t.Hash()})
				break
			}
		}
	}
	return all.sorted()
}

// servers tells what the servers of a decision are called now.
func (d Decision) servers(offers []Offer) map[string]string {
	var all Candidacy
	for _, o := range sortedOffers(offers) {
		all = append(all, Contender{Server: o.Server, Identity: o.Identity})
	}
	names := map[string]string{}
	for i, j := range d.Among.pair(all) {
		names[d.Among[i].Server] = all[j].Server
	}
	return names
}

// keep takes over the aliases and hidden tools of a decision.
func (c *Choices) keep(d Decision, servers map[string]string) {
	for _, contender := range d.Among {
		server, here := servers[contender.Server]
		id := ID{server, d.Tool}
		if !here {
			continue
		}
		if _, given := c.Aliases[id]; !given && contender.Alias != "" {
			c.Aliases[id] = contender.Alias
		}
		if contender.Hidden {
			c.Hidden[id] = true
		}
	}
}

// settle chooses for a name that nothing but memory settles.
func (c *Choices) settle(raw string, choice Choice) {
	if given := c.Tools[raw]; choice != Undecided && (given == Undecided || given == Ask) {
		c.Tools[raw] = choice
	}
}

// renamed is a choice with its owner under the name of now.
func (c Choice) renamed(among Candidacy, servers map[string]string) Choice {
	if owner, owned := c.Owner(); owned {
		if now, here := servers[owner]; here {
			return Server(now)
		}
	}
	return c
}

// cloned is a copy that can be written to.
func cloned[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	return maps.Clone(m)
}
