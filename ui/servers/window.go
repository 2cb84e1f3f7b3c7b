package servers

import "time"

// A drawing is the rows of servers as far as they are needed for one frame, each
// server's drawn once.
type drawing struct {
	pane    *Pane
	w       int
	compact bool
	now     time.Time
	done    map[int][]string
}

// of is the rows of the server at a place of the list.
func (d *drawing) of(i int) []string {
	rows, ok := d.done[i]
	if !ok {
		rows = d.pane.rows(d.pane.list[i], d.w, d.compact, d.now)
		d.done[i] = rows
	}
	return rows
}

// window is which servers are in sight where there is room for so many rows, and
// those rows. Where not all servers have room, each has to do with less.
func (p *Pane) window(room, w int, now time.Time) (from, to int, d *drawing) {
	d = &drawing{p, w, false, now, map[int][]string{}}
	if len(p.list) <= room && p.fits(room, d) {
		return 0, len(p.list), d
	}
	d = &drawing{p, w, true, now, map[int][]string{}}
	if len(p.list) == 0 || room < 1 {
		return 0, 0, d
	}
	chosen := 0
	if p.focused {
		chosen = max(0, p.index(p.chosen))
	}
	p.top = max(0, min(p.top, chosen))
	p.top = max(p.top, chosen-room+1) // nothing above that can be in sight with it
	for to = p.below(room, d); to <= chosen; to = p.below(room, d) {
		p.top++
	}
	for to == len(p.list) && p.top > 0 { // no empty rows while there is more above
		p.top--
		if p.below(room, d) < len(p.list) {
			p.top++
			break
		}
	}
	return p.top, to, d
}

// fits tells whether every server has all its rows.
func (p *Pane) fits(room int, d *drawing) bool {
	used := 0
	for i := range p.list {
		if used += len(d.of(i)); used > room {
			return false
		}
	}
	return true
}

// below is the first server behind those that begin at the top and fit.
func (p *Pane) below(room int, d *drawing) int {
	if p.top > 0 {
		room-- // for what is above
	}
	used := 0
	for i := p.top; i < len(p.list); i++ {
		used += len(d.of(i))
		if used > room || used == room && i < len(p.list)-1 {
			return max(p.top+1, i)
		}
	}
	return len(p.list)
}
