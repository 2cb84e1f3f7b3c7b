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

// A caller is a card about the call of one tool.
type caller interface {
	// server is whose tool is called; its lamp stands beside the card.
	server() string
	// risk says what the call may do, and whether that should be loud.
	risk() (words string, loud bool)
}

// A choice is a key of a card or a panel and what it does: it answers the question,
// or does one of the other things.
type choice struct {
	key, label string
	answer     host.Answer
	answers    []host.AnswerQuestion // in place of answer: to several questions at once
	open       func() panel          // opens a panel
	do         func() change         // changes what is shown
	op         host.Op               // for the host, while the question stays open
	says       string                // what op does, for the person
	stop       bool                  // ends the turn
	yes        bool                  // lets something happen; needs the whole body seen
	rank       int                   // the higher, the sooner it is not named; it works always
}

// newCard makes the card for a question; nil for a kind that is not known here.
func newCard(q host.Question) card {
	switch q := q.(type) {
	case host.Approval:
		return newApprovalCard(q)
	case host.ResultReview:
		return newReviewCard(q)
	case host.GoOn:
		return &goOnCard{q}
	case host.Consent:
		return &consentCard{Consent: q}
	case host.KeyUse:
		return &keyCard{q}
	case host.Collision:
		return newCollisionCard(q)
	}
	return nil
}

// waited is how long a question has been open.
func (e *entry) waited(now time.Time) time.Duration { return max(0, now.Sub(e.at)) }
