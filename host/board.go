package host

import (
	"sync/atomic"

	"switchboard/host/catalog"
	"switchboard/host/policy"
	"switchboard/host/server"
)

// A board is one moment of the host. It never changes: turns and calls read the
// newest one and are told when there is a newer.
type board struct {
	catalog *catalog.Catalog
	roster  *roster
	offers  []catalog.Offer    // what the catalogue is made of
	given   catalog.Choices    // before memory has its say
	choices catalog.Choices    // by which the catalogue was made
	doubts  map[string]doubted // decisions that no longer hold, by raw name
	rules   policy.Policy
	servers []server.Status // in the order of the configuration
	trust   map[string]TrustLevel
	drift   map[string]drift
	gates   map[string]bool // whose results are shown before the model reads them
	changed chan struct{}   // closed when a newer board hangs
}

// starting lists the servers whose tools may still come.
func (b *board) starting() []string {
	var names []string
	for _, s := range b.servers {
		if s.State == server.Starting {
			names = append(names, s.Name)
		}
	}
	return names
}

// status finds a server's status by name.
func (b *board) status(name string) server.Status {
	for _, s := range b.servers {
		if s.Name == name {
			return s
		}
	}
	return server.Status{Name: name}
}

// wall is where the newest board hangs: the loop hangs it, everyone reads it.
type wall struct{ newest atomic.Pointer[board] }

func (w *wall) look() *board { return w.newest.Load() }

func (w *wall) hang(b board) {
	b.changed = make(chan struct{})
	if old := w.newest.Swap(&b); old != nil {
		close(old.changed)
	}
}
