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

// Ask puts q to the person and waits for the answer, or until ctx ends: then the
// question is withdrawn and the error is ctx's cause.
func (d *desk) Ask(ctx context.Context, q Question) (Answer, error) {
	w := waiting{q, make(chan Answer, 1)}
	d.mu.Lock()
	d.last++
	id := d.last
	d.open[id] = w
	// Under the lock, so that questions reach the stream in the order of their ids.
	d.put(Asked{ID: id, Question: q, At: time.Now()})
	d.mu.Unlock()

	select {
	case a := <-w.reply:
		return a, nil
	case <-ctx.Done():
	}
	if _, still := d.close(id); !still {
		return <-w.reply, nil // the answer came first
	}
	return nil, context.Cause(ctx)
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
	w, found = d.close(id)
	if found {
		w.reply <- a
	}
	return found
}

// close takes a question off the desk; of several callers one gets it.
func (d *desk) close(id QuestionID) (waiting, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w, found := d.open[id]
	if found {
		delete(d.open, id)
		d.put(Withdrawn{ID: id})
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
