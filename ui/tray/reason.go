package tray

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
)

// startReason opens the input for why a call is denied.
func (t *Tray) startReason(id host.QuestionID) {
	t.asking, t.reasonOf = true, id
	t.reason.Reset()
	t.reason.Focus()
}

func (t *Tray) stopReason() {
	t.asking = false
	t.reason.Reset()
	t.reason.Blur()
}

// pressReason takes a key while a reason is being written. Enter sends it: a
// denial is the answer that does no harm.
func (t *Tray) pressReason(k tea.KeyPressMsg, alone bool, now time.Time) Outcome {
	switch k.String() {
	case "esc":
		t.stopReason()
	case "enter":
		e := t.shown()
		if e.id != t.reasonOf || !alone {
			return Outcome{Note: "that came too fast to be meant: press enter again"}
		}
		return t.conclude(e, host.Deny{Reason: strings.TrimSpace(t.reason.Value())}, now)
	default:
		t.reason, _ = t.reason.Update(k)
	}
	return Outcome{}
}
