package host

import "switchboard/host/policy"

// TrustLevel is how far the person trusts a server, bound to how it is started or reached.
type TrustLevel = policy.Trust

// The levels of trust.
const (
	TrustNew     = policy.Fresh   // at first contact: every call asks
	TrustKnown   = policy.Known   // rules may allow its calls; its hints only raise risks
	TrustFull    = policy.Trusted // its word is taken for what its tools do
	TrustRefused = policy.Refused // every call is denied
)

// SetTrust says how far the person trusts a server, from now on and in later
// sessions. It promotes a server that is new.
type SetTrust struct {
	Server string
	Trust  TrustLevel
}

// GateResults shows every result of a server to the person before the model reads
// it, until the program ends or On is false.
type GateResults struct {
	Server string
	On     bool
}

// TrustChanged tells how far the person trusts a server, and whether its results are
// shown before the model reads them. At start it comes for every server.
type TrustChanged struct {
	Server string
	Trust  TrustLevel
	Gate   bool
}

func (SetTrust) op()        {}
func (GateResults) op()     {}
func (TrustChanged) event() {}
