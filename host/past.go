package host

import (
	"encoding/json"
	"slices"
	"sync"

	"switchboard/host/catalog"
)

// A past remembers what tools were called with in this session, so that a pattern
// can be tried on it. It is safe for concurrent use.
type past struct {
	mu    sync.Mutex
	calls map[catalog.ID][]json.RawMessage // the newest first
}

func (p *past) add(id catalog.ID, arguments json.RawMessage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.calls == nil {
		p.calls = map[catalog.ID][]json.RawMessage{}
	}
	kept := slices.Insert(p.calls[id], 0, arguments)
	p.calls[id] = kept[:min(len(kept), PastCalls)]
}

// of lists the last calls of a tool, the newest first.
func (p *past) of(id catalog.ID) []json.RawMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.calls[id])
}
