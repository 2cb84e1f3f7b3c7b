package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"switchboard/host/clean"
)

// A Contender is one tool that a decision was made about: by the server's launch
// identity and the definition's hash. The server's name is for people, and for
// telling apart a server that is configured twice.
type Contender struct {
	Server   string `json:"server"`
	Identity string `json:"identity"`
	Hash     string `json:"hash"`
	// Alias is the name that the person gave to it, Hidden that it is never to be
	// offered.
	Alias  string `json:"alias,omitempty"`
	Hidden bool   `json:"hidden,omitempty"`
}

// A Candidacy is the set of tools that share a raw name, sorted by identity and
// server.
type Candidacy []Contender

// Candidacy describes tools as a decision about them is remembered.
func (c *Catalog) Candidacy(tools []Tool) Candidacy {
	var all Candidacy
	for _, t := range tools {
		all = append(all, Contender{Server: t.ID.Server, Identity: c.servers[t.ID.Server].Identity, Hash: t.Hash()})
	}
	return all.sorted()
}

func (c Candidacy) sorted() Candidacy {
	slices.SortFunc(c, func(a, b Contender) int {
		return cmp.Or(strings.Compare(a.Identity, b.Identity), strings.Compare(a.Server, b.Server), strings.Compare(a.Hash, b.Hash))
	})
	return c
}

// A ShiftKind says how a candidacy is another than it was.
type ShiftKind string

// The kinds of shifts.
const (
	Joined    ShiftKind = "joined"    // was not there when the decision was made
	Redefined ShiftKind = "redefined" // its definition is another one now
	Left      ShiftKind = "left"      // is not there now; no reason to ask
)

// A Shift is one difference between the candidates of then and of now.
type Shift struct {
	Kind   ShiftKind
	Server string // its name now, or then for one that left
	// Then and Now are the hashes of its definition; "" where there is none.
	Then, Now string
}

// String says it for a person.
func (s Shift) String() string {
	server := clean.Line(s.Server)
	switch s.Kind {
	case Joined:
		return fmt.Sprintf("%s offers it too", server)
	case Redefined:
		return fmt.Sprintf("%s defines it in another way", server)
	}
	return fmt.Sprintf("%s does not offer it now", server)
}

// Shifts compares the candidates of a decision with those of now, by launch
// identity: a server with another name in the configuration is the same, and so
// is any order. Of several with one identity those with equal names, and then
// those with equal definitions, belong together.
func (c Candidacy) Shifts(now Candidacy) []Shift {
	var shifts []Shift
	pairs := c.pair(now)
	for i, then := range c {
		j, here := pairs[i]
		switch {
		case !here:
			shifts = append(shifts, Shift{Left, then.Server, then.Hash, ""})
		case now[j].Hash != then.Hash:
			shifts = append(shifts, Shift{Redefined, now[j].Server, then.Hash, now[j].Hash})
		}
	}
	known := map[int]bool{}
	for _, j := range pairs {
		known[j] = true
	}
	for j, n := range now {
		if !known[j] {
			shifts = append(shifts, Shift{Joined, n.Server, "", n.Hash})
		}
	}
	return shifts
}

// pair finds for each contender of then the one of now that it is.
func (c Candidacy) pair(now Candidacy) map[int]int {
	pairs, taken := map[int]int{}, map[int]bool{}
	match := func(same func(then, now Contender) bool) {
		for i, then := range c {
			if _, done := pairs[i]; done {
				continue
			}
			for j, n := range now {
				if !taken[j] && then.may(n) && same(then, n) {
					pairs[i], taken[j] = j, true
					break
				}
			}
		}
	}
	match(func(then, now Contender) bool { return then.Server == now.Server })
	match(func(then, now Contender) bool { return then.Hash == now.Hash })
	match(func(then, now Contender) bool { return true })
	return pairs
}

// may tells whether two contenders can be the same server. One whose identity is
// unknown is known by its name alone.
func (c Contender) may(other Contender) bool {
	return c.Identity == other.Identity && (c.Identity != "" || c.Server == other.Server)
}
