package inspector

import (
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/servers"
)

// broken tells whether a server waits for something to be put right.
func broken(s host.ServerState) bool {
	switch s {
	case host.ServerFailed, host.ServerBackoff, host.ServerNeedsYou, host.ServerUntrusted:
		return true
	}
	return false
}

// lastWords is how many of the last lines on standard error the card shows.
const lastWords = 8

// failureCard is what went wrong and what one can do about it: how the server
// ended, its last words, what was run, where it was looked for, advice, and keys.
func failureCard(s *sheet, i host.Inspection, keys []Key, now time.Time) {
	inner := &sheet{theme: s.theme, w: s.w - 2}
	st := i.Status
	sign, state := servers.Lamp(s.theme, st.State)
	if st.Reason.Empty() {
		inner.add(sign + " " + state)
	} else {
		inner.prose(sign + " " + s.theme.Strong.Render(st.Reason.Line()))
	}
	if !st.RetryAt.IsZero() {
		inner.add(s.theme.Muted.Render("the next try comes in " + amount.Age(st.RetryAt.Sub(now)+time.Second-1)))
	}
	inner.gap()
	if words := tail(st.Stderr.Block(), lastWords); words != "" {
		inner.add(s.theme.Muted.Render("its last words (stderr)"))
		inner.quoted(words)
		inner.gap()
	}
	inner.attempt(i)
	for n, a := range advice(i) {
		if n == 0 {
			inner.gap()
			inner.add(s.theme.Strong.Render("what to try"))
		}
		inner.tip(a)
	}
	inner.gap()
	inner.keys(keys)
	edge := s.theme.Bad.Render("┃ ")
	if st.State == host.ServerUntrusted || st.State == host.ServerNeedsYou {
		edge = s.theme.Warn.Render("┃ ")
	}
	for _, l := range inner.lines {
		s.add(edge + l)
	}
}

// attempt is what was run or reached, or what would be; and where the program was
// looked for when it was not found.
func (s *sheet) attempt(i host.Inspection) {
	ran, reached := "ran", "reached"
	if i.Status.State == host.ServerUntrusted {
		ran, reached = "would run", "would reach"
	}
	l := i.Launch
	if l.Resolved != "" {
		l.Command = l.Resolved
	}
	s.fact(ran, commandLine(l))
	s.fact(reached, clean.Line(l.URL))
	if l.Resolved == "" {
		lookup(s, l.Lookup)
	}
}

// keys names keys side by side, in as many lines as they need.
func (s *sheet) keys(keys []Key) {
	line, used := "", 0
	for _, k := range keys {
		piece := cells.Width(k.Key) + 1 + cells.Width(k.Does)
		if used > 0 && used+3+piece > s.w {
			s.add(line)
			line, used = "", 0
		}
		if used > 0 {
			line, used = line+"   ", used+3
		}
		line, used = line+s.theme.Key.Render(k.Key)+" "+s.theme.Muted.Render(k.Does), used+piece
	}
	s.add(cells.Cut(line, s.w))
}

// tip is one advice, with its key.
func (s *sheet) tip(t tip) {
	mark := s.theme.Faint.Render("· ")
	for n, l := range cells.Wrap(t.text, max(8, s.w-2)) {
		if n > 0 {
			mark = "  "
		}
		s.add(mark + l)
	}
}

// tail is the last n lines of text.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
