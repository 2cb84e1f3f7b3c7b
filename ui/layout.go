package ui

// A rect is a part of the screen in cells.
type rect struct{ x, y, w, h int }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// A plan says where everything is. Parts that have no room have no height.
type plan struct {
	pane, strip, talk, tray, rule, composer, status rect
	tooSmall                                        bool
}

// A demand is what the parts would like to have.
type demand struct {
	tray        int // rows; 0 when nothing waits
	composer    int // rows
	trayFocused bool
	trayReading bool // something long is open in it
}

const (
	// paneFrom is the width from which the servers get a pane of their own.
	paneFrom = 90
	// paneGap is the rule between the pane and the rest.
	paneGap = 3
	// Below these nothing can be shown.
	minWidth, minHeight = 20, 6
)

// paneWidth is how wide the servers' pane is on a screen of width w.
func paneWidth(w int) int { return min(34, max(28, w/4)) }

// layout shares the screen out. It is pure: the same arguments, the same plan.
func layout(w, h int, d demand) plan {
	if w < minWidth || h < minHeight {
		return plan{tooSmall: true}
	}
	p := plan{status: rect{0, h - 1, w, 1}}
	x, y, rest := 0, 0, h-1
	if w >= paneFrom {
		p.status.x, p.status.w = 1, w-2
		p.pane = rect{1, 0, paneWidth(w), h - 1}
		x = p.pane.x + p.pane.w + paneGap
	} else {
		p.strip = rect{0, 0, w, 1}
		y, rest = 1, rest-1
	}
	// From the bottom up: the composer, its rule, the tray, and the conversation
	// gets what is left.
	c := min(d.composer, max(1, rest/3))
	p.composer = rect{x, y + rest - c, w - x, c}
	rest -= c
	if rest >= 5 {
		rest--
		p.rule = rect{x, y + rest, w - x, 1}
	}
	t := trayRows(rest, d)
	p.tray = rect{x, y + rest - t, w - x, t}
	rest -= t
	p.talk = rect{x, y, w - x, rest}
	return p
}

// trayRows bounds the tray so that some of the conversation stays in sight; the
// more the person is occupied with the tray, the less.
func trayRows(rest int, d demand) int {
	keep := max(2, rest/2)
	switch {
	case d.trayReading:
		keep = 2
	case d.trayFocused:
		keep = rest / 4
	}
	if rest <= 8 {
		keep = min(keep, 1)
	}
	return max(0, min(d.tray, rest-keep))
}
