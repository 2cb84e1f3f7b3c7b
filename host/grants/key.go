package grants

import (
	"fmt"
	"slices"
	"time"

	"switchboard/host/clean"
)

// A Key is a variable of the environment whose key the person lets be sent to a
// provider. The key itself is not kept.
type Key struct {
	Record
	Variable string `json:"variable"`
	Provider string `json:"provider"`
	Endpoint string `json:"endpoint"` // scheme, host and port
	more     members
}

// UnmarshalJSON reads an entry and keeps what it does not know.
func (k *Key) UnmarshalJSON(raw []byte) error {
	type plain Key
	return decode(raw, (*plain)(k), &k.more)
}

// MarshalJSON writes an entry with what was not known in it.
func (k Key) MarshalJSON() ([]byte, error) {
	type plain Key
	return encode(plain(k), k.more)
}

func (k Key) entry() Entry {
	said := fmt.Sprintf("%s may be used for %s at %s", k.Variable, k.Provider, k.Endpoint)
	return Entry{Record: k.Record, Kind: KeyEntry, Text: clean.Foreign(said)}
}

// MayUse tells whether a variable's key may go to an endpoint.
func (d *Data) MayUse(variable, endpoint string) bool {
	return slices.ContainsFunc(d.Keys, func(k Key) bool { return k.Variable == variable && k.Endpoint == endpoint })
}

// AllowKey remembers that a variable's key may go to an endpoint.
func (d *Data) AllowKey(variable, provider, endpoint, origin string, at time.Time) {
	if d.MayUse(variable, endpoint) {
		return
	}
	d.Keys = append(d.Keys, Key{
		Record:   Record{ID: entryID("key", variable, endpoint), Origin: origin, Created: at},
		Variable: variable, Provider: provider, Endpoint: endpoint,
	})
}
