// Package transcript is the conversation on the screen: a list of items of which
// only the window is laid out and drawn, so that a frame costs the same after ten
// messages and after ten thousand.
package transcript

import (
	"time"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/transcript/flow"
)

// A Transcript is the conversation as the person sees it. It is fed with the
// host's events and has no goroutine of its own.
type Transcript struct {
	pen           pen
	width, height int

	past       []host.Event // that the first items are made of; see [Transcript.Restore]
	items      column
	changed    []int // items that were changed since the last frame
	calls      map[host.CallID]int
	turns      map[int]int // where each turn begins
	running    map[int]*call
	step       int // where the items of the running step begin
	spent      tally
	started    bool // a turn has begun: the welcome is gone
	served     bool // a server is known
	builtin    bool // one of them is built in, so that the welcome's examples work
	unfolded   bool // what ToggleAll did last
	unfoldedAt int  // and how high the window was

	following   bool
	top, offset int // the first visible item, and the first visible line of it
	selected    int // -1 for none
	rows        []string
}

// New makes an empty transcript. It draws nothing before [Transcript.Resize].
func New(t theme.Theme) *Transcript { return empty(newPen(t)) }

func empty(p pen) *Transcript {
	return &Transcript{
		pen:       p,
		calls:     map[host.CallID]int{},
		turns:     map[int]int{},
		running:   map[int]*call{},
		following: true,
		selected:  -1,
	}
}

// Resize sets the size of the window in cells. What is at its top stays there.
func (t *Transcript) Resize(width, height int) {
	if width == t.width && height == t.height {
		return
	}
	before := 0
	if t.top < t.items.n {
		before = t.at(t.top).lines
	}
	t.height, t.pen.height = height, height
	if width == t.width {
		return
	}
	t.width = width
	t.pen.resize(width)
	if !t.following && before > 0 {
		t.offset = t.offset * t.measure(t.top) / before
	}
}

// SetTheme changes every style.
func (t *Transcript) SetTheme(th theme.Theme) {
	p := newPen(th)
	p.serial, p.width, p.height, p.now = t.pen.serial+1, t.pen.width, t.pen.height, t.pen.now
	t.pen = p
}

// Tick moves the elapsed times of running calls on.
func (t *Transcript) Tick(now time.Time) {
	t.pen.now = now
	for i, c := range t.running {
		c.forget()
		t.touch(i)
	}
}

// Animated tells whether anything moves, and so whether [Transcript.Tick] is
// needed.
func (t *Transcript) Animated() bool { return len(t.running) > 0 }

// Following tells whether the window moves with the end.
func (t *Transcript) Following() bool { return t.following }

// Below counts the lines below the window. After a resize it is an estimate for
// items that were not on the screen since, as it is for those of a restored
// session that never were.
func (t *Transcript) Below() int {
	if t.following || !t.started {
		return 0
	}
	return max(t.items.from(t.top)-t.offset-t.height, 0)
}

// add appends an item.
func (t *Transcript) add(it item) int {
	t.items.add(entry{it, t.gapBefore(it), 1 + it.size()/max(t.pen.width, 1)})
	t.touch(t.items.n - 1)
	return t.items.n - 1
}

// gapBefore groups calls, and notices; everything else stands apart.
func (t *Transcript) gapBefore(it item) int {
	if t.items.n == 0 {
		return 0
	}
	switch last := t.last().(type) {
	case *call:
		if _, ok := it.(*call); ok {
			return 0
		}
	case *notice:
		if n, ok := it.(*notice); ok && !n.ending && !last.ending {
			return 0
		}
	}
	return 1
}

// touch remembers that an item changed, so that its height is known even when it
// is not in the window.
func (t *Transcript) touch(i int) {
	if n := len(t.changed); n == 0 || t.changed[n-1] != i {
		t.changed = append(t.changed, i)
	}
}

// maxSettled bounds what one frame lays out outside of the window; a whole
// session that is played back must not be laid out at once.
const maxSettled = 64

// settle measures what changed since the last frame.
func (t *Transcript) settle() {
	for _, i := range t.changed[max(len(t.changed)-maxSettled, 0):] {
		t.measure(i)
	}
	t.changed = t.changed[:0]
}

// measure lays an item out, if it has changed, and gives its height with the gap.
func (t *Transcript) measure(i int) int {
	e := t.at(i)
	e.layout(&t.pen)
	h := e.height()
	if h > 0 {
		h += e.gap
	}
	t.items.measured(i, h)
	return h
}

const (
	gutter = 3  // cells left of the text: selection, mark, space
	tight  = 16 // a window so narrow that rules and marks may not fit
)

// row draws one line of an item.
func (t *Transcript) row(i, k int) string {
	e := t.at(i)
	if k -= e.gap; k < 0 {
		return ""
	}
	edge, mark, line := " ", " ", e.line(k)
	if i == t.selected {
		edge = t.pen.edge
	}
	if k == 0 {
		mark = e.mark(&t.pen)
	}
	if line == "" && edge == " " && mark == " " {
		return ""
	}
	if t.width < tight {
		return flow.Cut(edge+mark+" "+line, t.width)
	}
	return edge + mark + " " + line
}
