// Package servers shows the servers: a pane with every one's lamp, a strip of
// lamps where there is no room for a pane, and one server's details.
package servers

import (
	"cmp"
	"slices"
	"strings"

	"switchboard/host"
	"switchboard/theme"
)

// A Pane holds the newest status of every server and which one is chosen.
type Pane struct {
	theme   theme.Theme
	list    []host.ServerStatus // what needs attention first, else by name
	chosen  string
	focused bool
	top     int // first line on the screen while focused

	drawn []string // the pane as last drawn; nil after a change
	size  [2]int   // its width and height
}

// New makes an empty pane.
func New(t theme.Theme) *Pane { return &Pane{theme: t} }

// SetTheme changes the colours.
func (p *Pane) SetTheme(t theme.Theme) { p.theme, p.drawn = t, nil }

// Apply takes a server's newest status. The chosen server stays chosen wherever
// it moves to.
func (p *Pane) Apply(s host.ServerStatus) {
	p.drawn = nil
	if i := p.index(s.Name); i >= 0 {
		p.list[i] = s
	} else {
		p.list = append(p.list, s)
	}
	slices.SortFunc(p.list, func(a, b host.ServerStatus) int {
		return cmp.Or(urgency(a.State)-urgency(b.State), strings.Compare(a.Name, b.Name))
	})
	p.chooseAny()
}

// Len is how many servers there are.
func (p *Pane) Len() int { return len(p.list) }

// Ready is how many servers are ready.
func (p *Pane) Ready() int { return p.count(host.ServerReady) }

// Animated tells whether a lamp moves or a time runs.
func (p *Pane) Animated() bool {
	return p.count(host.ServerStarting) > 0
}

// Focus gives the pane the keys and chooses its first server, if none is chosen.
func (p *Pane) Focus() {
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
func (p *Pane) Blur() { p.focused, p.top, p.drawn = false, 0, nil }

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
