package transcript

// View draws the window: exactly as many lines as it is high, each of at most its
// width in cells. The slice is valid until the next call.
func (t *Transcript) View() []string {
	t.rows = t.rows[:0]
	if t.width <= 0 || t.height <= 0 {
		return nil
	}
	t.settle()
	if !t.started {
		t.open()
	} else {
		t.place()
		t.draw(t.top, t.offset, t.height)
	}
	for len(t.rows) < t.height {
		t.rows = append(t.rows, "")
	}
	return t.rows
}

// draw adds up to n rows, from a line of an item on.
func (t *Transcript) draw(i, offset, n int) {
	for ; i < t.items.n && n > 0; i++ {
		h := t.measure(i)
		for k := offset; k < h && n > 0; k++ {
			t.rows = append(t.rows, t.row(i, k))
			n--
		}
		offset = 0
	}
}

// lastPage gives where the window begins when it shows the last lines, rows of them.
func (t *Transcript) lastPage(rows int) (top, offset int) {
	for i := t.items.n - 1; i >= 0; i-- {
		h := t.measure(i)
		if h >= rows {
			return i, h - rows
		}
		rows -= h
	}
	return 0, 0
}

// place puts the top of the window where it belongs: at the end while following,
// else where it was, but never beyond the end.
func (t *Transcript) place() {
	top, offset := t.lastPage(t.height)
	if t.following || !before(t.top, t.offset, top, offset) {
		t.top, t.offset = top, offset
		return
	}
	t.offset = min(t.offset, max(t.measure(t.top)-1, 0))
}

// before tells whether one place is above another.
func before(top, offset, otherTop, otherOffset int) bool {
	return top < otherTop || top == otherTop && offset < otherOffset
}

// ScrollLines moves the window by n lines, down when positive. Leaving the end
// stops following it, coming back follows it again.
func (t *Transcript) ScrollLines(n int) {
	if t.items.n == 0 || t.height <= 0 || n == 0 {
		return
	}
	t.settle()
	t.place()
	if n < 0 {
		t.up(-n)
	} else {
		t.down(n)
		t.reveal()
	}
	t.following = t.atEnd()
	t.place()
}

// atEnd tells whether the window shows the last line.
func (t *Transcript) atEnd() bool {
	top, offset := t.lastPage(t.height)
	return !before(t.top, t.offset, top, offset)
}

func (t *Transcript) up(n int) {
	t.offset -= n
	for t.offset < 0 && t.top > 0 {
		t.top--
		t.offset += t.measure(t.top)
	}
	t.offset = max(t.offset, 0)
}

func (t *Transcript) down(n int) {
	t.offset += n
	for t.top < t.items.n-1 {
		h := t.measure(t.top)
		if t.offset < h {
			return
		}
		t.offset -= h
		t.top++
	}
	t.offset = min(t.offset, max(t.measure(t.top)-1, 0))
}

// ScrollPages moves the window by a part of its height; a whole page keeps one
// line in sight.
func (t *Transcript) ScrollPages(f float64) {
	n := int(f * float64(max(t.height-1, 1)))
	switch {
	case n == 0 && f > 0:
		n = 1
	case n == 0 && f < 0:
		n = -1
	}
	t.ScrollLines(n)
}

// Top shows the beginning.
func (t *Transcript) Top() {
	t.top, t.offset = 0, 0
	t.following = t.atEnd()
}

// Bottom shows the end and follows it.
func (t *Transcript) Bottom() { t.following = true }

// A revealer shows more of itself when its last line is scrolled into sight.
type revealer interface{ reveal() bool }

// reveal lets long results go on where the window has come to what was shown of
// them.
func (t *Transcript) reveal() {
	rows := t.height + t.offset
	for i := t.top; i < t.items.n && rows > 0; i++ {
		h := t.measure(i)
		if r, ok := t.at(i).item.(revealer); ok && h <= rows && r.reveal() {
			h = t.measure(i)
		}
		rows -= h
	}
}
