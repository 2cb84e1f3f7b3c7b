package transcript

import (
	"slices"
	"time"

	"switchboard/host"
)

// Restore puts another conversation in place of this one, as events make it. They
// are kept as they are: every one has a place in the list of items, and the items
// of a step are made when the window comes near. That is how the first frame of a
// long session costs what that of a short one does. Only the last step is made at
// once, for the conversation goes on from it.
func (t *Transcript) Restore(past []host.Event, now time.Time) {
	fresh := empty(t.pen)
	fresh.width, fresh.height = t.width, t.height
	fresh.served, fresh.builtin = t.served, t.builtin
	*t = *fresh
	from := stepOf(past, len(past)-1)
	t.past, t.step = past[:from], from
	t.items = newColumn(from)
	t.spent = spentBefore(past, from)
	t.started = slices.ContainsFunc(past, func(e host.Event) bool { _, ok := e.(host.TurnStarted); return ok })
	for _, e := range past[from:] {
		t.Apply(e, now)
	}
}

// at is an item in its place. It is made if it was not yet.
func (t *Transcript) at(i int) *entry {
	e := t.items.at(i)
	if e.item == nil {
		t.build(i)
	}
	return e
}

// build makes the items of the step that an event of the past belongs to. They
// take the last of its places, so that they stand next to what comes after them.
func (t *Transcript) build(i int) {
	from, to := stepOf(t.past, i), i+1
	for to < len(t.past) && !opens(t.past[to]) {
		to++
	}
	made := t.replay(from, to)
	first := to - len(made)
	for k := from; k < first; k++ {
		t.take(k)
	}
	for k, e := range made {
		t.items.put(first+k, e)
	}
}

// take leaves nothing of an item but its place.
func (t *Transcript) take(i int) {
	t.items.put(i, entry{item: gone{}})
	delete(t.running, i)
}

// replay makes the items of a step of the past.
func (t *Transcript) replay(from, to int) []entry {
	r := empty(t.pen)
	for i := from - 1; i >= 0 && r.items.n == 0; i-- {
		r.Apply(t.past[i], t.pen.now) // the item before them says how far apart they stand
	}
	r.endWriting(false)
	n := r.items.n
	for i := from; i < to; i++ {
		if _, ends := t.past[i].(host.TurnEnded); ends {
			r.spent = spentBefore(t.past, i)
		}
		r.Apply(t.past[i], t.pen.now)
	}
	r.endWriting(false)
	if t.unfolded {
		r.pen.height = t.unfoldedAt
		r.ToggleAll()
	}
	var made []entry
	for ; n < r.items.n; n++ {
		made = append(made, *r.at(n))
	}
	return made
}

// opens tells whether a step begins with an event. The prompt stands alone: what
// is said before the model is asked takes no more.
func opens(e host.Event) bool {
	switch e.(type) {
	case host.TurnStarted, host.StepStarted:
		return true
	}
	return false
}

// stepOf is where the step of an event begins.
func stepOf(past []host.Event, i int) int {
	for i > 0 && !opens(past[i]) {
		i--
	}
	return max(i, 0)
}

// turnIn is where a turn begins; false when it is not among the events.
func turnIn(past []host.Event, turn int) (int, bool) {
	for i := len(past) - 1; i >= 0; i-- {
		if e, ok := past[i].(host.TurnStarted); ok && e.Turn == turn {
			return i, true
		}
	}
	return 0, false
}

// spentBefore is where the time of a turn went before one of its events.
func spentBefore(past []host.Event, i int) tally {
	from := i
	for from > 0 {
		from--
		if _, begins := past[from].(host.TurnStarted); begins {
			break
		}
	}
	var spent tally
	for _, e := range past[from:i] {
		if done, ok := e.(host.CallFinished); ok {
			spent.add(done)
		}
	}
	return spent
}
