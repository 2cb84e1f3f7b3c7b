package host

import (
	"strings"
	"time"

	"switchboard/host/journal"
)

// How long text that the model writes may wait before it is recorded, and how much
// of it.
const (
	heldTime  = 250 * time.Millisecond
	heldBytes = 4 << 10
	heldMost  = 64 << 10
)

// held is text of the model that is still to be recorded. Pieces are recorded
// together, and never so that a secret is divided between two records, where no
// mask would find it.
type held struct {
	kind  string
	turn  int
	text  strings.Builder
	since time.Time
}

// pieceOf takes a piece of the model's text out of an event.
func pieceOf(e Event) (kind string, turn int, text string, ok bool) {
	switch e := e.(type) {
	case Text:
		return journal.KindText, e.Turn, e.Text.Raw(), true
	case Reasoning:
		return journal.KindReasoning, e.Turn, e.Text.Raw(), true
	}
	return "", 0, "", false
}

// hold keeps a piece of text until there is enough of it.
func (b *book) hold(kind string, turn int, text string) {
	if b.held.kind != kind || b.held.turn != turn {
		b.release()
		b.held.kind, b.held.turn, b.held.since = kind, turn, time.Now()
	}
	b.held.text.WriteString(text)
	if b.held.text.Len() < heldBytes && time.Since(b.held.since) < heldTime {
		return
	}
	all := b.held.text.String()
	cut := b.safe(all)
	if cut == 0 {
		return
	}
	b.add(kind, journal.Text{Turn: turn, Text: all[:cut]})
	b.held.text.Reset()
	b.held.text.WriteString(all[cut:])
	b.held.since = time.Now()
}

// safe is how much of a text can be recorded while more may come: up to white
// space, where no key goes on, and not into a known secret.
func (b *book) safe(text string) int {
	if len(text) > heldMost {
		return len(text)
	}
	cut := strings.LastIndexAny(text, " \n") + 1
	return b.masker.Load().Partial(text[:cut])
}

// release records all that is held.
func (b *book) release() {
	if b.held.text.Len() > 0 {
		b.add(b.held.kind, journal.Text{Turn: b.held.turn, Text: b.held.text.String()})
	}
	b.held = held{}
}
