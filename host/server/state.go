package server

import (
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
	closing    inputKind = "closing"    // Switchboard ends, or has no use for the server any more
)

// An input is what happened, when, and what belongs to it.
type input struct {
	kind  inputKind
	at    time.Time
	text  clean.Text // of fell, missed, complained, remarked, connected and closing
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
