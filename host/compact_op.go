package host

import (
	"context"
	"slices"

	"switchboard/host/clean"
	"switchboard/host/journal"
	"switchboard/host/task"
)

// Compact sums the conversation up now; [Compacted] follows, or a [Notice] says
// why not.
type Compact struct{}

// Clear begins a new conversation: the model forgets what was said. It stays in
// the journal.
type Clear struct{}

// Cleared tells that the conversation is empty.
type Cleared struct{}

func (Compact) op()      {}
func (Clear) op()        {}
func (Cleared) event()   {}
func (Compacted) event() {}

// compact sums up between two turns. Prompts that come meanwhile wait.
func (l *loop) compact(ctx context.Context, turns *task.Group) {
	switch {
	case l.active != nil:
		l.h.out.Put(Notice{Level: Info, Text: clean.Foreign("a turn is running: it sums up by itself when the window is full")})
		return
	case l.h.model().Model.Info().Offline:
		l.h.out.Put(Notice{Level: Info, Text: clean.Foreign("the offline word matcher has no window that could be full")})
		return
	}
	t := &turn{h: l.h, number: l.turns, history: slices.Clone(l.history), session: l.session, offer: l.offer}
	ctx, l.active = context.WithCancelCause(ctx)
	l.h.out.Put(Notice{Level: Info, Text: clean.Foreign("summing up the conversation …")})
	turns.Go("summing up", func() {
		defer l.h.mail.put(turnOver{t})
		if err := t.compact(ctx); err != nil {
			l.h.out.Put(Notice{Level: Warn, Text: clean.Foreign(err.Error())})
		}
	})
}

// clear forgets the conversation. A turn that runs is left alone.
func (l *loop) clear() {
	if l.active != nil {
		l.h.out.Put(Notice{Level: Info, Text: clean.Foreign("a turn is running: stop it first (esc)")})
		return
	}
	if len(l.history) > 0 {
		l.h.book.put(journal.KindSplice, journal.Splice{Why: journal.SpliceClear, To: len(l.history)})
	}
	l.history = nil
	l.h.out.Put(Cleared{})
}
