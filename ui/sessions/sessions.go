// Package sessions is the views of what was recorded: the picker of another session
// to go on with, and the prompts of this one, to branch off before one of them.
package sessions

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/form"
	"switchboard/ui/list"
	"switchboard/ui/sheet"
)

// rowsPerSession is how many rows one session takes: its title, and about it.
const rowsPerSession = 2

// A Picker lists the sessions. What one types searches titles and texts.
type Picker struct {
	theme    theme.Theme
	query    form.Field
	listed   host.SessionsListed
	loaded   bool
	rows     list.List[string]
	sessions map[string]host.SessionInfo
	current  string // the session on the screen
	column   int    // where the cursor stands
	height   int
}

// NewPicker makes a picker.
func NewPicker(t theme.Theme) *Picker { return &Picker{theme: t} }

// Open asks for the sessions; words search them.
func (p *Picker) Open(words string) sheet.Action {
	p.query = form.NewField(words)
	p.loaded = false
	return sheet.Action{Op: host.ListSessions{Query: words}}
}

// Close leaves nothing behind.
func (p *Picker) Close() host.Op { return nil }

// Apply takes the list.
func (p *Picker) Apply(e host.Event) {
	switch e := e.(type) {
	case host.SessionBegan:
		p.current = e.ID
	case host.SessionOpened:
		p.current = e.ID
	case host.SessionsListed:
		if e.Query == p.query.Value() {
			p.take(e)
		}
	}
}

func (p *Picker) take(e host.SessionsListed) {
	p.listed, p.loaded = e, true
	p.sessions = map[string]host.SessionInfo{}
	var ids []string
	for _, s := range e.Sessions {
		if s.ID == p.current {
			continue
		}
		ids = append(ids, s.ID)
		p.sessions[s.ID] = s
	}
	p.rows.Set(ids)
}

// Press takes a key: all that types searches.
func (p *Picker) Press(k tea.KeyPressMsg) sheet.Action {
	switch key := k.String(); key {
	case "esc":
		if p.query.Empty() {
			return sheet.Action{Leave: true}
		}
		p.query.Clear()
		return p.search()
	case "enter":
		id, ok := p.rows.Key()
		if !ok {
			return sheet.Action{}
		}
		return sheet.Action{Op: host.OpenSession{ID: id}, Leave: true}
	case "up", "down", "pgup", "pgdown":
		p.rows.Press(key, p.height/rowsPerSession)
		return sheet.Action{}
	default:
		before := p.query.Value()
		p.query.Press(key, k.Text)
		if p.query.Value() == before {
			return sheet.Action{}
		}
		return p.search()
	}
}

func (p *Picker) search() sheet.Action {
	return sheet.Action{Op: host.ListSessions{Query: p.query.Value()}}
}

// Paste searches for the pasted text; the next key asks for it.
func (p *Picker) Paste(text string) { p.query.Insert(text) }

// Typing is always so.
func (p *Picker) Typing() bool { return true }

// Scroll moves the choice.
func (p *Picker) Scroll(lines int) { p.rows.Move(lines) }

// View draws the search, then the sessions.
func (p *Picker) View(w, h int, now time.Time) []string {
	p.height = max(1, h-4)
	label := "go on with  "
	text, at := p.query.Draw(max(4, w-cells.Width(label)-2))
	p.column = cells.Width(label) + at
	rows := []string{cells.Cut(p.theme.Strong.Render(label)+text, w), ""}
	switch {
	case p.listed.Failed != "":
		rows = append(rows, p.theme.Bad.Render(cells.Cut(p.listed.Failed, w)))
	case !p.loaded:
		rows = append(rows, p.theme.Muted.Render("looking …"))
	case len(p.rows.Keys) == 0:
		rows = append(rows, p.theme.Muted.Render(cells.Cut(p.nothing(), w)))
	}
	from, to := p.rows.Window(p.height / rowsPerSession)
	for i := from; i < to; i++ {
		rows = append(rows, p.row(p.sessions[p.rows.Keys[i]], i == p.rows.Chosen, w, now)...)
	}
	rows = cells.Block(rows, max(1, h-1))
	return append(rows, cells.Cut(p.theme.Faint.Render("type to search titles and texts   enter opens   esc back"), w))
}

func (p *Picker) nothing() string {
	if p.query.Empty() {
		return "no other session is recorded"
	}
	return "no session says that"
}

// row is one session.
func (p *Picker) row(s host.SessionInfo, chosen bool, w int, now time.Time) []string {
	title := cells.Cut("  "+clean.Line(s.Title), w)
	if chosen {
		title = p.theme.Selected.Render(cells.Fit("› "+clean.Line(s.Title), w))
	}
	about := amount.Elapsed(now.Sub(s.Changed)) + " ago · " + amount.Count(s.Turns, "turn") + " · " + clean.Line(s.Dir)
	if s.Parent != "" {
		about += " · branch"
	}
	if s.Found != "" {
		about = "… " + clean.Line(s.Found) + " …"
	}
	return []string{title, p.theme.Muted.Render(cells.Cut("    "+about, w))}
}

// Cursor stands in the search.
func (p *Picker) Cursor() (x, y int, ok bool) { return p.column, 0, true }

// Animated is false: ages change slowly.
func (p *Picker) Animated() bool { return false }

// SetTheme changes every style.
func (p *Picker) SetTheme(t theme.Theme) { p.theme = t }
