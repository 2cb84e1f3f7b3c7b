package inspector

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/form"
	"switchboard/ui/list"
)

// logTail is what the server said beside the protocol: lines on standard error,
// noise on standard output, and MCP's log messages.
type logTail struct {
	*subject
	list   list.List[int] // by their number since the server was first started
	filter list.Filter
	source host.LogSource // "" for all
	level  int            // of levels: what is less severe is left out
	room   int
	open   bool
	page   page
}

func newLog(s *subject) *logTail {
	return &logTail{subject: s, list: list.List[int]{Follow: true}}
}

// sources are the choices of what to see, in turn.
var sources = [...]host.LogSource{"", host.LogStderr, host.LogStdout, host.LogMCP}

// levels are MCP's, from the least severe on; the first one means all.
var levels = [...]string{"", "info", "notice", "warning", "error", "critical"}

// severity is a level's place among MCP's levels; lines without one are seen with
// every choice of level.
func severity(level string) int {
	return slices.Index([]string{"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"}, level)
}

func (l *logTail) refresh() {
	words := l.filter.Words()
	keys := make([]int, 0, len(l.data.Log))
	for i, line := range l.data.Log {
		if l.wants(line) && list.Holds(line.Logger.Raw()+" "+line.Text.Raw(), words) {
			keys = append(keys, l.data.LogDropped+i)
		}
	}
	l.list.Set(keys)
}

func (l *logTail) wants(line host.ServerLog) bool {
	if l.source != "" && line.Source != l.source {
		return false
	}
	return line.Level == "" || severity(line.Level) >= severity(levels[l.level])
}

// line is the one with a number; false when it is gone.
func (l *logTail) line(key int) (host.ServerLog, bool) {
	i := key - l.data.LogDropped
	if i < 0 || i >= len(l.data.Log) {
		return host.ServerLog{}, false
	}
	return l.data.Log[i], true
}

func (l *logTail) field() *form.Field {
	if l.filter.Typing {
		return l.filter.Field()
	}
	return nil
}

func (l *logTail) typed()             { l.refresh() }
func (l *logTail) cursor() (x, y int) { return l.filter.Column, 0 }

func (l *logTail) back() bool {
	if l.open {
		l.open = false
		return true
	}
	had := l.filter.Back()
	l.refresh()
	return had
}

func (l *logTail) press(key, text string) Action {
	switch {
	case l.filter.Typing:
		if l.filter.Press(key, text) {
			l.refresh()
		}
	case l.open:
		return l.pressPage(key)
	default:
		l.pressList(key)
	}
	return Action{}
}

func (l *logTail) pressPage(key string) Action {
	if key == "y" {
		return l.copy()
	}
	l.page.press(key)
	return Action{}
}

func (l *logTail) copy() Action {
	k, _ := l.list.Key()
	line, ok := l.line(k)
	if !ok {
		return Action{}
	}
	return Action{Copy: line.Text.Block()}
}

func (l *logTail) pressList(key string) {
	switch key {
	case "/":
		l.filter.Typing = true
	case "f":
		if l.list.Follow = !l.list.Follow; l.list.Follow {
			l.list.Last()
		}
	case "v":
		i := slices.Index(sources[:], l.source)
		l.source = sources[(i+1)%len(sources)]
		l.refresh()
	case "l":
		l.level = (l.level + 1) % len(levels)
		l.refresh()
	case "enter", "space":
		l.open, l.page = len(l.list.Keys) > 0, page{}
	default:
		l.list.Press(key, l.room)
	}
}

func (l *logTail) keys() []Key {
	switch {
	case l.filter.Typing:
		return []Key{{"enter", "to the lines"}, {"esc", "all"}}
	case l.open:
		return []Key{{"y", "copy"}, {"esc", "back"}}
	}
	follow := Key{"f", "follow"}
	if l.list.Follow {
		follow.Does = "stand still"
	}
	return []Key{follow, {"v", "source"}, {"l", "level"}, {"/", "search"}, {"enter", "whole line"}}
}

func (l *logTail) view(w, h int, now time.Time) []string {
	s := &sheet{theme: l.theme, w: w}
	if k, _ := l.list.Key(); l.open {
		if line, ok := l.line(k); ok {
			l.page.lines = l.whole(line, w)
			return l.page.view(h)
		}
	}
	total := amount.Count(len(l.data.Log), "line")
	s.filterRow(&l.filter, fmt.Sprint(len(l.list.Keys)), total)
	s.add(cells.Cut(l.theme.Muted.Render(l.says(total)), w))
	if len(l.list.Keys) == 0 {
		return s.lines
	}
	l.room = max(1, h-len(s.lines))
	from, to := l.list.Window(l.room)
	for i := from; i < to; i++ {
		line, _ := l.line(l.list.Keys[i])
		s.add(l.row(line, i == l.list.Chosen && !l.list.Follow, w))
	}
	return s.lines
}

// says what is to be seen.
func (l *logTail) says(total string) string {
	said := []string{total}
	if len(l.data.Log) == 0 {
		said[0] = "it has said nothing"
	}
	if l.source != "" {
		said = append(said, string(l.source)+" only")
	}
	if l.level > 0 {
		said = append(said, levels[l.level]+" and worse")
	}
	if l.data.LogDropped > 0 {
		said = append(said, amount.Group(l.data.LogDropped)+" are gone")
	}
	if l.list.Follow {
		said = append(said, "following")
	}
	return strings.Join(said, ", ")
}
