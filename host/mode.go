package host

import "switchboard/host/policy"

// Mode says what happens to calls that no rule decides about.
type Mode = policy.Mode

// The modes.
const (
	ModeAsk      = policy.Manual
	ModeReadOnly = policy.ReadOnly
	ModeAuto     = policy.Auto
)

// Modes lists the modes, the default first.
func Modes() []Mode { return policy.Modes() }

// SetMode changes the mode for this session; none is kept for the next.
type SetMode struct{ Mode Mode }

// ModeChanged tells the mode, at start and whenever it changes.
type ModeChanged struct{ Mode Mode }

func (SetMode) op()        {}
func (ModeChanged) event() {}
