package host

import (
	"context"
	"sync"
	"time"
)

// desk holds the questions that wait for a person. Asking blocks the asker and
// nothing else.
type desk struct {
	put func(Event)

	mu   sync.Mutex
	last QuestionID
	open map[QuestionID]waiting
}

type waiting struct {
	question Question
	reply    chan Answer // takes one answer without blocking
}

func newDesk(put func(Event)) *desk {
	return &desk{put: put, open: map[QuestionID]waiting{}}
}

// A mootError says why a question was taken back that nobody answered in time, and
// that may be put anew.
type mootError struct{ why string }

func (e *mootError) Error() string { return e.why }

// Ask puts q to the person and waits for the answer, or until ctx ends: then the
// question is withdrawn and the error is ctx's cause.
func (d *desk) Ask(ctx context.Context, q Question) (Answer, error) {
	_, a, err := d.AskWhile(ctx, q, func() (<-chan struct{}, string) { return nil, "" })
	return a, err
}

// AskWhile is Ask for a question that may become another one while it stands. Moot
// says why it has; else it is called again once the channel that it gives is closed,
// and after the answer. The error is then a [*mootError], also when an answer came,
// unless that is a no.
func (d *desk) AskWhile(ctx context.Context, q Question, moot func() (<-chan struct{}, string)) (QuestionID, Answer, error) {
	id, reply := d.lay(q)
	for {
		next, why := moot()
		if why != "" {
			a, err := d.withdraw(id, reply, why, &mootError{why})
			return id, a, err
		}
		select {
		case a := <-reply:
			if _, why := moot(); why != "" && !isNo(a) {
				return id, nil, &mootError{why}
			}
			return id, a, nil
		case <-next:
		case <-ctx.Done():
			a, err := d.withdraw(id, reply, "", context.Cause(ctx))
			return id, a, err
		}
	}
}

// lay opens a question.
func (d *desk) lay(q Question) (QuestionID, <-chan Answer) {
	w := waiting{q, make(chan Answer, 1)}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last++
	d.open[d.last] = w
	// Under the lock, so that questions reach the stream in the order of their ids.
	d.put(Asked{ID: d.last, Question: q, At: time.Now()})
	return d.last, w.reply
}

// withdraw takes back a question. An answer that came first still counts when the
// asker gives up, and when it is a no.
func (d *desk) withdraw(id QuestionID, reply <-chan Answer, why string, err error) (Answer, error) {
	if _, still := d.close(id, why); still {
		return nil, err
	}
	if a := <-reply; why == "" || isNo(a) {
		return a, nil
	}
	return nil, err
}

// isNo tells whether an answer refuses, which it does whatever became of the question.
func isNo(a Answer) bool {
	_, no := a.(Deny)
	return no
}

// Answer settles a question and tells whether it did: the first answer that fits
// the question wins, any other is dropped.
func (d *desk) Answer(id QuestionID, a Answer) bool {
	d.mu.Lock()
	w, found := d.open[id]
	d.mu.Unlock()
	if !found || !fits(w.question, a) {
		return false
	}
	w, found = d.close(id, "")
	if found {
		w.reply <- a
	}
	return found
}

// close takes a question off the desk; of several callers one gets it.
func (d *desk) close(id QuestionID, why string) (waiting, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w, found := d.open[id]
	if found {
		delete(d.open, id)
		d.put(Withdrawn{ID: id, Why: why})
	}
	return w, found
}

// fits tells whether an answer is one to this kind of question.
func fits(q Question, a Answer) bool {
	switch q := q.(type) {
	case GoOn:
		switch a.(type) {
		case Proceed, Deny:
			return true
		}
	case Approval:
		return q.accepts(a)
	case ResultReview:
		return q.accepts(a)
	case KeyUse:
		return q.accepts(a)
	case Consent:
		return q.accepts(a)
	case Collision:
		return q.accepts(a)
	}
	return false
}
