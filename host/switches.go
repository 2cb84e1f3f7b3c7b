package host

import (
	"maps"

	"switchboard/host/catalog"
)

// switches are what the person turned off for this session: whole servers, and
// single tools, which count more. The zero value has everything on; a change
// makes another value.
type switches struct {
	servers map[string]bool
	tools   map[catalog.ID]bool
}

// with is what holds after the op. One for a whole server outdoes the earlier ones
// for its tools.
func (s switches) with(op SetTool) switches {
	next := switches{servers: map[string]bool{}, tools: map[catalog.ID]bool{}}
	maps.Copy(next.servers, s.servers)
	maps.Copy(next.tools, s.tools)
	if op.Tool != "" {
		next.tools[catalog.ID{Server: op.Server, Tool: op.Tool}] = !op.On
		return next
	}
	next.servers[op.Server] = !op.On
	maps.DeleteFunc(next.tools, func(id catalog.ID, _ bool) bool { return id.Server == op.Server })
	return next
}

// hide adds to the hidden tools whatever is turned off, so that a name which several
// servers share loses that candidate, and takes out what was turned on by hand.
func (s switches) hide(hidden map[catalog.ID]bool, offers []catalog.Offer) map[catalog.ID]bool {
	all := map[catalog.ID]bool{}
	maps.Copy(all, hidden)
	for _, o := range offers {
		for _, t := range o.Tools {
			if id := (catalog.ID{Server: o.Server, Tool: t.ID.Tool}); s.off(id) {
				all[id] = true
			}
		}
	}
	for id, off := range s.tools {
		if !off {
			delete(all, id)
		}
	}
	return all
}

// off tells whether a tool is turned off.
func (s switches) off(id catalog.ID) bool {
	if off, own := s.tools[id]; own {
		return off
	}
	return s.servers[id.Server]
}
