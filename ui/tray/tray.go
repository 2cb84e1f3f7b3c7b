// Package tray holds the questions that wait for the person, shows them, and
// turns deliberate keys into answers. It never takes the focus by itself, no key
// reaches it without the focus, and Enter approves nothing.
package tray

import (
	"slices"
	"time"

	"switchboard/host"
	"switchboard/theme"
)

// A Tray holds the open questions: first those that hold up a call, oldest first.
type Tray struct {
	theme   theme.Theme
	waiting []*entry
	current int // index of the question on the screen
	focused bool
	guard   guard
	turn    bool // a turn runs, which can be stopped
	allKeys bool // every key is named, not only those that are used most

	panel      panel // what a key of the card has opened; nil for nothing
	panelSight sight

	states map[string]host.ServerState // of the servers, by name

	width, height int // as last laid out
}

// An entry is one question and what the person has seen of it.
type entry struct {
	id    host.QuestionID
	at    time.Time
	card  card
	holds bool // a call waits for the answer
	sight sight
}

// New makes an empty tray.
func New(t theme.Theme) *Tray { return &Tray{theme: t, states: map[string]host.ServerState{}} }

// SetTheme changes the colours.
func (t *Tray) SetTheme(th theme.Theme) {
	t.theme = th
	for _, e := range t.waiting {
		e.card.restyle()
	}
}

// SetState tells how a server is, for its lamp.
func (t *Tray) SetState(server string, s host.ServerState) { t.states[server] = s }

// Ask adds a question: behind those that wait, but before any that holds up no
// call. One with an ID that waits already is dropped.
func (t *Tray) Ask(id host.QuestionID, q host.Question, at, now time.Time) {
	if t.find(id) >= 0 {
		return
	}
	c := newCard(q)
	if c == nil {
		return
	}
	e := &entry{id: id, at: at, card: c, holds: holdsUp(q)}
	if a, ok := q.(host.Approval); ok && t.states[a.Tool.ID.Server] == "" {
		t.states[a.Tool.ID.Server] = a.State
	}
	i := t.place(e)
	t.waiting = slices.Insert(t.waiting, i, e)
	switch {
	case len(t.waiting) == 1:
		t.show(0, now)
	case i > t.current:
	case t.focused:
		t.current++ // what the person is looking at stays
	default:
		t.show(i, now)
	}
}

// place is where a new question goes: behind its like, and before those that hold
// up nothing if it holds up a call.
func (t *Tray) place(e *entry) int {
	if e.holds {
		if i := slices.IndexFunc(t.waiting, func(w *entry) bool { return !w.holds }); i >= 0 {
			return i
		}
	}
	return len(t.waiting)
}

// holdsUp tells whether a call waits for the answer; a question about a name alone
// can wait until somebody calls it.
func holdsUp(q host.Question) bool {
	switch q := q.(type) {
	case host.Collision:
		return q.Call != ""
	case host.Consent:
		return false
	}
	return true
}

// Withdraw takes a question away. Another that comes in its place takes no answer
// until it has been on the screen for [Settle].
func (t *Tray) Withdraw(id host.QuestionID, now time.Time) {
	i := t.find(id)
	if i < 0 {
		return
	}
	t.waiting = slices.Delete(t.waiting, i, i+1)
	switch {
	case len(t.waiting) == 0:
		t.Blur()
	case i == t.current:
		t.show(min(i, len(t.waiting)-1), now)
	case i < t.current:
		t.current--
	}
}

// SetTurn tells whether a turn runs; only then is there one to stop.
func (t *Tray) SetTurn(runs bool) { t.turn = runs }

// Len is how many questions wait.
func (t *Tray) Len() int { return len(t.waiting) }

// Focused tells whether keys go to the tray.
func (t *Tray) Focused() bool { return t.focused }

// Focus gives the tray the keys, if a question waits.
func (t *Tray) Focus(now time.Time) bool {
	t.focused = len(t.waiting) > 0
	t.guard.touch(now)
	return t.focused
}

// Blur takes the keys away. A panel is closed with that, and what was written in it
// dropped.
func (t *Tray) Blur() {
	t.focused = false
	t.closePanel()
}

// Animated tells whether the tray looks different in a moment by itself: a
// question has just appeared and its keys are about to work.
func (t *Tray) Animated(now time.Time) bool {
	return t.focused && len(t.waiting) > 0 && t.guard.settling(now)
}

// Shown is the question on the screen; false when none waits.
func (t *Tray) Shown() (host.QuestionID, bool) {
	if e := t.shown(); e != nil {
		return e.id, true
	}
	return 0, false
}

func (t *Tray) shown() *entry {
	if t.current >= len(t.waiting) {
		return nil
	}
	return t.waiting[t.current]
}

func (t *Tray) find(id host.QuestionID) int {
	return slices.IndexFunc(t.waiting, func(e *entry) bool { return e.id == id })
}

// show puts the question with that index on the screen. What of it is seen, the
// next layout tells.
func (t *Tray) show(i int, now time.Time) {
	t.current = i
	t.waiting[i].sight.top = 0
	t.guard.appeared(now)
	t.closePanel()
}
