package tray

import (
	"encoding/json"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// An alwaysPanel makes a grant that lasts: the tool with any arguments, or where
// those that one points at have the values of this call. It shows all that would be
// granted, and how many of the last calls that would have let through.
type alwaysPanel struct {
	of    *approvalCard
	named map[string]json.RawMessage // the arguments by the names that they have
	cur   int
	match []string // the arguments that are pointed at
	row   int      // of the last body, where the cursor is

	rule    string // in its written form, safe to show
	problem string // why there is no such rule
	n, all  int    // of the past calls
}

func newAlwaysPanel(c *approvalCard) *alwaysPanel {
	p := &alwaysPanel{of: c}
	_ = json.Unmarshal(c.Arguments, &p.named) // what is no object has no names to point at
	if !c.Offers(host.Always) && len(c.args) > 0 && p.named[c.args[0].name] != nil {
		p.match = []string{c.args[0].name}
	}
	p.weigh()
	return p
}

// scope is any arguments where none is pointed at.
func (p *alwaysPanel) scope() host.Scope {
	if len(p.match) > 0 {
		return host.AlwaysMatching
	}
	return host.Always
}

// weigh looks at what the grant would be.
func (p *alwaysPanel) weigh() {
	p.rule, p.problem = "", ""
	if !p.of.Offers(p.scope()) {
		p.problem = "any arguments at all are not on offer here: point at those that matter"
		return
	}
	rule, err := p.of.Grant(p.scope(), p.match)
	if err != nil {
		p.problem = clean.Line(err.Error())
		return
	}
	p.rule = clean.Line(rule)
	p.n, p.all = len(p.of.Past), len(p.of.Past)
	if len(p.match) > 0 {
		p.n, p.all = p.of.Covers(p.match)
	}
}

func (p *alwaysPanel) body(th theme.Theme, w int) ([]string, int) {
	lines := p.granted(th, w)
	must := len(lines)
	if len(p.of.args) > 0 {
		lines = append(lines, "", th.Faint.Render(cells.Cut("point at the arguments that matter; the others may be anything", w)))
	}
	for i, a := range p.of.args {
		if i == p.cur {
			p.row = len(lines)
		}
		lines = append(lines, p.argument(th, a, i == p.cur, w))
		must = len(lines)
	}
	return lines, must
}

// granted is all that the grant would let through, or why there can be none.
func (p *alwaysPanel) granted(th theme.Theme, w int) []string {
	if p.problem != "" {
		return cells.Wrap(th.Bad.Render("✗ "+p.problem), w)
	}
	lines := []string{th.Muted.Render(cells.Cut("allows from now on, for 180 days:", w))}
	for _, l := range cells.Chop(p.rule, max(1, w-2)) {
		lines = append(lines, "  "+th.Strong.Render(l))
	}
	ends := "until this definition changes, or how " + clean.Line(p.of.Tool.ID.Server) + " is started"
	lines = append(lines, cells.Wrap(th.Muted.Render(ends), w)...)
	if p.all > 0 {
		said := fmt.Sprintf("would have allowed %d of the last %s", p.n, amount.Count(p.all, "call"))
		lines = append(lines, th.Accent.Render(cells.Cut(said, w)))
	}
	return lines
}

// argument is one of them, pointed at or not.
func (p *alwaysPanel) argument(th theme.Theme, a argument, here bool, w int) string {
	mark, style := "  □ ", th.Muted
	value := "anything"
	if slices.Contains(p.match, a.name) {
		mark, style, value = "  ■ ", th.Text, a.lines[0]
	}
	if here {
		mark = "›" + mark[1:]
	}
	return cells.Cut(th.Accent.Render(mark)+style.Render(a.key+": ")+style.Render(cells.Cut(value, w)), w)
}

func (p *alwaysPanel) keys() []choice {
	var keys []choice
	if p.problem == "" {
		keys = append(keys, choice{
			key: "a", label: "allow from now on", yes: true,
			answer: host.Approve{Scope: p.scope(), Match: p.match, Hash: p.of.hash},
		})
	}
	if len(p.of.args) > 0 {
		keys = append(keys, choice{key: "space", label: "points", do: p.point})
	}
	return keys
}

// point takes the argument under the cursor in, or out again.
func (p *alwaysPanel) point() change {
	name := p.of.args[p.cur].name
	if p.named[name] == nil {
		return change{note: "its name hides characters, so that no rule can point at it"}
	}
	if i := slices.Index(p.match, name); i >= 0 {
		p.match = slices.Delete(slices.Clone(p.match), i, i+1)
	} else {
		p.match = append(slices.Clone(p.match), name)
	}
	p.weigh()
	return change{}
}

func (p *alwaysPanel) press(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "up", "k":
		p.cur = max(0, p.cur-1)
	case "down", "j":
		p.cur = max(0, min(p.cur+1, len(p.of.args)-1))
	case "enter":
	default:
		return false
	}
	return true
}

func (p *alwaysPanel) paste(string) {}

func (p *alwaysPanel) at() (row, column int) {
	if len(p.of.args) == 0 {
		return -1, -1
	}
	return p.row, -1
}
