// Package desk is the view of names that several servers offer: what holds for each
// and why, what is remembered, and the keys to change it.
package desk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/form"
	"switchboard/ui/list"
	"switchboard/ui/sheet"
)

// A Desk shows what the host tells of collisions. The zero value is not usable; see
// [New].
type Desk struct {
	theme theme.Theme
	known bool // the host has told something
	now   host.CollisionsListed
	rows  list.List[key]
	at    map[key]entry

	always  bool    // what is changed holds for always
	menu    *menu   // what can be done with the chosen row; nil for closed
	naming  *naming // a name is being typed; nil for none
	details int     // the first line of the details on the screen
	cursor  [2]int  // of the field, as last drawn
	page    int     // rows of the list, as last drawn
}

// naming is a name of the person's own that is being typed.
type naming struct {
	of    candidate
	field form.Field
}

// New makes a desk that knows nothing yet.
func New(t theme.Theme) *Desk { return &Desk{theme: t, at: map[key]entry{}} }

var _ sheet.Sheet = (*Desk)(nil)

// Open asks the host for what there is. The words choose a name.
func (d *Desk) Open(words string) sheet.Action {
	d.menu, d.naming, d.details = nil, nil, 0
	if words != "" {
		d.rows.Set([]key{{clashRow, words}})
		d.fill()
	}
	return sheet.Action{Op: host.ListCollisions{On: true}}
}

// Close ends what Open began.
func (d *Desk) Close() host.Op { return host.ListCollisions{On: false} }

// Apply takes what the host tells of collisions.
func (d *Desk) Apply(e host.Event) {
	if now, ok := e.(host.CollisionsListed); ok {
		d.known, d.now = true, now
		d.always = d.always && now.Lasting
		d.fill()
	}
}

// Press takes a key.
func (d *Desk) Press(k tea.KeyPressMsg) sheet.Action {
	switch {
	case d.naming != nil:
		return d.typeName(k)
	case d.menu != nil:
		return d.choose(k.String())
	}
	return d.command(k.String())
}

// command is a key while neither a menu nor a field is open.
func (d *Desk) command(key string) sheet.Action {
	if d.rows.Press(key, d.page) {
		d.details = 0
		return sheet.Action{}
	}
	switch key {
	case "esc", "q":
		return sheet.Action{Leave: true}
	case "a":
		return d.toggleAlways()
	case "ctrl+d", "]":
		d.Scroll(d.page)
	case "ctrl+u", "[":
		d.Scroll(-d.page)
	case "enter", "space":
		if e, ok := d.chosen(); ok {
			d.menu = d.menuOf(e)
		}
	}
	return sheet.Action{}
}

// toggleAlways changes for how long what is chosen next holds.
func (d *Desk) toggleAlways() sheet.Action {
	if !d.now.Lasting {
		return sheet.Action{Note: "nothing is remembered beyond this session"}
	}
	d.always = !d.always
	return sheet.Action{}
}

// scope is for how long a change holds.
func (d *Desk) scope() host.Scope {
	if d.always {
		return host.Always
	}
	return host.Session
}

// chosen is the row that keys are about.
func (d *Desk) chosen() (entry, bool) {
	k, ok := d.rows.Key()
	e, known := d.at[k]
	return e, ok && known
}

// Paste goes into the field where a name is typed.
func (d *Desk) Paste(text string) {
	if d.naming != nil {
		d.naming.field.Insert(text)
	}
}

// Typing tells whether letters are typed.
func (d *Desk) Typing() bool { return d.naming != nil }

// Scroll moves the details.
func (d *Desk) Scroll(lines int) { d.details = max(0, d.details+lines) }

// Cursor stands where a name is typed.
func (d *Desk) Cursor() (x, y int, ok bool) { return d.cursor[0], d.cursor[1], d.naming != nil }

// Animated is false: a time that passes is told in days.
func (d *Desk) Animated() bool { return false }

// SetTheme changes the colours.
func (d *Desk) SetTheme(t theme.Theme) { d.theme = t }

// since says when something began, as short as it can be told.
func since(at, now time.Time) string {
	switch {
	case at.IsZero():
		return ""
	case now.Sub(at) < 24*time.Hour:
		return ", since " + at.Local().Format("15:04")
	}
	return ", since " + at.Local().Format(time.DateOnly)
}
