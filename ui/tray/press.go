package tray

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
)

// An Outcome is what a key in the tray amounts to. The zero value is nothing.
type Outcome struct {
	Op    host.Op   // an answer, or the end of the turn
	More  []host.Op // further answers, where one key gives several
	Leave bool      // the focus goes back to where one types
	Note  string    // why the key did nothing, for the person
	// Draft is a text to be changed in the person's own editor; [Tray.Drafted] takes
	// what comes of it.
	Draft Draft
}

// Press takes a key while the tray has the focus. An answer carries the ID of the
// question that was on the screen, and that question is gone from the tray.
func (t *Tray) Press(k tea.KeyPressMsg, now time.Time) Outcome {
	alone := t.guard.touch(now) && !k.IsRepeat
	e, key := t.shown(), k.String()
	if !t.focused || e == nil {
		return Outcome{}
	}
	c, known := find(t.keys(), key)
	switch {
	case known:
		return t.choose(e, c, alone, now)
	case t.panel != nil && key == "esc":
		t.closePanel()
	case t.panel != nil && t.panel.press(k):
		t.follow()
	case t.navigate(key, now):
	case key == "esc":
		return Outcome{Leave: true}
	}
	return Outcome{}
}

// choose acts on a key that is on offer.
func (t *Tray) choose(e *entry, c choice, alone bool, now time.Time) Outcome {
	switch {
	case c.do != nil && t.panel != nil: // writing and pointing, which settles nothing
		return t.act(e, c.do(), now)
	case !alone:
		return Outcome{Note: "that came too fast to be meant: press " + c.key + " again"}
	case t.guard.settling(now):
		return Outcome{Note: "this has just come up: press " + c.key + " again"}
	case c.yes && t.folded():
		return Outcome{Note: "parts are folded: enter shows them, then " + c.key}
	case c.yes && !t.sawAll():
		return Outcome{Note: "there is more below: ↓ or end shows it, then " + c.key}
	case c.stop:
		return Outcome{Op: host.Cancel{}, Leave: true}
	case c.open != nil:
		t.open(c.open(), now)
		return Outcome{}
	case c.do != nil:
		return t.act(e, c.do(), now)
	case c.op != nil:
		return Outcome{Op: c.op, Note: c.says}
	}
	if c.answers != nil {
		return t.conclude(c.answers, now)
	}
	return t.conclude([]host.AnswerQuestion{{ID: e.id, Answer: c.answer}}, now)
}

// conclude answers questions and takes them off the screen.
func (t *Tray) conclude(answers []host.AnswerQuestion, now time.Time) Outcome {
	out := Outcome{Op: answers[0]}
	for i, a := range answers {
		t.Withdraw(a.ID, now)
		if i > 0 {
			out.More = append(out.More, a)
		}
	}
	out.Leave = len(t.waiting) == 0
	return out
}

// navigate acts on the keys that only look around.
func (t *Tray) navigate(key string, now time.Time) bool {
	page := max(1, t.bodyRows()-1)
	switch key {
	case "up":
		t.Scroll(-1)
	case "down":
		t.Scroll(1)
	case "pgup":
		t.Scroll(-page)
	case "pgdown":
		t.Scroll(page)
	case "home":
		t.Scroll(-t.bodyLen())
	case "end":
		t.Scroll(t.bodyLen())
	case "enter", "space":
		t.unfold()
	case "tab", "right":
		t.page(1, now)
	case "shift+tab", "left":
		t.page(-1, now)
	case "?":
		t.allKeys = !t.allKeys
	default:
		return false
	}
	return true
}

// unfold opens what is folded, or folds it again; then it has to be seen anew.
func (t *Tray) unfold() {
	if t.panel == nil {
		t.shown().card.unfold()
		t.shown().sight.seen = 0
		t.Scroll(0)
	}
}

// page shows the next question, or the one before.
func (t *Tray) page(by int, now time.Time) {
	if n := len(t.waiting); n > 1 {
		t.show((t.current+by+n)%n, now)
	}
}

// Paste is never an answer. Where something is typed it goes there.
func (t *Tray) Paste(text string, now time.Time) {
	t.guard.touch(now)
	if t.panel != nil {
		t.panel.paste(text)
		t.follow()
	}
}

func find(keys []choice, key string) (choice, bool) {
	i := slices.IndexFunc(keys, func(c choice) bool { return c.key == key })
	if i < 0 {
		return choice{}, false
	}
	return keys[i], true
}
