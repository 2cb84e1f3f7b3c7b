package host

import (
	"context"
	"errors"
	"fmt"
	"time"

	"switchboard/host/clean"
	"switchboard/host/journal"
	"switchboard/host/task"
)

// sessionOp does what the person wants with sessions.
func (l *loop) sessionOp(ctx context.Context, turns *task.Group, op Op) {
	switch op := op.(type) {
	case ListSessions:
		l.hand.list(ctx, op.Query)
		return
	case ExportSession:
		l.hand.export(ctx, op.Path)
		return
	}
	if l.active != nil {
		l.warnPerson("a turn is running: stop it first")
		return
	}
	switch op := op.(type) {
	case OpenSession:
		l.openSession(op.ID)
	case Undo:
		l.undo()
	case Retry:
		if prompt, ok := l.undo(); ok {
			l.submit(ctx, turns, prompt)
		}
	case Branch:
		l.branch(op.Turn)
	}
}

func (l *loop) warnPerson(text string) {
	l.h.out.Put(Notice{Level: Warn, Text: clean.Foreign(text)})
}

// openSession goes on with a session of the disk.
func (l *loop) openSession(id string) {
	p := newTale()
	w, unlock, c, err := l.h.book.store.Continue(id, p.take)
	elsewhere := errors.Is(err, journal.ErrInUse)
	if err != nil && !elsewhere {
		l.warnPerson(err.Error())
		return
	}
	p.settle(time.Now())
	l.history, l.starts, l.turns, l.session = p.history, p.starts, p.turns, p.session
	l.h.book.shut()
	l.copyOf = ""
	if elsewhere {
		l.copyOf = id
	} else {
		l.h.book.open(id, w, unlock)
	}
	l.h.out.Put(SessionOpened{ID: id, Past: p.standing(), Elsewhere: elsewhere, Usage: p.session})
	l.tellCondition(id, c, elsewhere)
}

// tellCondition says what of a session could not be read.
func (l *loop) tellCondition(id string, c journal.Condition, elsewhere bool) {
	if elsewhere {
		l.warnPerson("this session is open in another instance: what you say here goes into a branch of it")
	}
	if c.Missing > 0 {
		l.warnPerson(fmt.Sprintf("%d records of this session are missing", c.Missing))
	}
	if len(c.Damaged) == 0 {
		return
	}
	path, err := l.h.book.store.SetAside(id, c)
	if err != nil {
		l.warnPerson(err.Error())
		return
	}
	l.warnPerson(fmt.Sprintf("%d damaged records were passed over, the first at %s; they are in %s", len(c.Damaged), c.Damaged[0], path))
}

// undo takes the last turn off, and gives its prompt.
func (l *loop) undo() (prompt string, ok bool) {
	if len(l.starts) == 0 {
		l.warnPerson("there is no turn to undo")
		return "", false
	}
	last := l.starts[len(l.starts)-1]
	l.record()
	l.rewind(last)
	return last.prompt, true
}

// rewind goes back to before a turn, on record.
func (l *loop) rewind(to turnStart) {
	s := journal.Splice{Why: journal.SpliceUndo, From: to.at, To: len(l.history), Turn: to.turn}
	l.h.book.put(journal.KindSplice, s)
	l.history, l.starts = spliced(l.history, l.starts, s)
	l.h.out.Put(TurnUndone{Turn: to.turn})
}

// branch goes on from before a turn in a file of its own.
func (l *loop) branch(turn int) {
	for _, start := range l.starts {
		if start.turn != turn {
			continue
		}
		if id := l.sessionID(); id != "" {
			if err := l.h.book.branch(id, turn); err != nil {
				l.warnPerson("no branch: " + err.Error())
				return
			}
		}
		l.copyOf = ""
		l.history, l.starts = spliced(l.history, l.starts, journal.Splice{From: start.at, To: len(l.history)})
		l.h.out.Put(TurnUndone{Turn: turn})
		return
	}
	l.warnPerson("that turn is not part of the conversation any more")
}

// sessionID is the session on the screen.
func (l *loop) sessionID() string {
	if l.copyOf != "" {
		return l.copyOf
	}
	return l.h.book.id()
}

// record makes sure that there is a file to write to: a new one, or a branch of a
// session that another instance writes.
func (l *loop) record() {
	if l.copyOf == "" {
		l.h.book.begin()
		return
	}
	if err := l.h.book.branch(l.copyOf, l.turns+1); err != nil {
		l.h.book.complain(err)
	}
	l.copyOf = ""
}

// mark notes where a turn begins.
func (l *loop) mark(turn int, prompt string) {
	l.starts = append(l.starts, turnStart{turn, len(l.history), prompt})
}

// branch copies a session up to a turn into a new one and writes there from here
// on.
func (b *book) branch(from string, turn int) error {
	if !b.on() {
		return nil
	}
	b.shut()
	header := b.header()
	header.Parent = &journal.Origin{ID: from, Turn: turn}
	entries := []journal.Entry{{Time: time.Now(), Kind: journal.KindSession, Data: header}}
	_, err := b.store.Read(from, func(r journal.Record) bool {
		if t, err := journal.Decode[journal.Turn](r); r.Type == journal.KindTurn && err == nil && t.Turn >= turn {
			return false
		}
		if r.Type != journal.KindSession {
			entries = append(entries, journal.Entry{Time: r.Time, Kind: r.Type, Data: r.Data})
		}
		return true
	})
	if err != nil {
		return err
	}
	w, unlock, err := b.store.Create(header.ID)
	if err != nil {
		return err
	}
	b.open(header.ID, w, unlock, entries...)
	b.tell(SessionBegan{ID: header.ID, Parent: from})
	return nil
}
