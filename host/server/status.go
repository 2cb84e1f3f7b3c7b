package server

import (
	"time"

	"switchboard/host/clean"
)

// State is where a server is in its life.
type State string

// The states of a server.
const (
	Disabled State = "disabled"  // not started, by the person's wish
	NeedsYou State = "needs you" // cannot go on without the person; the reason says what for
	Starting State = "starting"
	Ready    State = "ready"
	Degraded State = "degraded" // answers, but not as it should
	Stopping State = "stopping"
	Stopped  State = "stopped" // by the person, until a restart; its tools stay listed
	// Untrusted waits for the person's consent to be started or reached at all.
	Untrusted State = "untrusted"
	// Backoff waits for the next restart, at [Status.RetryAt].
	Backoff State = "backoff"
	Failed  State = "failed"
)

// A Status is one moment of a server: a copy, never changed afterwards.
type Status struct {
	Name  string
	State State
	Since time.Time // when the state was entered
	// Reason is a sentence one can act on; empty when all is well. A ready server
	// has one when something of it had to be left out, such as a broken tool.
	Reason clean.Text
	// Evidence is when the server last proved that it lives; zero if never.
	Evidence time.Time
	Tools    int
	// Latency is what the last answered request took; 0 when none was answered.
	Latency time.Duration
	// P50 is the median of the recent calls; 0 before any.
	P50 time.Duration
	// Latencies are those of the last 32 answered requests, oldest first.
	Latencies []time.Duration
	Running   []RunningCall // calls under way, oldest first
	// Misses counts the probes in a row that were not answered.
	Misses int
	// RetryAt is when a server in [Backoff] is started again; zero otherwise.
	RetryAt time.Time
	// Listed is when Tools were last listed in full; zero if never. A list that
	// could not be renewed stays and grows old.
	Listed time.Time
	// Delta says how the last list differs from the one before: "+2 −1 tools".
	Delta    string
	InFlight int    // calls under way
	Late     int    // answers that came after their call had ended
	Protocol string // negotiated version; empty before
	PID      int    // of the process; 0 for none
	Restarts int
	// Stderr is the last lines the process wrote there.
	Stderr clean.Text
	// Noise counts the lines on standard output that were no protocol messages,
	// and the answers that nobody had asked for.
	Noise int
	// Stdout is the last lines of that noise.
	Stdout clean.Text
	// Builtin marks a server inside this binary.
	Builtin bool
	// Catalog counts changes of the tool list, so that a listener sees one.
	Catalog int
	// Offers counts the listings of resources, templates and prompts, so that a
	// listener sees one.
	Offers int
}

// Callable tells whether calls go through in this state.
func (s State) Callable() bool { return s == Ready || s == Degraded }
