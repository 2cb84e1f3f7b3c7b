package transcript

import "strings"

// Select moves the selection by delta items, up when negative, and brings the
// selected one into sight. The first time it begins at the end of the window, or
// at its start when it moves down.
func (t *Transcript) Select(delta int) {
	if len(t.items) == 0 || delta == 0 || t.height <= 0 {
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
	for i := at + step; i >= 0 && i < len(t.items) && delta > 0; i += step {
		if t.items[i].copied() != "" {
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
	for ; i < len(t.items) && rows > 0; i++ {
		rows -= t.measure(i)
	}
	return i
}

// show scrolls as little as needed to have the first lines of the selected item
// in the window.
func (t *Transcript) show() {
	if t.selected < 0 {
		return
	}
	t.settle()
	t.place()
	head := t.items[t.selected].gap
	if !before(t.top, t.offset, t.selected, head+1) {
		t.top, t.offset, t.following = t.selected, head, false
		return
	}
	rows := -t.offset
	for i := t.top; i < t.selected && rows < t.height; i++ {
		rows += t.measure(i)
	}
	if need := rows + min(t.measure(t.selected), t.height) - t.height; need > 0 {
		if rows >= t.height {
			t.top, t.offset = t.selected, 0
			t.up(t.height - min(t.measure(t.selected), t.height))
			return
		}
		t.down(need)
	}
}

// ClearSelection selects nothing.
func (t *Transcript) ClearSelection() { t.selected = -1 }

// Selected gives the source of the selected item, cleaned, for copying.
func (t *Transcript) Selected() (text string, ok bool) {
	if t.selected < 0 {
		return "", false
	}
	return t.items[t.selected].copied(), true
}

// ToggleSelected goes on to the next form of the selected item: folded, open,
// and, where that did not show everything, whole.
func (t *Transcript) ToggleSelected() {
	if t.selected < 0 || !t.items[t.selected].toggle(&t.pen) {
		return
	}
	t.touch(t.selected)
	if t.following {
		t.settle()
		t.place()
		t.keepHead()
	}
}

// keepHead stops following when what unfolded has pushed its own head out of the
// window.
func (t *Transcript) keepHead() {
	head := t.items[t.selected].gap
	if before(t.selected, head, t.top, t.offset) {
		t.top, t.offset, t.following = t.selected, head, false
	}
}

// ToggleAll unfolds every call, or folds them all again.
func (t *Transcript) ToggleAll() {
	t.unfolded = !t.unfolded
	for i, e := range t.items {
		if c, ok := e.item.(*call); ok {
			c.fold(!t.unfolded, &t.pen)
			t.touch(i)
		}
	}
}

// Plain is the whole conversation as plain text, for printing it when the screen
// is gone.
func (t *Transcript) Plain() string {
	var out strings.Builder
	for i, e := range t.items {
		text := e.plain()
		if text == "" {
			continue
		}
		if out.Len() > 0 && t.items[i].gap > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(strings.TrimRight(text, "\n"))
		out.WriteByte('\n')
	}
	return out.String()
}
