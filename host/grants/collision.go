package grants

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// A Collision is a remembered answer about a name that several servers offer, or
// about a name or a place that the person gave to a tool.
type Collision struct {
	Record
	Decision verbatim[catalog.Decision] `json:"decision"`
	more     members
}

// UnmarshalJSON reads an answer and keeps what it does not know.
func (c *Collision) UnmarshalJSON(raw []byte) error {
	type plain Collision
	return decode(raw, (*plain)(c), &c.more)
}

// MarshalJSON writes an answer with what was not known in it.
func (c Collision) MarshalJSON() ([]byte, error) {
	type plain Collision
	return encode(plain(c), c.more)
}

// Remember keeps a decision and gives the entry's id. One about the same tool name
// and the same launch identities takes the place of the earlier one.
func (d *Data) Remember(decision catalog.Decision, origin string, at time.Time) (id string) {
	parts := []string{"collision", decision.Tool}
	for _, contender := range decision.Among {
		parts = append(parts, contender.Identity, contender.Server)
	}
	id = entryID(parts...)
	d.Collisions = slices.DeleteFunc(d.Collisions, func(c Collision) bool { return c.ID == id })
	d.Collisions = append(d.Collisions, Collision{
		Record:   Record{ID: id, Origin: origin, Created: at},
		Decision: verbatim[catalog.Decision]{value: decision},
	})
	return id
}

// Remember keeps a decision as [Data.Remember] does, and the definitions of the tools
// that it is about, so that a change of one can be shown.
func (s *Store) Remember(ctx context.Context, decision catalog.Decision, tools []catalog.Tool, origin string, at time.Time) error {
	if s.path != "" {
		var all []Definition
		for _, t := range tools {
			all = append(all, OfTool(t))
		}
		if err := s.shelf.put(all); err != nil {
			return err
		}
	}
	return s.Update(ctx, func(d *Data) error {
		d.Remember(decision, origin, at)
		return nil
	})
}

// Amend changes what the answers about a tool's name say of one of those that offer
// it, known by its identity and server, and forgets the answers that say nothing any
// more.
func (d *Data) Amend(tool string, of catalog.Contender, change func(*catalog.Contender)) {
	for i, c := range d.Collisions {
		decision := c.Made()
		among, changed := slices.Clone(decision.Among), false
		for j, k := range among {
			if decision.Tool == tool && k.Identity == of.Identity && (k.Identity != "" || k.Server == of.Server) {
				change(&among[j])
				changed = changed || among[j] != k
			}
		}
		if changed {
			decision.Among = among
			d.Collisions[i].Decision = verbatim[catalog.Decision]{value: decision}
		}
	}
	d.Collisions = slices.DeleteFunc(d.Collisions, func(c Collision) bool { return !says(c.Made()) })
}

// says tells whether a decision decides anything.
func says(d catalog.Decision) bool {
	return d.Choice != catalog.Undecided || slices.ContainsFunc(d.Among, func(c catalog.Contender) bool {
		return c.Alias != "" || c.Hidden
	})
}

// Definition gives the definition behind a hash, as far as it was kept.
func (s *Store) Definition(hash string) Definition {
	if s.path == "" {
		return Definition{Hash: hash}
	}
	return Definition{Hash: hash, Body: s.shelf.get(hash)}
}

// Made is what was decided.
func (c Collision) Made() catalog.Decision { return c.Decision.value }

// Decisions lists what was decided about names, the oldest first, as
// [catalog.Recall] takes it.
func (d *Data) Decisions() []catalog.Decision {
	all := make([]catalog.Decision, len(d.Collisions))
	for i, c := range d.Collisions {
		all[i] = c.Decision.value
	}
	return all
}

// entry is the answer's line in the ledger.
func (c Collision) entry() Entry {
	return Entry{Record: c.Record, Kind: CollisionEntry, Text: c.Text()}
}

// Text says what was decided about whom.
func (c Collision) Text() clean.Text {
	decision := c.Made()
	var servers, more []string
	for _, contender := range decision.Among {
		servers = append(servers, contender.Server)
		if contender.Alias != "" {
			more = append(more, fmt.Sprintf("that of %s is called %s", contender.Server, contender.Alias))
		}
		if contender.Hidden {
			more = append(more, fmt.Sprintf("that of %s is never offered", contender.Server))
		}
	}
	choice := cmp.Or(string(decision.Choice), "no choice")
	return clean.Foreign(fmt.Sprintf("%s of %s: %s", decision.Tool, strings.Join(servers, ", "), strings.Join(append([]string{choice}, more...), "; ")))
}
