package servers

import (
	"time"

	"charm.land/lipgloss/v2"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/amount"
)

// turnTime is how long the lamp of a starting server shows one of its faces.
const turnTime = 160 * time.Millisecond

var startingFaces = [...]string{"◐", "◓", "◑", "◒"}

// lamp is a state's sign. Every state has a shape of its own, so that it can be
// told without colour.
func lamp(s host.ServerState, now time.Time) string {
	switch s {
	case host.ServerReady:
		return "●"
	case host.ServerStarting:
		return startingFaces[now.UnixMilli()/turnTime.Milliseconds()%int64(len(startingFaces))]
	case host.ServerDegraded:
		return "▲"
	case host.ServerFailed:
		return "✗"
	case host.ServerNeedsYou:
		return "?"
	case host.ServerStopping:
		return "◌"
	case host.ServerUntrusted:
		return "◇"
	case host.ServerBackoff:
		return "↻"
	default:
		return "○"
	}
}

// tint is a state's colour.
func tint(t theme.Theme, s host.ServerState) lipgloss.Style {
	switch s {
	case host.ServerReady:
		return t.Good
	case host.ServerStarting, host.ServerStopping:
		return t.Busy
	case host.ServerDegraded, host.ServerNeedsYou, host.ServerUntrusted, host.ServerBackoff:
		return t.Warn
	case host.ServerFailed:
		return t.Bad
	default:
		return t.Faint
	}
}

// words is a state as it is said, with the time that a start has taken so far, or
// that is left until the next one.
func words(s host.ServerStatus, now time.Time) string {
	switch {
	case s.State == host.ServerStarting && !s.Since.IsZero():
		return string(s.State) + " " + amount.Elapsed(now.Sub(s.Since))
	case s.State == host.ServerBackoff && !s.RetryAt.IsZero():
		return "retry in " + amount.Age(s.RetryAt.Sub(now)+time.Second-1)
	}
	return string(s.State)
}

// urgency orders the pane: what needs a person comes first.
func urgency(s host.ServerState) int {
	switch s {
	case host.ServerFailed:
		return 0
	case host.ServerNeedsYou:
		return 1
	case host.ServerUntrusted:
		return 2
	case host.ServerDegraded:
		return 3
	case host.ServerBackoff:
		return 4
	case host.ServerStarting:
		return 5
	default:
		return 6
	}
}

// needsAttention tells whether the reason belongs on the screen unasked.
func needsAttention(s host.ServerState) bool { return urgency(s) < urgency(host.ServerStarting) }

// Lamp gives a state's sign and word in its colour, for use beside other text. It
// stands still.
func Lamp(t theme.Theme, s host.ServerState) (sign, word string) {
	style := tint(t, s)
	return style.Render(lamp(s, time.Time{})), style.Render(string(s))
}
