// Package timeline shows the turns as waterfalls: what the model took, what each
// call took in its server, and what waited for the person.
package timeline

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/list"
	"switchboard/ui/sheet"
)

// maxTurns is how many turns are kept.
const maxTurns = 200

// A Timeline is the view of /timeline. It listens all the time, so that what has
// happened is there when it opens.
type Timeline struct {
	theme  theme.Theme
	now    func() time.Time
	tracer host.Tracer
	done   []host.Trace
	at     int // which of all turns is shown
	newest bool
	rows   list.List[int] // the ids of its spans
	open   map[int]bool   // spans that are unfolded
	height int
}

// New makes an empty timeline. A nil now is [time.Now].
func New(th theme.Theme, now func() time.Time) *Timeline {
	if now == nil {
		now = time.Now
	}
	return &Timeline{theme: th, now: now, newest: true, open: map[int]bool{}}
}

// SetTheme changes the colours.
func (t *Timeline) SetTheme(th theme.Theme) { t.theme = th }

// Open shows the newest turn.
func (t *Timeline) Open(string) sheet.Action {
	t.newest = true
	t.show(len(t.turns()) - 1)
	return sheet.Action{}
}

// Close ends nothing: the events come in any case.
func (t *Timeline) Close() host.Op { return nil }

// Apply follows what the host tells.
func (t *Timeline) Apply(e host.Event) {
	trace, ended := t.tracer.Apply(e, t.now())
	if ended && len(trace.Spans) > 0 {
		t.done = append(t.done, trace)
		if len(t.done) > maxTurns {
			t.done = t.done[1:]
			t.at = max(0, t.at-1)
		}
	}
}

// turns are the traces of the turns that are over, and of the one that runs.
func (t *Timeline) turns() []host.Trace {
	if now := t.tracer.Now(); len(now.Spans) > 0 {
		return append(t.done[:len(t.done):len(t.done)], now)
	}
	return t.done
}

// shown is the turn on the screen.
func (t *Timeline) shown() (host.Trace, bool) {
	all := t.turns()
	if t.newest {
		t.at = len(all) - 1
	}
	if t.at < 0 || t.at >= len(all) {
		return host.Trace{}, false
	}
	return all[t.at], true
}

func (t *Timeline) show(at int) {
	all := t.turns()
	t.at = max(0, min(at, len(all)-1))
	t.newest = t.at == len(all)-1
	t.open = map[int]bool{}
	t.rows = list.List[int]{}
}

// Press takes a key.
func (t *Timeline) Press(k tea.KeyPressMsg) sheet.Action {
	key := k.String()
	trace, any := t.shown()
	if any && t.rows.Press(key, t.height) {
		return sheet.Action{}
	}
	switch key {
	case "esc", "q":
		return sheet.Action{Leave: true}
	case "left", "h", "[":
		t.show(t.at - 1)
	case "right", "l", "]":
		t.show(t.at + 1)
	case "enter", "space":
		if id, ok := t.rows.Key(); ok {
			t.open[id] = !t.open[id]
		}
	case "w":
		return t.save(trace, any, false)
	case "o":
		return t.save(trace, any, true)
	}
	return sheet.Action{}
}

func (t *Timeline) save(trace host.Trace, any, otlp bool) sheet.Action {
	if !any {
		return sheet.Action{Note: "there is no turn to save yet"}
	}
	return sheet.Action{Op: host.SaveTrace{Trace: trace, OTLP: otlp}}
}

// Paste is dropped: nothing is typed here.
func (t *Timeline) Paste(string) {}

// Typing is never so.
func (t *Timeline) Typing() bool { return false }

// Scroll moves through the spans.
func (t *Timeline) Scroll(lines int) { t.rows.Move(lines) }

// Cursor is nowhere.
func (t *Timeline) Cursor() (x, y int, ok bool) { return 0, 0, false }

// Animated tells whether a turn runs, whose bars grow.
func (t *Timeline) Animated() bool { return len(t.tracer.Now().Spans) > 0 }
