package grants

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/host/policy"
)

// namesakes is how many servers of one name are remembered, so that a command line
// that changes with every release does not fill the file.
const namesakes = 6

// A Server is one that was seen, by its launch identity.
type Server struct {
	Record
	Identity string       `json:"identity"`
	Name     string       `json:"name"` // in the configuration, when last seen
	Trust    policy.Trust `json:"trust,omitempty"`
	// Launch says how it is started or reached, a line a fact, secrets masked, so
	// that a change of it can be shown.
	Launch []string `json:"launch,omitempty"`
	Seen   []Pin    `json:"seen,omitempty"` // the definitions that the person accepted, sorted by subject
	more   members
}

// UnmarshalJSON reads a server and keeps what it does not know.
func (s *Server) UnmarshalJSON(raw []byte) error {
	type plain Server
	if err := decode(raw, (*plain)(s), &s.more); err != nil {
		return err
	}
	slices.SortStableFunc(s.Seen, func(a, b Pin) int { return strings.Compare(a.Subject, b.Subject) })
	return nil
}

// MarshalJSON writes a server with what was not known in it.
func (s Server) MarshalJSON() ([]byte, error) {
	type plain Server
	return encode(plain(s), s.more)
}

// Trust tells how far the person trusts the server of a launch identity.
func (d *Data) Trust(identity string) policy.Trust {
	if s := d.server(identity); s != nil {
		return s.Trust
	}
	return policy.Fresh
}

// SetTrust remembers a server and how far the person trusts it. Of the servers that
// had the same name and another launch, the last few stay.
func (d *Data) SetTrust(s Server, trust policy.Trust, origin string, at time.Time) {
	kept := d.meet(s.Identity, s.Name, origin, at)
	if kept.Trust != trust {
		kept.Trust, kept.Origin, kept.Created = trust, origin, at
	}
	kept.Launch = s.Launch
	d.forgetNamesakes(s.Name)
}

// CheckServer tells whether a server is started or reached as when it was accepted.
// When it is not, before holds the server of that name as it was last.
func (d *Data) CheckServer(name, identity string) (state State, before Server) {
	if s := d.server(identity); s != nil {
		return Unchanged, *s
	}
	for _, s := range d.Servers {
		if s.Name == name && !s.Created.Before(before.Created) {
			state, before = Changed, s
		}
	}
	return cmp.Or(state, New), before
}

// server finds the entry of a launch identity.
func (d *Data) server(identity string) *Server {
	i := slices.IndexFunc(d.Servers, func(s Server) bool { return s.Identity == identity })
	if i < 0 {
		return nil
	}
	return &d.Servers[i]
}

// meet finds the entry of a launch identity, or makes one.
func (d *Data) meet(identity, name, origin string, at time.Time) *Server {
	s := d.server(identity)
	if s == nil {
		record := Record{ID: entryID("server", identity), Origin: origin, Created: at}
		d.Servers = append(d.Servers, Server{Record: record, Identity: identity})
		s = &d.Servers[len(d.Servers)-1]
	}
	s.Name = name
	return s
}

// forgetNamesakes drops the oldest servers of a name. Refused ones stay.
func (d *Data) forgetNamesakes(name string) {
	var same []Server
	for _, s := range d.Servers {
		if s.Name == name && s.Trust != policy.Refused {
			same = append(same, s)
		}
	}
	slices.SortFunc(same, func(a, b Server) int {
		return cmp.Or(b.Created.Compare(a.Created), strings.Compare(a.ID, b.ID))
	})
	for _, old := range same[min(namesakes, len(same)):] {
		d.Revoke(old.ID)
	}
}

// entry is the server's line in the ledger.
func (s Server) entry() Entry {
	trust := cmp.Or(s.Trust, "new")
	text := fmt.Sprintf("%s is %s", s.Name, trust)
	if len(s.Launch) > 0 {
		text += " (" + strings.Join(s.Launch, ", ") + ")"
	}
	return Entry{Record: s.Record, Kind: ServerEntry, Text: clean.Foreign(text)}
}
