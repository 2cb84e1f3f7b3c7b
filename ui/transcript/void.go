package transcript

import (
	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// A gone item has nothing left to show. It keeps the places of all others.
type gone struct{}

func (gone) layout(*pen)      {}
func (gone) height() int      { return 0 }
func (gone) line(int) string  { return "" }
func (gone) mark(*pen) string { return " " }
func (gone) size() int        { return 0 }
func (gone) copied() string   { return "" }
func (gone) plain() string    { return "" }
func (gone) toggle(*pen)      {}

// void takes back what the model wrote in this step, and says why it is asked
// again.
func (t *Transcript) void(e host.TextVoided) {
	for i := t.step; i < t.items.n; i++ {
		if !written(t.at(i).item) {
			continue
		}
		t.take(i)
		if t.selected == i {
			t.ClearSelection()
		}
	}
	t.add(newRetry(e))
}

// written tells whether an item is what the model wrote, or said before, of the
// attempt that is void.
func written(it item) bool {
	switch it := it.(type) {
	case *answer, *reasoning:
		return true
	case *notice:
		return it.retry
	}
	return false
}

// newRetry says that the model is asked again.
func newRetry(e host.TextVoided) *notice {
	text := "Asking the model again in " + amount.Elapsed(e.Wait)
	if why := e.Why.Line(); why != "" {
		text += ": " + why
	}
	return &notice{tone: attention, text: clean.Line(text), retry: true}
}

// undo takes a turn away, and all that came after it.
func (t *Transcript) undo(turn int) {
	from, known := t.turns[turn]
	if !known {
		from, known = turnIn(t.past, turn)
	}
	if !known {
		return
	}
	t.endWriting(false)
	for i := from; i < t.items.n; i++ {
		t.take(i)
	}
	if t.selected >= from {
		t.selected = -1
	}
}
