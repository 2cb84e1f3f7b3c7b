package tray

const (
	// maxListed is how many waiting questions are listed above the one shown.
	maxListed = 4
	// indent is the rule and the space to the left of everything in the tray.
	indent = 3
	// endless is a height that leaves nothing out.
	endless = 1 << 30
)

// parts are the rows of the tray from top to bottom; the gaps are blank.
type parts struct {
	title, list, listGap, head, headGap, body, keysGap, keys int
}

func (p parts) rows() int {
	return p.title + p.list + p.listGap + p.head + p.headGap + p.body + p.keysGap + p.keys
}

// Want is how many rows the tray would like to have at that width; 0 when
// nothing waits.
func (t *Tray) Want(w int) int { return t.split(w, endless).rows() }

// Layout gives the tray its size. What is on the screen from then on counts as
// seen.
func (t *Tray) Layout(w, h int) {
	if w != t.width {
		for _, e := range t.waiting {
			e.seen = 0 // counted in rows of the old width
		}
	}
	t.width, t.height = w, h
	t.Scroll(0)
}

// split shares h rows out. The headline, the risk, the keys and one row of the
// arguments come first, then what makes it easier to read.
func (t *Tray) split(w, h int) parts {
	e := t.shown()
	if e == nil || h <= 0 {
		return parts{}
	}
	take := func(n int) int {
		n = max(0, min(n, h))
		h -= n
		return n
	}
	lines, _ := e.card.body(t.theme, w-indent)
	head, body := 1+len(e.card.facts(t.theme, w-indent)), len(lines)
	var p parts
	p.head = take(min(2, head))
	p.keys = take(len(t.keyLines(w - indent)))
	p.body = take(1)
	p.title = take(1)
	p.body += take(min(3, body) - p.body)
	if n := len(t.waiting); n > 1 {
		p.list = take(min(n, maxListed))
	}
	p.head += take(head - p.head)
	p.body += take(body - p.body)
	p.headGap = take(1)
	p.keysGap = take(min(1, p.keys))
	p.listGap = take(min(1, p.list))
	return p
}

func (t *Tray) parts() parts { return t.split(t.width, t.height) }

func (t *Tray) facts() []string { return t.shown().card.facts(t.theme, t.width-indent) }

func (t *Tray) bodyLines() []string {
	e := t.shown()
	if e == nil || t.width <= indent {
		return nil
	}
	lines, _ := e.card.body(t.theme, t.width-indent)
	return lines
}

func (t *Tray) bodyLen() int { return len(t.bodyLines()) }

func (t *Tray) bodyRows() int { return t.parts().body }

// below is how many rows of the body lie under the screen.
func (t *Tray) below() int { return max(0, t.bodyLen()-t.top-t.bodyRows()) }

// Scroll moves the question shown by rows, down when positive, and notes what
// came into sight.
func (t *Tray) Scroll(rows int) {
	t.top = max(0, min(t.top+rows, t.bodyLen()-t.bodyRows()))
	t.look()
}

// look notes how far down the question has been on the screen.
func (t *Tray) look() {
	e := t.shown()
	if e == nil || t.height <= 0 {
		return
	}
	if end := t.top + t.bodyRows(); t.top <= e.seen || end >= t.bodyLen() {
		e.seen = max(e.seen, end)
	}
}

// sawAll tells whether everything that a yes would let through has been shown.
func (t *Tray) sawAll(e *entry) bool {
	_, must := e.card.body(t.theme, t.width-indent)
	return e.seen >= must
}
