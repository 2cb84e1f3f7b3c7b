package grants

import (
	"cmp"
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
	decision := c.Decision.value
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
	text := fmt.Sprintf("%s of %s: %s", decision.Tool, strings.Join(servers, ", "), strings.Join(append([]string{choice}, more...), "; "))
	return Entry{Record: c.Record, Kind: CollisionEntry, Text: clean.Foreign(text)}
}
