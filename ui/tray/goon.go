package tray

import (
	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// A goOnCard asks whether a long turn goes on.
type goOnCard struct{ host.GoOn }

func (c *goOnCard) headline(th theme.Theme) string { return th.Strong.Render(c.summary()) }

func (c *goOnCard) summary() string {
	return "the model was asked " + amount.Count(c.Steps, "time") + " in this turn: go on?"
}

func (c *goOnCard) facts(th theme.Theme, w int) []string {
	return []string{th.Muted.Render(cells.Cut("What it has done so far stays in the conversation either way.", w))}
}

func (c *goOnCard) body(theme.Theme, int) ([]string, int) { return nil, 0 }
func (c *goOnCard) folded() bool                          { return false }
func (c *goOnCard) unfold()                               {}
func (c *goOnCard) restyle()                              {}

func (c *goOnCard) keys() []choice {
	return []choice{
		{key: "g", label: "go on", answer: host.Proceed{}, yes: true},
		{key: "d", label: "stop here", answer: host.Deny{}},
	}
}
