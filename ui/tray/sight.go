package tray

// A sight is what of a body is on the screen, and has been.
type sight struct {
	top  int // the first row on the screen
	seen int // rows that were on the screen, counted from the first
}

// move scrolls by rows, down when positive, in a body of so many lines with room
// for rows.
func (s *sight) move(by, lines, rows int) { s.top = max(0, min(s.top+by, lines-rows)) }

// look notes how far down the body has been on the screen. Rows that were jumped
// over count once the last one was reached: to look at the end is a decision.
func (s *sight) look(lines, rows int) {
	if end := s.top + rows; s.top <= s.seen || end >= lines {
		s.seen = max(s.seen, end)
	}
}

// keep has a row stay on the screen.
func (s *sight) keep(row, rows int) {
	if row >= 0 && rows > 0 {
		s.top = max(row-rows+1, min(s.top, row))
	}
}

// sight is that of the panel, or else of the card.
func (t *Tray) sight() *sight {
	if t.panel != nil {
		return &t.panelSight
	}
	return &t.shown().sight
}

// Scroll moves what is shown by rows, down when positive, and notes what came into
// sight.
func (t *Tray) Scroll(rows int) {
	if t.shown() == nil {
		return
	}
	lines, room := t.bodyLen(), t.bodyRows()
	t.sight().move(rows, lines, room)
	t.look(lines, room)
}

// follow keeps the row that one is at on the screen.
func (t *Tray) follow() {
	if t.panel == nil {
		return
	}
	lines, room := t.bodyLen(), t.bodyRows()
	row, _ := t.panel.at()
	t.panelSight.keep(row, room)
	t.look(lines, room)
}

func (t *Tray) look(lines, room int) {
	if t.height > 0 {
		t.sight().look(lines, room)
	}
}

// sawAll tells whether everything that a yes would let through has been shown.
func (t *Tray) sawAll() bool {
	_, must := t.face(t.width - indent)
	return t.sight().seen >= must
}

// below is how many rows of the body lie under the screen.
func (t *Tray) below() int {
	if t.shown() == nil {
		return 0
	}
	return max(0, t.bodyLen()-t.sight().top-t.bodyRows())
}

func (t *Tray) bodyLen() int {
	lines, _ := t.face(t.width - indent)
	return len(lines)
}

func (t *Tray) bodyRows() int { return t.parts().body }
