// Package ledger is the view of all that lets calls through or stops them: the rules
// of files, flags and answers, and what is remembered of servers, with where each
// comes from, its age and its use, and the keys to take one back.
package ledger

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/list"
	"switchboard/ui/sheet"
)

// A Ledger shows what the host tells of grants. The zero value is not usable; see
// [New].
type Ledger struct {
	theme  theme.Theme
	known  bool // the host has told something
	now    host.GrantsListed
	rows   list.List[string]
	at     map[string]host.Grant
	filter list.Filter
	doubt  string // the row whose revocation was asked for once
	page   int    // rows of the list, as last drawn
	row    int    // of the filter, as last drawn
}

// New makes a ledger that knows nothing yet.
func New(t theme.Theme) *Ledger { return &Ledger{theme: t, at: map[string]host.Grant{}} }

var _ sheet.Sheet = (*Ledger)(nil)

// Open asks the host for what there is. The words narrow the list down.
func (l *Ledger) Open(words string) sheet.Action {
	l.doubt = ""
	l.filter.Clear()
	if words != "" {
		l.filter.Field().Insert(words)
	}
	l.fill()
	return sheet.Action{Op: host.ListGrants{On: true}}
}

// Close ends what Open began.
func (l *Ledger) Close() host.Op { return host.ListGrants{} }

// Apply takes what the host tells of grants.
func (l *Ledger) Apply(e host.Event) {
	if now, ok := e.(host.GrantsListed); ok {
		l.known, l.now = true, now
		l.fill()
	}
}

// fill makes rows of the entries that the filter leaves.
func (l *Ledger) fill() {
	var keys []string
	words := l.filter.Words()
	clear(l.at)
	for _, g := range l.now.Entries {
		if text := g.Text.Line() + " " + g.Origin.Line() + " " + string(g.Kind); !list.Holds(text, words) {
			continue
		}
		k := key(g)
		if _, twice := l.at[k]; twice {
			continue // the same rule from the same place does nothing more
		}
		l.at[k] = g
		keys = append(keys, k)
	}
	l.rows.Set(keys)
}

// key tells entries apart: those of files and flags have no id.
func key(g host.Grant) string { return g.ID + "\n" + g.Text.Raw() + "\n" + g.Origin.Raw() }

// Press takes a key.
func (l *Ledger) Press(k tea.KeyPressMsg) sheet.Action {
	if l.filter.Typing {
		if l.filter.Press(k.String(), k.Text) {
			l.fill()
		}
		return sheet.Action{}
	}
	name := k.String()
	if l.rows.Press(name, l.page) {
		l.doubt = ""
		return sheet.Action{}
	}
	switch name {
	case "/":
		l.filter.Typing = true
	case "esc", "q":
		return l.leave()
	case "d", "delete":
		return l.revoke(k.IsRepeat)
	}
	return sheet.Action{}
}

// leave takes back a question first, then the filter, then the view.
func (l *Ledger) leave() sheet.Action {
	if l.doubt != "" {
		l.doubt = ""
		return sheet.Action{}
	}
	if l.filter.Back() {
		l.fill()
		return sheet.Action{}
	}
	return sheet.Action{Leave: true}
}

// revoke takes the chosen entry back when it is asked for twice. A deny that goes
// lets calls through again, so that one keystroke must not do.
func (l *Ledger) revoke(repeated bool) sheet.Action {
	k, ok := l.rows.Key()
	g := l.at[k]
	switch {
	case !ok || repeated:
		return sheet.Action{}
	case g.ID == "":
		return sheet.Action{Note: "that stands in " + g.Origin.Line() + ": change it there"}
	case l.doubt != k:
		l.doubt = k
		return sheet.Action{}
	}
	l.doubt = ""
	if g.Kind == host.GrantCollision {
		return sheet.Action{Op: host.ForgetChoice{ID: g.ID}}
	}
	return sheet.Action{Op: host.Revoke{ID: g.ID}}
}

// Paste goes into the filter where one types.
func (l *Ledger) Paste(text string) {
	if l.filter.Typing {
		l.filter.Field().Insert(strings.Join(strings.Fields(text), " "))
		l.fill()
	}
}

// Typing tells whether letters are typed.
func (l *Ledger) Typing() bool { return l.filter.Typing }

// Scroll moves through the rows.
func (l *Ledger) Scroll(lines int) { l.rows.Move(lines) }

// Cursor stands where the filter is typed.
func (l *Ledger) Cursor() (x, y int, ok bool) { return l.filter.Column, l.row, l.filter.Typing }

// Animated is false: ages are told in days.
func (l *Ledger) Animated() bool { return false }

// SetTheme changes the colours.
func (l *Ledger) SetTheme(t theme.Theme) { l.theme = t }
