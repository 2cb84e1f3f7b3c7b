package host

import (
	"slices"
	"strings"
	"time"

	"switchboard/host/catalog"
)

// feedEvery is how often an open view of a server is told of news, and feedAlways
// how often it is told even without: processor time and memory change silently.
const (
	feedEvery  = time.Second / 5
	feedAlways = time.Second
)

// A feed keeps the open views of servers and tools up to date. While none is open
// it costs nothing. It belongs to the loop.
type feed struct {
	ticker   *time.Ticker
	server   string // that is looked into; "" for none
	revision uint64 // of what was told last
	told     time.Time
}

func newFeed() feed {
	t := time.NewTicker(time.Hour)
	t.Stop()
	return feed{ticker: t}
}

// inspect turns the feed to a server and tells of it at once.
func (l *loop) inspect(op Inspect) {
	l.feed.server, l.feed.told = op.Server, time.Time{}
	if l.h.fleet.byName[op.Server] == nil {
		l.feed.server = ""
		l.feed.ticker.Stop()
		return
	}
	l.feed.ticker.Reset(feedEvery)
	l.tick()
}

// tick tells of the server that is looked into, if there is news.
func (l *loop) tick() {
	m := l.h.fleet.byName[l.feed.server]
	if m == nil {
		return
	}
	revision, now := m.Revision(), time.Now()
	if revision == l.feed.revision && now.Sub(l.feed.told) < feedAlways {
		return
	}
	l.feed.revision, l.feed.told = revision, now
	l.h.out.Put(ServerInspected{Inspection: m.Inspect(), Tools: l.toolsOf(l.feed.server)})
}

// toolsOf describes one server's tools as the catalogue holds them.
func (l *loop) toolsOf(name string) []ToolInfo {
	c := l.h.wall.look().catalog
	offered := map[catalog.ID]string{}
	for _, e := range c.Entries() {
		for _, t := range e.Tools {
			offered[t.ID] = e.Name
		}
	}
	why := map[catalog.ID]string{}
	for _, s := range c.Shadowed() {
		why[s.Tool.ID] = s.Reason
	}
	for _, p := range c.Problems() {
		why[p.ID] = p.Message
	}
	var infos []ToolInfo
	for _, t := range l.tools[name] {
		t.ID.Server = name
		infos = append(infos, ToolInfo{Tool: t, Name: offered[t.ID], Why: why[t.ID]})
	}
	slices.SortFunc(infos, func(a, b ToolInfo) int { return strings.Compare(a.Tool.ID.Tool, b.Tool.ID.Tool) })
	return infos
}
