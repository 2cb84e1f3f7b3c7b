package server

import (
	"fmt"
	"time"

	"switchboard/host/clean"
)

// A machine is where a server is in its life and what it remembers of the way
// there. [machine.step] is a pure function of the machine and one input: it has
// no clock, no dice and no process of its own.
type machine struct {
	rules   lifeRules
	state   State
	reason  clean.Text
	up      bool  // a life is under way, or not yet taken down
	goal    State // what Stopping leads to: Starting, Disabled or Stopped
	trusted bool  // the person consented

	since   time.Time   // of Ready, for the five good minutes
	exits   []time.Time // within the window
	tries   uint        // restarts since the last good time
	retryAt time.Time   // when the next start is due, in Backoff
	misses  int         // probes in a row without an answer
	good    int         // answers in a row after misses
	notice  clean.Text  // what the present list of tools leaves out
	// complaints degrade a server for as long as they are not empty.
	complaints [causes]clean.Text
}

// lifeRules are what a machine never changes: the figures, and what stands
// against a start. A start is barred by a broken entry, then by missing consent,
// then by what only the person can supply.
type lifeRules struct {
	broken    clean.Text // the entry cannot be used
	untrusted clean.Text // why consent is needed
	missing   clean.Text // what the person has to supply
	disabled  bool       // by the entry

	backoffBase, backoffCap time.Duration
}

// The figures of a life that nobody sets.
const (
	missesDegraded = 3
	missesRestart  = 6
	goodReady      = 2
	maxExits       = 5
	exitWindow     = 3 * time.Minute
	goodTime       = 5 * time.Minute
)

// A cause is one way in which a server that runs can be in trouble. The first
// that holds is the one that is told.
type cause int

const (
	away    cause = iota // its address does not answer
	silent               // it does not answer probes
	failing              // its calls come to nothing
	causes
)

// An inputKind is something that happens to a server.
type inputKind string

const (
	began      inputKind = "began"      // Run was called
	restarted  inputKind = "restarted"  // ordered by the person, as the next four
	enabled    inputKind = "enabled"    //
	disabled   inputKind = "disabled"   //
	stopped    inputKind = "stopped"    //
	consented  inputKind = "consented"  //
	linked     inputKind = "linked"     // the life is ready for calls
	fell       inputKind = "fell"       // the life ended by itself
	gone       inputKind = "gone"       // nothing of the life is left
	due        inputKind = "due"        // the pause before a restart is over
	missed     inputKind = "missed"     // a probe got no answer
	answered   inputKind = "answered"   // a probe or a call got one
	complained inputKind = "complained" // a cause began, changed or ceased
	remarked   inputKind = "remarked"   // the list of tools leaves out something else
	closing    inputKind = "closing"    // Switchboard ends
)

// An input is what happened, when, and what belongs to it.
type input struct {
	kind  inputKind
	at    time.Time
	text  clean.Text // of fell, missed, complained, remarked and connected
	fall  fall       // of fell
	cause cause      // of complained
	roll  float64    // in [0, 1), for the pause of fell and missed
}

// A fall sorts the ends of a life by what can be done about them.
type fall int

const (
	passing  fall = iota // may be better the next time
	distant              // nobody there: tried again for ever
	lasting              // the entry must be changed first
	personal             // the person must do something, such as sign in
)

// An effect is what the owner has to do after a step.
type effect int

const (
	nothing effect = iota
	startLife
	endLife
	armRetry // due is to come at machine.retryAt
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
		return m.shut()
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
func (m machine) shut() (machine, effect) {
	if !m.up && m.state != Backoff {
		return m, nothing
	}
	return m.halt(Stopped, closingReason)
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
