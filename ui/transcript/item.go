package transcript

// An item is one entry of the conversation.
type item interface {
	// layout brings the lines up to date; it costs nothing when nothing changed.
	layout(p *pen)
	// height is the number of lines, line one of them without the gutter.
	height() int
	line(i int) string
	// mark is the sign in the gutter, one cell.
	mark(p *pen) string
	// size is the length of the source in bytes.
	size() int
	// copied is the source, cleaned, as the person would want to paste it; ""
	// when there is nothing to select.
	copied() string
	// plain is how the item is printed when the program ends.
	plain() string
	// toggle goes on to the item's next form, if there is another.
	toggle(p *pen)
}

// A page is the laid out lines of an item, for one pen.
type page struct {
	lines  []string
	serial int
}

func (g *page) height() int       { return len(g.lines) }
func (g *page) line(i int) string { return g.lines[i] }

// fresh tells whether the lines are those of this pen. If not it takes note that
// they are about to be.
func (g *page) fresh(p *pen) bool {
	if g.serial == p.serial {
		return true
	}
	g.serial = p.serial
	return false
}

// forget has the item laid out again.
func (g *page) forget() { g.serial = 0 }
