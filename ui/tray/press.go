package tray

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
)

// An Outcome is what a key in the tray amounts to. The zero value is nothing.
type Outcome struct {
	Op    host.Op // an answer, or the end of the turn
	Leave bool    // the focus goes back to where one types
	Note  string  // why the key did nothing, for the person
}

// Press takes a key while the tray has the focus. An answer carries the ID of the
// question that was on the screen, and that question is gone from the tray.
func (t *Tray) Press(k tea.KeyPressMsg, now time.Time) Outcome {
	alone := t.guard.touch(now) && !k.IsRepeat
	e := t.shown()
	switch {
	case !t.focused || e == nil:
		return Outcome{}
	case t.asking:
		return t.pressReason(k, alone, now)
	case t.navigate(k.String(), now):
		return Outcome{}
	case k.String() == "esc":
		return Outcome{Leave: true}
	}
	return t.answer(e, k.String(), alone, now)
}

// answer acts on the keys that decide something.
func (t *Tray) answer(e *entry, key string, alone bool, now time.Time) Outcome {
	c, known := find(e.card.keys(), key)
	switch {
	case !known && (key != "x" || !t.turn):
		return Outcome{}
	case !alone:
		return Outcome{Note: "that came too fast to be meant: press " + key + " again"}
	case t.guard.settling(now):
		return Outcome{Note: "this question has just come up: press " + key + " again"}
	case key == "x":
		return Outcome{Op: host.Cancel{}, Leave: true}
	case c.reason:
		t.startReason(e.id)
		return Outcome{}
	case c.yes && e.card.folded():
		return Outcome{Note: "parts are folded: enter shows them, then " + key}
	case c.yes && !t.sawAll(e):
		return Outcome{Note: "there is more below: ↓ or end shows it, then " + key}
	}
	return t.conclude(e, c.answer, now)
}

// conclude answers a question and takes it off the screen.
func (t *Tray) conclude(e *entry, a host.Answer, now time.Time) Outcome {
	t.Withdraw(e.id, now)
	return Outcome{Op: host.AnswerQuestion{ID: e.id, Answer: a}, Leave: len(t.waiting) == 0}
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
		t.shown().card.unfold()
		t.shown().seen = 0
		t.Scroll(0)
	case "tab", "right":
		t.page(1, now)
	case "shift+tab", "left":
		t.page(-1, now)
	default:
		return false
	}
	return true
}

// page shows the next question, or the one before.
func (t *Tray) page(by int, now time.Time) {
	if n := len(t.waiting); n > 1 {
		t.show((t.current+by+n)%n, now)
	}
}

// Paste is never an answer. While a reason is being written it goes there.
func (t *Tray) Paste(text string, now time.Time) {
	t.guard.touch(now)
	if t.asking {
		t.reason, _ = t.reason.Update(tea.PasteMsg{Content: strings.Join(strings.Fields(text), " ")})
	}
}

func find(keys []choice, key string) (choice, bool) {
	for _, c := range keys {
		if c.key == key {
			return c, true
		}
	}
	return choice{}, false
}
