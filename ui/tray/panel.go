package tray

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/theme"
)

// A panel takes the place of a card's body when a key of the card opens it: a
// reason, a form, the arguments that a grant is tied to. Esc closes it, and so does
// a look at another question.
type panel interface {
	// body scrolls. Its first must lines have to be seen before a yes.
	body(th theme.Theme, w int) (lines []string, must int)
	// keys are what it offers. Where letters are typed, none of them is a letter.
	keys() []choice
	// press takes a key that is none of those; false leaves it to the tray.
	press(k tea.KeyPressMsg) bool
	// paste takes pasted text, which is never an answer.
	paste(text string)
	// at is the row of the last body that one is at and the column of the cursor in
	// it; -1 for none.
	at() (row, column int)
}

// A still panel has nothing to type into and nothing to move.
type still struct{}

func (still) press(tea.KeyPressMsg) bool { return false }
func (still) paste(string)               {}
func (still) at() (row, column int)      { return -1, -1 }

// open shows a panel. Its keys work once it has been there for [Settle], so that a
// key pressed twice does not answer what it has just opened.
func (t *Tray) open(p panel, now time.Time) {
	t.panel, t.panelSight = p, sight{}
	t.guard.appeared(now)
}

func (t *Tray) closePanel() { t.panel = nil }

// keys are what can be chosen now: of the panel, or else of the card.
func (t *Tray) keys() []choice {
	e := t.shown()
	switch {
	case e == nil:
		return nil
	case t.panel != nil:
		return t.panel.keys()
	}
	return append(e.card.keys(), t.own()...)
}

// own are the keys that every card has.
func (t *Tray) own() []choice {
	var keys []choice
	if all := t.together(); all != nil {
		keys = append(keys, choice{key: "*", label: all.label(), open: func() panel { return all }})
	}
	if t.turn {
		keys = append(keys, choice{key: "x", label: "stop the turn", stop: true, rank: 2})
	}
	return keys
}

// folded tells whether something is left out of what is on the screen.
func (t *Tray) folded() bool { return t.panel == nil && t.shown().card.folded() }

// face is the body on the screen, w cells wide.
func (t *Tray) face(w int) (lines []string, must int) {
	switch e := t.shown(); {
	case e == nil || w <= 0:
		return nil, 0
	case t.panel != nil:
		return t.panel.body(t.theme, w)
	default:
		return e.card.body(t.theme, w)
	}
}
