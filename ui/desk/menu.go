package desk

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/form"
	"switchboard/ui/sheet"
)

// An option is one thing that can be done with a row.
type option struct {
	label string // safe to show
	op    host.Op
	says  string     // told when it is done
	name  *candidate // to be given a name
}

// A menu is what can be done with one row.
type menu struct {
	of      key
	options []option
	at      int
}

// meanings say what the strategies do.
var meanings = map[host.Strategy]string{
	catalog.Ask:         "ask: the first call of a name waits until you chose",
	catalog.Namespace:   "namespace: offer each under its prefix",
	catalog.Priority:    "priority: the first server in the order takes it",
	catalog.Describe:    "describe: the model picks by a parameter server",
	catalog.AskEachCall: "ask-each-call: you pick at every call",
}

// menuOf lists what can be done with a row.
func (d *Desk) menuOf(e entry) *menu {
	m := &menu{of: e.key}
	switch e.kind {
	case clashRow:
		m.options = d.clashOptions(e)
	case allRow, serverRow:
		m.options = d.strategies(host.SetStrategy{Server: e.key.name, Scope: host.Session})
		m.options = append(m.options, option{label: "take back what you said in this session", op: host.SetStrategy{Server: e.key.name, Scope: host.Session}})
	case ownRow:
		m.options = d.ownOptions(e)
	case rememberedRow:
		m.options = []option{{
			label: "forget it", op: host.ForgetChoice{ID: e.remembered.ID}, says: "forgotten",
		}}
	}
	return m
}

// strategies are an option each, for a name, a server or all.
func (d *Desk) strategies(op host.SetStrategy) []option {
	var all []option
	for _, s := range catalog.Strategies() {
		op.Strategy = s
		all = append(all, option{label: meanings[s], op: op})
	}
	return all
}

func (d *Desk) clashOptions(e entry) []option {
	op := host.SetStrategy{Tool: e.key.name, Scope: d.scope()}
	var all []option
	for _, c := range e.clash.Candidates {
		give := op
		give.Strategy = catalog.Server(c.Tool.ID.Server)
		all = append(all, option{label: "give it to " + clean.Line(c.Tool.ID.Server), op: give})
	}
	all = append(all, d.strategies(op)...)
	for _, c := range e.candidates() {
		server := clean.Line(c.id.Server)
		all = append(all,
			option{label: "give that of " + server + " a name of your own …", name: &c},
			option{label: "never offer that of " + server, op: host.HideTool{Tool: c.id, Hidden: true, Scope: d.scope()}})
	}
	return append(all, option{label: "take back what you said in this session", op: host.SetStrategy{Tool: e.key.name, Scope: host.Session}})
}

func (d *Desk) ownOptions(e entry) []option {
	c := e.candidates()[0]
	if e.own.Hidden {
		return []option{{label: "offer it again", op: host.HideTool{Tool: c.id, Scope: d.scope()}}}
	}
	return []option{
		{label: "take the name away", op: host.NameTool{Tool: c.id, Scope: d.scope()}},
		{label: "give it another name …", name: &c},
		{label: "never offer it", op: host.HideTool{Tool: c.id, Hidden: true, Scope: d.scope()}},
	}
}

// choose takes a key while the menu is open.
func (d *Desk) choose(key string) sheet.Action {
	m := d.menu
	switch key {
	case "esc", "q", "left":
		d.menu = nil
	case "up", "k":
		m.at = max(0, m.at-1)
	case "down", "j":
		m.at = min(m.at+1, len(m.options)-1)
	case "a":
		return d.rescope()
	case "enter", "space":
		return d.do(m.options[m.at])
	}
	return sheet.Action{}
}

// rescope changes for how long the open menu's options hold.
func (d *Desk) rescope() sheet.Action {
	action := d.toggleAlways()
	if e, here := d.at[d.menu.of]; here {
		at := d.menu.at
		d.menu = d.menuOf(e)
		d.menu.at = min(at, len(d.menu.options)-1)
	}
	return action
}

func (d *Desk) do(o option) sheet.Action {
	d.menu = nil
	if o.name != nil {
		d.naming = &naming{of: *o.name, field: form.NewField(d.suggest(*o.name))}
		return sheet.Action{}
	}
	return sheet.Action{Op: o.op, Note: o.says}
}

// suggest is a name to begin with: that of the tool behind its server's or, where
// that is taken, the prefixed one.
func (d *Desk) suggest(c candidate) string {
	for _, name := range []string{c.id.Tool + "_" + c.id.Server, c.prefixed} {
		if d.now.Names.Check(c.id, name) == nil {
			return name
		}
	}
	return ""
}

// typeName takes a key while a name is typed.
func (d *Desk) typeName(k tea.KeyPressMsg) sheet.Action {
	n := d.naming
	switch k.String() {
	case "esc":
		d.naming = nil
	case "enter":
		name := strings.TrimSpace(n.field.Value())
		if err := d.now.Names.Check(n.of.id, name); err != nil {
			return sheet.Action{Note: clean.Line(err.Error())}
		}
		d.naming = nil
		return sheet.Action{Op: host.NameTool{Tool: n.of.id, Alias: name, Scope: d.scope()}}
	default:
		n.field.Press(k.String(), k.Text)
	}
	return sheet.Action{}
}

// has tells whether a menu's row is still there.
func (d *Desk) has(k key) bool { return slices.Contains(d.rows.Keys, k) }
