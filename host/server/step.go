package server

import (
	"fmt"
	"time"

	"switchboard/host/clean"
)

// step takes one input. An input that means nothing in a state changes nothing.
func (m machine) step(in input) (machine, effect) {
	switch in.kind {
	case began:
		if m.rules.disabled {
			return m.enter(Disabled, clean.Text{}), nothing
		}
		return m.launch()
	case restarted, enabled, disabled, stopped, consented:
		return m.obey(in.kind)
	case closing:
		return m.shut(in.text)
	case gone:
		return m.settle()
	case due:
		if m.state == Backoff && !m.up {
			return m.launch()
		}
	case fell:
		return m.fall(in)
	case linked:
		return m.connect(in), nothing
	default:
		return m.live(in)
	}
	return m, nothing
}

func (m machine) enter(state State, reason clean.Text) machine {
	m.state, m.reason = state, reason
	return m
}

// obey follows an order. What the person does wipes the memory of earlier falls.
func (m machine) obey(order inputKind) (machine, effect) {
	switch {
	case order == consented:
		m.trusted = true
		if m.state == Untrusted {
			return m.launch()
		}
	case order == disabled:
		return m.halt(Disabled, clean.Text{})
	case order == stopped:
		if m.runs() || m.state == Backoff || m.state == Stopping && m.goal == Starting {
			return m.halt(Stopped, clean.Text{})
		}
	case order == restarted, !m.runs() && (m.state != Stopping || m.goal != Starting):
		m.exits, m.tries = nil, 0
		return m.launch()
	}
	return m, nothing
}

// launch starts a life unless something stands against it; one that is under way
// is ended first.
func (m machine) launch() (machine, effect) {
	r := m.rules
	switch {
	case !r.broken.Empty():
		return m.enter(Failed, r.broken), nothing
	case !r.untrusted.Empty() && !m.trusted:
		return m.enter(Untrusted, r.untrusted), nothing
	case !r.missing.Empty():
		return m.enter(NeedsYou, r.missing), nothing
	case m.up:
		return m.halt(Starting, clean.Text{})
	}
	m.up, m.retryAt = true, time.Time{}
	m.misses, m.good, m.notice = 0, 0, clean.Text{}
	m.complaints = [causes]clean.Text{}
	return m.enter(Starting, clean.Text{}), startLife
}

// halt ends what runs and goes on to the goal.
func (m machine) halt(goal State, reason clean.Text) (machine, effect) {
	m.retryAt = time.Time{}
	if !m.up {
		return m.enter(goal, reason), nothing
	}
	m.goal = goal
	return m.enter(Stopping, reason), endLife
}

// shut is the end of all: what runs is stopped, and what waits for a restart will
// not see it.
func (m machine) shut(why clean.Text) (machine, effect) {
	if !m.up && m.state != Backoff {
		return m, nothing
	}
	if why.Empty() {
		why = closingReason
	}
	return m.halt(Stopped, why)
}

// settle follows the end of a life.
func (m machine) settle() (machine, effect) {
	if !m.up {
		return m, nothing
	}
	m.up = false
	switch {
	case m.state == Backoff:
		return m, armRetry
	case m.state == Stopping && m.goal == Starting:
		return m.launch()
	case m.state == Stopping:
		return m.enter(m.goal, m.reason), nothing
	}
	return m, nothing
}

// fall follows a life that ended by itself: a pause with full jitter and another
// try, unless that is pointless or was in vain too often.
func (m machine) fall(in input) (machine, effect) {
	if !m.runs() {
		return m, nothing
	}
	if m.state != Starting && in.at.Sub(m.since) >= goodTime {
		m.exits, m.tries = nil, 0
	}
	switch in.fall {
	case lasting:
		return m.enter(Failed, in.text), endLife
	case personal:
		return m.enter(NeedsYou, in.text), endLife
	case passing:
		m.exits = append(recent(m.exits, in.at), in.at)
		if len(m.exits) >= maxExits {
			return m.enter(Failed, gaveUp(in.text)), endLife
		}
	case distant:
	}
	m.retryAt = in.at.Add(m.pause(in.roll))
	m.tries++
	return m.enter(Backoff, in.text), endLife
}

// gaveUp is the reason of a server that is not restarted any more.
func gaveUp(last clean.Text) clean.Text {
	return clean.Foreign(fmt.Sprintf("%s; it ended %d times within %.0f minutes and is not started again until you say so",
		last.Raw(), maxExits, exitWindow.Minutes()))
}

// recent keeps the exits that still count.
func recent(exits []time.Time, now time.Time) []time.Time {
	var kept []time.Time
	for _, at := range exits {
		if now.Sub(at) < exitWindow {
			kept = append(kept, at)
		}
	}
	return kept
}

// pause is how long to wait before the next try: any time up to a bound that
// doubles, so that servers which fell together do not rise together.
func (m machine) pause(roll float64) time.Duration {
	bound := m.rules.backoffCap
	if shifted := m.rules.backoffBase << min(m.tries, 20); shifted < bound {
		bound = shifted
	}
	return time.Duration(roll * float64(bound))
}

// runs tells of the states in which a life is under way and wanted.
func (m machine) runs() bool { return m.state == Starting || m.state.Callable() }
