package transcript

import (
	"time"

	"switchboard/theme"
	"switchboard/ui/transcript/flow"
	"switchboard/ui/transcript/markdown"
)

// A pen is what items are laid out with: width, styles, clock. Its serial number
// changes when every item has to be laid out again.
type pen struct {
	serial        int
	width, height int // of the text, without the gutter
	now           time.Time
	markdown      *markdown.Renderer

	muted, faint, strong, accent, you string
	good, busy, warn, bad             string
	edge                              string // the sign of the selected item
	rule                              string // before details
}

func newPen(t theme.Theme) pen {
	p := pen{
		serial:   1,
		width:    1,
		markdown: markdown.New(t),
		muted:    flow.SGR(t.Muted),
		faint:    flow.SGR(t.Faint),
		strong:   flow.SGR(t.Strong),
		accent:   flow.SGR(t.Accent),
		you:      flow.SGR(t.You),
		good:     flow.SGR(t.Good),
		busy:     flow.SGR(t.Busy),
		warn:     flow.SGR(t.Warn),
		bad:      flow.SGR(t.Bad),
	}
	p.edge = flow.Paint(p.accent, "▌")
	p.rule = flow.Paint(p.faint, "│") + " "
	return p
}

const (
	measure = 108 // cells; longer lines are hard to read
	narrow  = 40  // below it no cell is left empty on the right
)

// resize fits the text into a window of this width.
func (p *pen) resize(width int) {
	room := width - gutter
	if width >= narrow {
		room--
	}
	p.width = min(max(room, 1), measure)
	p.serial++
}
