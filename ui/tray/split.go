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

// Reading tells whether something long is open, for which the tray would like all
// the room there is.
func (t *Tray) Reading() bool {
	e := t.shown()
	return t.focused && e != nil && (t.panel != nil || !e.card.folded() && t.bodyLen() > longValue)
}

// Layout gives the tray its size. What is on the screen from then on counts as
// seen.
func (t *Tray) Layout(w, h int) {
	if w != t.width { // what was seen was counted in rows of the old width
		t.panelSight.seen = 0
		for _, e := range t.waiting {
			e.sight.seen = 0
		}
	}
	t.width, t.height = w, h
	t.Scroll(0)
	t.follow()
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
	lines, _ := t.face(w - indent)
	head, body := 1+len(e.card.facts(t.theme, w-indent)), len(lines)
	var p parts
	p.head = take(min(2, head))
	p.keys = take(min(len(t.keyRows(w-indent)), max(1, h-2)))
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
