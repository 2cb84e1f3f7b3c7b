// Package toolbox shows every tool of every server in one list: under which name
// the model is offered it, what it costs, how often it was called, and why it is
// not offered where it is not. Tools are turned off and on here.
package toolbox

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/theme"
	"switchboard/ui/list"
	"switchboard/ui/sheet"
)

// A Toolbox is the sheet behind /tools.
type Toolbox struct {
	theme  theme.Theme
	told   host.ToolsListed
	heard  bool // the host has told of the tools since the sheet was opened
	tools  map[catalog.ID]host.ToolInfo
	list   list.List[catalog.ID] // one without a Tool is a server's own row
	filter list.Filter
	room   int // rows of the list, as last drawn
	typeAt int // the row of the filter, as last drawn
}

// New makes a toolbox that knows of no tools yet.
func New(t theme.Theme) *Toolbox { return &Toolbox{theme: t} }

var _ sheet.Sheet = (*Toolbox)(nil)

// Open asks the host for the tools. The words narrow the list down.
func (b *Toolbox) Open(words string) sheet.Action {
	b.heard = false
	b.filter.Clear()
	b.filter.Field().Insert(words)
	b.refresh()
	return sheet.Action{Op: host.ListTools{On: true}}
}

// Close ends what Open asked for.
func (b *Toolbox) Close() host.Op { return host.ListTools{} }

// Apply takes the newest list.
func (b *Toolbox) Apply(e host.Event) {
	if listed, ok := e.(host.ToolsListed); ok {
		b.told, b.heard = listed, true
		b.refresh()
	}
}

// refresh makes the rows: each server, and below it those of its tools that the
// filter leaves. A server of which it leaves none is left out.
func (b *Toolbox) refresh() {
	b.tools = make(map[catalog.ID]host.ToolInfo, len(b.told.Tools))
	left := map[string][]catalog.ID{}
	words := b.filter.Words()
	for _, info := range b.told.Tools {
		id := info.Tool.ID
		b.tools[id] = info
		if list.Holds(searched(info), words) {
			left[id.Server] = append(left[id.Server], id)
		}
	}
	var rows []catalog.ID
	for _, server := range b.servers() {
		if len(left[server]) > 0 || len(words) == 0 {
			rows = append(append(rows, catalog.ID{Server: server}), left[server]...)
		}
	}
	b.list.Set(rows)
}

// servers are all those that bring something, by name.
func (b *Toolbox) servers() []string {
	var names []string
	for _, s := range b.told.Servers {
		names = append(names, s.Server)
	}
	for _, info := range b.told.Tools {
		names = append(names, info.Tool.ID.Server)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// searched is the text of a tool that the filter looks into.
func searched(info host.ToolInfo) string {
	text := info.Tool.ID.String() + " " + info.Name + " " + info.Tool.Title.Raw() + " " + info.Tool.Description.Raw() + " " + info.Why
	if info.Off {
		text += " off"
	}
	if info.Calls == 0 {
		text += " never"
	}
	if len(info.Repairs) > 0 {
		text += " repaired"
	}
	return text
}

// Press takes a key.
func (b *Toolbox) Press(k tea.KeyPressMsg) sheet.Action {
	key := k.String()
	if b.filter.Typing {
		if b.filter.Press(key, k.Text) {
			b.refresh()
		}
		return sheet.Action{}
	}
	id, ok := b.list.Key()
	switch {
	case key == "esc" || key == "q":
		return b.back()
	case key == "/":
		b.filter.Typing = true
	case key == "space" && ok && id.Tool != "":
		return b.toggle(id)
	case (key == "S" || key == "space") && ok:
		return b.toggleServer(id.Server)
	case key == "enter" && ok:
		return sheet.Action{Run: "/servers " + id.Server}
	default:
		b.list.Press(key, b.room)
	}
	return sheet.Action{}
}

// back ends the filter, or leaves.
func (b *Toolbox) back() sheet.Action {
	had := b.filter.Back()
	b.refresh()
	return sheet.Action{Leave: !had}
}

// Paste takes pasted text while one types; it never presses keys.
func (b *Toolbox) Paste(text string) {
	if b.filter.Typing {
		b.filter.Field().Insert(text)
		b.refresh()
	}
}

// Typing tells whether letters go into the filter.
func (b *Toolbox) Typing() bool { return b.filter.Typing }

// Scroll moves through the list.
func (b *Toolbox) Scroll(lines int) { b.list.Move(lines) }

// Cursor is where one types into the filter.
func (b *Toolbox) Cursor() (x, y int, ok bool) { return b.filter.Column, b.typeAt, b.filter.Typing }

// Animated is false: nothing in the list moves by itself.
func (b *Toolbox) Animated() bool { return false }

// SetTheme changes the colours.
func (b *Toolbox) SetTheme(t theme.Theme) { b.theme = t }

// View draws the sheet.
func (b *Toolbox) View(w, h int, _ time.Time) []string { return b.draw(w, h) }
