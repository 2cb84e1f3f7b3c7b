package tray

import (
	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/cells"
)

// A keyCard asks whether a key of the environment may be used.
type keyCard struct{ host.KeyUse }

func (c *keyCard) headline(th theme.Theme) string { return th.Strong.Render(c.summary()) }

func (c *keyCard) summary() string {
	return "use " + clean.Line(c.Variable) + " for " + clean.Line(c.Provider) + "?"
}

func (c *keyCard) facts(th theme.Theme, w int) []string {
	said := "It was found in the environment · nothing has been sent yet"
	return []string{th.Warn.Render(cells.Cut(said, w))}
}

func (c *keyCard) body(th theme.Theme, w int) ([]string, int) {
	s := statement{theme: th, w: w}
	s.fact("goes to", c.Origin)
	if c.Model != "" {
		s.fact("model", c.Model)
	}
	for _, l := range cells.Wrap("What you write, and what the tools answer, goes there too.", max(1, w)) {
		s.lines = append(s.lines, th.Muted.Render(l))
	}
	return s.lines, len(s.lines)
}

func (c *keyCard) folded() bool { return false }
func (c *keyCard) unfold()      {}
func (c *keyCard) restyle()     {}

func (c *keyCard) keys() []choice {
	return []choice{
		{key: "s", label: "use it, this session", answer: host.Approve{Scope: host.Session}, yes: true},
		{key: "a", label: "always", answer: host.Approve{Scope: host.Always}, yes: true},
		{key: "d", label: "no", answer: host.Deny{}},
	}
}
