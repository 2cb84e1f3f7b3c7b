// Package grants keeps what the person answered for longer than a session: what may
// be called, which server takes a name, which servers are trusted, which keys may be
// used, and the definitions that they saw when they said so. It lies in a file of its
// own, beside the configuration, for it is as precious and is written by us alone.
//
// The file holds no secret of ours; the patterns of a rule may hold what the person
// chose to put there. Definitions, which are only there so that a change can be
// shown, lie in a folder beside it, one file each.
package grants

import (
	"encoding/json"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
)

// Lifetime is how long an "always" holds by default.
const Lifetime = 180 * 24 * time.Hour

// version is that of the file. Files of later versions are read too: what they add
// is kept as it is.
const version = 1

// Path is where the grants lie: $XDG_CONFIG_HOME/switchboard/grants.json.
func Path() string { return filepath.Join(xdg.ConfigHome, "switchboard", "grants.json") }

// Data is all that is remembered. One that a [Store] handed out must not be changed
// but inside [Store.Update].
type Data struct {
	Version    int         `json:"version"`
	Rules      []Grant     `json:"rules,omitempty"`
	Collisions []Collision `json:"collisions,omitempty"`
	Servers    []Server    `json:"servers,omitempty"`
	Keys       []Key       `json:"keys,omitempty"`
	Consents   []Consent   `json:"consents,omitempty"`
	more       members
}

// A Record says where an entry came from and how it was used.
type Record struct {
	ID      string    `json:"id"`     // made of what the entry says, so that the same answer is one entry
	Origin  string    `json:"origin"` // in words: "answered in the tray"
	Created time.Time `json:"created"`
	// LastUsed is zero and Uses 0 as long as the entry decided nothing.
	LastUsed time.Time `json:"lastUsed,omitzero"`
	Uses     int       `json:"uses,omitempty"`
}

// members are the members of a JSON object that this version does not know.
type members map[string]json.RawMessage

// UnmarshalJSON reads the file and keeps what it does not know.
func (d *Data) UnmarshalJSON(raw []byte) error {
	type plain Data
	return decode(raw, (*plain)(d), &d.more)
}

// MarshalJSON writes the file with what was not known in it.
func (d Data) MarshalJSON() ([]byte, error) {
	type plain Data
	return encode(plain(d), d.more)
}
