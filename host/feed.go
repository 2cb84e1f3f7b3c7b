package host

import (
	"time"
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
	revision uint64 // of the server as it was told last
	told     time.Time

	tools     bool       // that somebody looks at all tools
	toolsTold uint64     // the offer's revision as it was told last, to either view
	infos     []ToolInfo // as of that revision
	budget    Budget
}

func newFeed() feed {
	t := time.NewTicker(time.Hour)
	t.Stop()
	return feed{ticker: t}
}

// inspect turns the feed to a server and tells of it at once.
func (l *loop) inspect(op Inspect) {
	l.feed.server, l.feed.told = op.Server, time.Time{}
	if l.h.fleet.member(op.Server) == nil {
		l.feed.server = ""
	}
	l.pace()
}

// listTools turns the feed of all tools on or off.
func (l *loop) listTools(op ListTools) {
	l.feed.tools, l.feed.toolsTold = op.On, 0
	l.pace()
}

// pace lets the feed run while somebody looks, and tells them at once.
func (l *loop) pace() {
	if l.feed.server == "" && !l.feed.tools {
		l.feed.ticker.Stop()
		return
	}
	l.feed.ticker.Reset(feedEvery)
	l.tick()
}

// tick tells those who look what is new.
func (l *loop) tick() {
	news := l.lookAtTools()
	if l.feed.tools && news {
		l.h.out.Put(ToolsListed{Tools: l.feed.infos, Servers: l.counts(), Budget: l.feed.budget})
	}
	m, now := l.h.fleet.member(l.feed.server), time.Now()
	if m == nil {
		return
	}
	revision := m.Revision()
	if !news && revision == l.feed.revision && now.Sub(l.feed.told) < feedAlways {
		return
	}
	l.feed.revision, l.feed.told = revision, now
	i := m.Inspect()
	i.Launch.Source = m.entry.Source // the entry may have moved in its file since
	l.h.out.Put(ServerInspected{Inspection: i, Tools: l.toolsOf(l.feed.server)})
}
