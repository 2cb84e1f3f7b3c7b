package grants

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"switchboard/host/clean"
)

// EntryKind says what an entry of the ledger is about.
type EntryKind string

// The kinds of entries.
const (
	RuleEntry      EntryKind = "rule"
	CollisionEntry EntryKind = "collision"
	ServerEntry    EntryKind = "server"
	KeyEntry       EntryKind = "key"
	ConsentEntry   EntryKind = "consent" // to a server of a project file
)

// An Entry is one line of the ledger.
type Entry struct {
	Record
	Kind    EntryKind
	Text    clean.Text
	Expires time.Time // zero for never
}

// List gives every rule and remembered answer, the newest first.
func (d *Data) List() []Entry {
	var all []Entry
	for _, g := range d.Rules {
		all = append(all, g.entry())
	}
	for _, c := range d.Collisions {
		all = append(all, c.entry())
	}
	for _, s := range d.Servers {
		all = append(all, s.entry())
	}
	for _, k := range d.Keys {
		all = append(all, k.entry())
	}
	for _, c := range d.Consents {
		all = append(all, c.entry())
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		return cmp.Or(b.Created.Compare(a.Created), strings.Compare(a.ID, b.ID))
	})
	return all
}

// Revoke forgets an entry, and tells whether there was one. A server that is
// forgotten is as one never seen, and what was known of its definitions goes too.
func (d *Data) Revoke(id string) bool {
	before := d.size()
	d.Rules = slices.DeleteFunc(d.Rules, func(g Grant) bool { return g.ID == id })
	d.Collisions = slices.DeleteFunc(d.Collisions, func(c Collision) bool { return c.ID == id })
	d.Servers = slices.DeleteFunc(d.Servers, func(s Server) bool { return s.ID == id })
	d.Consents = slices.DeleteFunc(d.Consents, func(c Consent) bool { return c.ID == id })
	d.Keys = slices.DeleteFunc(d.Keys, func(k Key) bool { return k.ID == id })
	return d.size() < before
}

func (d *Data) size() int {
	return len(d.Rules) + len(d.Collisions) + len(d.Servers) + len(d.Keys) + len(d.Consents)
}

// entryID makes an id of what an entry says: short enough to type, long enough for
// no two to meet.
func entryID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:5])
}
