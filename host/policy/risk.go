package policy

// Level is how bad a call may turn out.
type Level uint8

// The levels, the mildest first.
const (
	Reads    Level = iota // changes nothing
	Adds                  // changes things, but removes nothing for good
	Unknown               // nobody who is trusted says what it does
	Destroys              // may remove or overwrite things for good
)

// A Risk says what a call to a tool may do.
type Risk struct {
	Level Level
	// Outside is set when the server says that the tool deals with the world
	// outside of it, such as the web.
	Outside bool
	// Claimed is set when the server says that the tool only reads and is not
	// trusted to say so.
	Claimed bool
}

// RiskOf is the risk by a tool's hints. Those of a server that is not trusted can
// raise it and never lower it: it is at least that of a tool without any hints.
func RiskOf(h Hints, trusted bool) Risk {
	r := Risk{Level: Unknown, Outside: h.OpenWorld == Yes}
	switch {
	case h.Destructive == Yes:
		r.Level = Destroys
	case !trusted:
	case h.ReadOnly == Yes:
		r.Level = Reads
	case h.Destructive == No:
		r.Level = Adds
	}
	r.Claimed = h.ReadOnly == Yes && r.Level != Reads
	return r
}

// High tells whether the risk deserves a warning colour and no wide grant at the
// first time of asking.
func (r Risk) High() bool { return r.Level == Destroys || r.Outside }

// String says the risk in words.
func (r Risk) String() string {
	s := map[Level]string{
		Reads:    "only reads",
		Adds:     "adds or changes things",
		Unknown:  "may change or remove things",
		Destroys: "may remove or overwrite things for good",
	}[r.Level]
	if r.Outside {
		s += ", deals with the outside world"
	}
	if r.Claimed {
		s += "; says that it only reads, which nobody has checked"
	}
	return s
}
