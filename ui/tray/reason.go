package tray

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/form"
)

const (
	// reasonPrompt stands before the input for a reason.
	reasonPrompt = "why not? "
	// besideReason is how many rows of the card stay in sight under a reason.
	besideReason = 12
)

// A reasonPanel asks why something is not to be. Enter sends it, and nothing too: a
// denial is the answer that does no harm.
type reasonPanel struct {
	of     card
	field  form.Field
	says   string // what enter does
	answer func(reason string) host.Answer
	column int
}

// denyWithReason is the key for a denial that says why.
func denyWithReason(c card) choice {
	return choice{key: "r", label: "deny with a reason", rank: 1, open: func() panel {
		return &reasonPanel{
			of: c, says: "denies with this reason",
			answer: func(reason string) host.Answer { return host.Deny{Reason: reason} },
		}
	}}
}

func (p *reasonPanel) body(th theme.Theme, w int) ([]string, int) {
	said, at := p.field.Draw(max(2, w-len(reasonPrompt)))
	p.column = len(reasonPrompt) + at
	lines := []string{th.Warn.Render(reasonPrompt) + said, ""}
	below, _ := p.of.body(th, w)
	return append(lines, below[:min(besideReason, len(below))]...), 0
}

func (p *reasonPanel) keys() []choice {
	return []choice{{key: "enter", label: p.says, answer: p.answer(strings.TrimSpace(p.field.Value()))}}
}

func (p *reasonPanel) press(k tea.KeyPressMsg) bool { return p.field.Press(k.String(), k.Text) }

// paste makes one line of what was pasted.
func (p *reasonPanel) paste(text string) { p.field.Insert(strings.Join(strings.Fields(text), " ")) }

func (p *reasonPanel) at() (row, column int) { return 0, p.column }
