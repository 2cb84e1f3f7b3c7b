package transcript

import (
	"strings"

	"switchboard/host"
)

// Select moves the selection by delta items, up when negative, and brings the
// selected one into sight. The first time it begins at the end of the window, or
// at its start when it moves down.
func (t *Transcript) Select(delta int) {
	if t.items.n == 0 || delta == 0 || t.height <= 0 {
		return
	}
	step := 1
	if delta < 0 {
		step, delta = -1, -delta
	}
	at := t.selected
	if at < 0 {
		at = t.outside(step)
	}
	for i := at + step; i >= 0 && i < t.items.n && delta > 0; i += step {
		if t.at(i).copied() != "" {
			t.selected = i
			delta--
		}
	}
	t.show()
}

// outside is the item just out of the window against the direction of travel.
func (t *Transcript) outside(step int) int {
	t.settle()
	t.place()
	if step > 0 {
		return t.top - 1
	}
	i, rows := t.top, t.height+t.offset
	for ; i < t.items.n && rows > 0; i++ {
		rows -= t.measure(i)
	}
	return i
}

// show scrolls as little as needed to have the head of the selected item in the
// window.
func (t *Transcript) show() {
	if t.selected < 0 {
		return
	}
	t.settle()
	t.place()
	if head := t.at(t.selected).gap; !before(t.top, t.offset, t.selected, head+1) {
		t.top, t.offset = t.selected, head
	} else {
		t.showBelow()
	}
	t.following = t.atEnd()
}

// showBelow scrolls down to the selected item, if it is not all in the window.
func (t *Transcript) showBelow() {
	rows := -t.offset
	for i := t.top; i < t.selected && rows < t.height; i++ {
		rows += t.measure(i)
	}
	h := min(t.measure(t.selected), t.height)
	switch need := rows + h - t.height; {
	case rows >= t.height:
		t.top, t.offset = t.selected, 0
		t.up(t.height - h)
	case need > 0:
		t.down(need)
	}
}

// Call is the call that is selected, or else the last one; false when there is
// none.
func (t *Transcript) Call() (host.CallID, bool) {
	if t.selected >= 0 {
		return t.callAt(t.selected)
	}
	for i := t.items.n - 1; i >= 0; i-- {
		if id, ok := t.callAt(i); ok {
			return id, true
		}
	}
	return "", false
}

// callAt is the call that stands at a place, if one does.
func (t *Transcript) callAt(i int) (host.CallID, bool) {
	switch it := t.items.item(i).(type) {
	case nil:
		e, ok := t.past[i].(host.CallPlanned)
		return e.ID, ok
	case *call:
		return it.id, true
	}
	return "", false
}

// ClearSelection selects nothing.
func (t *Transcript) ClearSelection() { t.selected = -1 }

// Selected gives the source of the selected item, cleaned, for copying.
func (t *Transcript) Selected() (text string, ok bool) {
	if t.selected < 0 {
		return "", false
	}
	return t.at(t.selected).copied(), true
}

// ToggleSelected goes on to the next form of the selected item: folded, open,
// and, where that did not show everything, whole. It scrolls to the item if need be.
// It tells whether anything looks different now.
func (t *Transcript) ToggleSelected() bool {
	if t.selected < 0 {
		return false
	}
	before := t.measure(t.selected)
	t.at(t.selected).toggle(&t.pen)
	t.touch(t.selected)
	t.show()
	return t.measure(t.selected) != before
}

// ToggleAll unfolds every call, or folds them all again.
func (t *Transcript) ToggleAll() {
	t.unfolded, t.unfoldedAt = !t.unfolded, t.pen.height
	for i := range t.items.n {
		if c, ok := t.items.item(i).(*call); ok {
			c.fold(!t.unfolded, &t.pen)
			t.touch(i)
		}
	}
}

// Plain is the whole conversation as plain text, for printing it when the screen
// is gone.
func (t *Transcript) Plain() string {
	var out strings.Builder
	for i := range t.items.n {
		text := t.at(i).plain()
		if text == "" {
			continue
		}
		if out.Len() > 0 && t.at(i).gap > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(strings.TrimRight(text, "\n"))
		out.WriteByte('\n')
	}
	return out.String()
}
