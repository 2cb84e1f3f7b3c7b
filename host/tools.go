package host

import (
	"cmp"
	"context"
	"slices"

	"switchboard/host/catalog"
)

// seat has a model answer from the next turn on. Each has an offer of its own: when
// the person comes back to it, it is sent what it knows.
func (l *loop) seat(m *ModelChoice) {
	l.h.seat.Store(m)
	info := m.Model.Info()
	if l.sent[info] == nil {
		l.sent[info] = newOffer(info, l.sources.settings.Tools)
	}
	l.offer, l.feed.toolsTold = l.sent[info], 0
}

// setTool turns a tool, or all of a server's, on or off for this session. A step
// that runs keeps what it was given.
func (l *loop) setTool(ctx context.Context, op SetTool) {
	l.switches = l.switches.with(op)
	l.hang(ctx)
	if l.feed.tools || l.feed.server != "" {
		l.tick()
	}
}

// called counts a call that the model had made.
func (l *loop) called(id catalog.ID) {
	l.calls[id]++
	l.offer.revision.Add(1)
}

// lookAtTools takes down what is to be said of the tools; false when that is
// what it was.
func (l *loop) lookAtTools() bool {
	revision := l.offer.revision.Load()
	if revision == l.feed.toolsTold {
		return false
	}
	l.feed.toolsTold = revision
	b := l.h.wall.look()
	l.feed.infos, l.feed.budget = l.offer.infos(b.catalog, l.switches.off, l.calls)
	for i := range l.feed.infos {
		l.feed.infos[i].Off = b.choices.Hidden[l.feed.infos[i].Tool.ID]
	}
	return true
}

// toolsOf describes one server's tools.
func (l *loop) toolsOf(server string) []ToolInfo {
	var own []ToolInfo
	for _, info := range l.feed.infos {
		if info.Tool.ID.Server == server {
			own = append(own, info)
		}
	}
	return own
}

// counts tells how much of each kind each server brings.
func (l *loop) counts() []ServerCounts {
	var all []ServerCounts
	for server, counts := range l.h.wall.look().catalog.Counts() {
		all = append(all, ServerCounts{Server: server, Off: l.switches.servers[server], Counts: counts})
	}
	slices.SortFunc(all, func(a, b ServerCounts) int { return cmp.Compare(a.Server, b.Server) })
	return all
}
