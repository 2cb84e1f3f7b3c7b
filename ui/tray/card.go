package tray

import (
	"time"

	"switchboard/host"
	"switchboard/theme"
)

// A card is one question on the screen.
type card interface {
	// headline names the question on one line, in our own words.
	headline(th theme.Theme) string
	// summary is the same without styles, for the list of what waits.
	summary() string
	// facts are lines that stay on the screen under the headline, the most
	// important first.
	facts(th theme.Theme, w int) []string
	// body scrolls. Its first must lines have to be seen before a yes.
	body(th theme.Theme, w int) (lines []string, must int)
	// folded tells whether parts of the body are left out until opened.
	folded() bool
	// unfold opens the folded parts, or folds them again.
	unfold()
	// restyle drops what was drawn with other colours.
	restyle()
	// keys are the answers on offer.
	keys() []choice
}

// A choice is an answer and the key that gives it.
type choice struct {
	key, label string
	answer     host.Answer
	yes        bool // lets something happen; needs the whole question seen
	reason     bool // asks for a reason first; answer is then unused
}

// newCard makes the card for a question; nil for a kind that is not known here.
func newCard(q host.Question) card {
	switch q := q.(type) {
	case host.Approval:
		return &approvalCard{q, argumentsView{args: readArguments(q.Arguments)}}
	case host.GoOn:
		return &goOnCard{q}
	case host.Consent:
		return &consentCard{Consent: q}
	case host.Collision:
		return &collisionCard{q, argumentsView{args: readArguments(q.Arguments)}}
	}
	return nil
}

// waited is how long a question has been open.
func (e *entry) waited(now time.Time) time.Duration { return max(0, now.Sub(e.at)) }
