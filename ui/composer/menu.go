package composer

import (
	"slices"
	"strings"

	"switchboard/theme"
	"switchboard/ui/cells"
)

// maxOffers is how many commands are shown at a time.
const maxOffers = 6

// A Command is something that can be typed behind a slash.
type Command struct {
	Name string // without the slash
	Args string // what follows, for the eye: "[NAME]"; empty for nothing
	Help string // what it does, in a few words
	// Words lists what may follow, such as the names of servers; nil for nothing.
	Words func() []string
}

// An offer is one line of the menu.
type offer struct {
	text string // the draft, if it is taken
	show string // the left column
	help string
	more bool // something may follow: taking it does not send
}

// A menu offers what a draft that begins with a slash may become.
type menu struct {
	commands []Command
	offers   []offer
	chosen   int    // -1 while nothing is: enter then sends the draft as it stands
	draft    string // that the offers are for
	closed   string // the draft for which the person has closed it
}

// look finds the offers for a draft.
func (m *menu) look(draft string) {
	if draft == m.draft && draft != m.closed {
		return
	}
	m.draft, m.offers, m.chosen = draft, nil, 0
	name, slash := strings.CutPrefix(draft, "/")
	if !slash || strings.ContainsAny(draft, "\n") || draft == m.closed {
		return
	}
	m.closed = ""
	if command, rest, spaced := strings.Cut(name, " "); spaced {
		m.lookBehind(command, rest)
	} else {
		m.lookUp(name)
	}
}

// lookUp offers commands: those that begin with what is typed, then those that
// hold it.
func (m *menu) lookUp(name string) {
	var inside []offer
	for _, c := range m.commands {
		o := offer{"/" + c.Name, strings.TrimSpace("/" + c.Name + " " + c.Args), c.Help, c.Args != ""}
		switch {
		case strings.HasPrefix(c.Name, name):
			m.offers = append(m.offers, o)
		case strings.Contains(c.Name, name):
			inside = append(inside, o)
		}
	}
	m.offers = append(m.offers, inside...)
}

// lookBehind offers what may follow a command; not what is there in full.
func (m *menu) lookBehind(command, typed string) {
	i := slices.IndexFunc(m.commands, func(c Command) bool { return c.Name == command })
	if i < 0 || m.commands[i].Words == nil {
		return
	}
	if typed == "" {
		m.chosen = -1
	}
	for _, word := range m.commands[i].Words() {
		if strings.HasPrefix(strings.ToLower(word), strings.ToLower(typed)) && word != typed {
			m.offers = append(m.offers, offer{"/" + command + " " + word, word, "", false})
		}
	}
}

func (m *menu) open() bool { return len(m.offers) > 0 }

// move chooses another offer; behind the last comes the first.
func (m *menu) move(by int) {
	if m.chosen < 0 && by < 0 {
		m.chosen = 0
	}
	m.chosen = (m.chosen + by + len(m.offers)) % len(m.offers)
}

func (m *menu) rows() int { return min(maxOffers, len(m.offers)) }

// view draws the offers around the chosen one.
func (m *menu) view(t theme.Theme, w int) []string {
	top := max(0, min(m.chosen-maxOffers/2, len(m.offers)-maxOffers))
	column := 0
	for _, o := range m.offers {
		column = max(column, cells.Width(o.show))
	}
	column = min(column, max(8, w/2-promptWidth))
	var out []string
	for i, o := range m.offers[top : top+m.rows()] {
		sign, style := "   ", t.Muted
		if top+i == m.chosen {
			sign, style = " ▸ ", t.Key
		}
		line := sign + style.Render(cells.Fit(o.show, column)) + "  " + t.Faint.Render(o.help)
		out = append(out, cells.Cut(line, w))
	}
	return out
}

// SetCommands says what can be typed behind a slash, in the order of the menu.
func (c *Composer) SetCommands(commands []Command) { c.menu.commands = commands }

// Choosing tells whether the menu is open; up, down and enter then work on it.
func (c *Composer) Choosing() bool { return c.menu.open() }

// Complete makes the draft what the menu has chosen, and tells whether there was
// something to complete.
func (c *Composer) Complete() bool {
	if c.menu.open() {
		c.menu.chosen = max(0, c.menu.chosen)
	}
	o, ok := c.menu.pick()
	if !ok {
		return false
	}
	if o.more {
		o.text += " "
	}
	c.area.SetValue(o.text)
	c.area.MoveToEnd()
	c.changed()
	return true
}

// Dismiss closes the menu until the draft is another one, and tells whether it
// was open.
func (c *Composer) Dismiss() bool {
	was := c.menu.open()
	if was {
		c.menu.closed = c.Draft()
		c.changed()
	}
	return was
}

func (m *menu) pick() (offer, bool) {
	if !m.open() || m.chosen < 0 {
		return offer{}, false
	}
	return m.offers[m.chosen], true
}

// changed has everything looked at anew that hangs on the draft.
func (c *Composer) changed() {
	c.rows = nil
	c.menu.look(c.Draft())
}
