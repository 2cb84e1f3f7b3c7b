// Package servers shows the servers: a pane with every one's lamp and what it does,
// and a strip of lamps where there is no room for a pane.
package servers

import (
	"cmp"
	"slices"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/cells"
)

// A Pane holds the newest status of every server and which one is chosen.
type Pane struct {
	theme   theme.Theme
	list    []host.ServerStatus // what needs attention first, else as configured
	order   map[string]int      // by name: the place in the configuration
	longest int                 // cells of the longest name
	chosen  string
	focused bool
	top     int // the first server on the screen

	drawn []string // the pane as last drawn; nil after a change
	owner []string // by row: the server drawn there, "" for none
	size  [2]int   // its width and height
}

// New makes an empty pane.
func New(t theme.Theme) *Pane { return &Pane{theme: t, order: map[string]int{}} }

// SetTheme changes the colours.
func (p *Pane) SetTheme(t theme.Theme) { p.theme, p.drawn = t, nil }

// Apply takes a server's newest status. The servers come for the first time in the
// order of the configuration. While the pane has the keys no row changes its place
// under the person's cursor.
func (p *Pane) Apply(s host.ServerStatus) {
	p.drawn = nil
	if i := p.index(s.Name); i >= 0 {
		p.list[i] = s
	} else {
		p.list = append(p.list, s)
		if _, placed := p.order[s.Name]; !placed {
			p.order[s.Name] = len(p.order)
		}
		p.longest = max(p.longest, cells.Width(clean.Line(s.Name)))
	}
	p.sort()
	p.chooseAny()
}

// Keep drops all servers but these, and takes over their order. Those of them that
// are not known yet follow with their status.
func (p *Pane) Keep(names []string) {
	p.drawn, p.longest = nil, 0
	clear(p.order)
	for i, name := range names {
		p.order[name] = i
	}
	p.list = slices.DeleteFunc(p.list, func(s host.ServerStatus) bool { return !slices.Contains(names, s.Name) })
	for _, s := range p.list {
		p.longest = max(p.longest, cells.Width(clean.Line(s.Name)))
	}
	p.sort()
	p.chooseAny()
}

// sort puts what needs attention first, unless a person is choosing.
func (p *Pane) sort() {
	if p.focused {
		return
	}
	slices.SortStableFunc(p.list, func(a, b host.ServerStatus) int {
		return cmp.Or(urgency(a.State)-urgency(b.State), p.order[a.Name]-p.order[b.Name])
	})
}

// Len is how many servers there are.
func (p *Pane) Len() int { return len(p.list) }

// Ready is how many servers are ready.
func (p *Pane) Ready() int { return p.count(host.ServerReady) }

// Names lists the servers in the order of the configuration.
func (p *Pane) Names() []string {
	names := make([]string, len(p.list))
	for i, s := range p.list {
		names[i] = s.Name
	}
	slices.SortFunc(names, func(a, b string) int { return p.order[a] - p.order[b] })
	return names
}

// Has tells whether there is a server of that name.
func (p *Pane) Has(name string) bool { return p.index(name) >= 0 }

// Animated tells whether a lamp moves or tenths of a second run.
func (p *Pane) Animated() bool { return p.count(host.ServerStarting) > 0 }

// Counting tells whether a time in whole seconds runs: of a call, until the next
// start, or of evidence that has grown old.
func (p *Pane) Counting(now time.Time) bool {
	return slices.ContainsFunc(p.list, func(s host.ServerStatus) bool {
		return len(s.Running) > 0 || s.State == host.ServerBackoff && !s.RetryAt.IsZero() || aged(s, now) != "" || delta(s, now) != "" && !s.Listed.IsZero()
	})
}

// Focus gives the pane the keys and chooses its first server, if none is chosen.
func (p *Pane) Focus() {
	p.sort()
	p.focused, p.drawn = true, nil
	p.chooseAny()
}

// chooseAny sees to it that a server is chosen while the pane has the keys.
func (p *Pane) chooseAny() {
	if p.focused && p.index(p.chosen) < 0 && len(p.list) > 0 {
		p.chosen = p.list[0].Name
	}
}

// Blur takes the keys away.
func (p *Pane) Blur() {
	p.focused, p.top, p.drawn = false, 0, nil
	p.sort()
}

// Move chooses the server that many rows further down, or up when negative.
func (p *Pane) Move(rows int) {
	if len(p.list) == 0 {
		return
	}
	i := max(0, p.index(p.chosen)) + rows
	p.chosen, p.drawn = p.list[min(max(0, i), len(p.list)-1)].Name, nil
}

// Choose chooses a server by name; unknown names change nothing.
func (p *Pane) Choose(name string) {
	if p.index(name) >= 0 {
		p.chosen, p.drawn = name, nil
	}
}

// Chosen is the newest status of the chosen server; false when there is none.
func (p *Pane) Chosen() (host.ServerStatus, bool) {
	i := p.index(p.chosen)
	if i < 0 {
		return host.ServerStatus{}, false
	}
	return p.list[i], true
}

func (p *Pane) index(name string) int {
	return slices.IndexFunc(p.list, func(s host.ServerStatus) bool { return s.Name == name })
}

func (p *Pane) count(state host.ServerState) int {
	n := 0
	for _, s := range p.list {
		if s.State == state {
			n++
		}
	}
	return n
}
