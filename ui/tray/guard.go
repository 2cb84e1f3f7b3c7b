package tray

import "time"

// Keys that come too soon were not meant for what is on the screen. Type-ahead
// has approved calls in many programs; see the tests for the shapes it takes.
const (
	// Burst is the least time between two keys of a person. Keys that follow the
	// focus chord, a paste or each other faster come from a paste, a macro or a
	// key held down, and answer nothing.
	Burst = 50 * time.Millisecond
	// Settle is how long a question must have been shown before it takes an
	// answer, so that a key meant for the one before it does no harm.
	Settle = 400 * time.Millisecond
)

// A guard tells deliberate keys from stray ones.
type guard struct {
	shown time.Time // when the question on the screen came there
	input time.Time // the last key, chord or paste of any kind
}

// appeared notes that another question is on the screen now.
func (g *guard) appeared(now time.Time) { g.shown = now }

// touch notes any input and tells whether it came on its own.
func (g *guard) touch(now time.Time) (alone bool) {
	alone = g.input.IsZero() || now.Sub(g.input) >= Burst
	g.input = now
	return alone
}

// settling tells whether the question is too new to be answered.
func (g *guard) settling(now time.Time) bool { return now.Sub(g.shown) < Settle }
