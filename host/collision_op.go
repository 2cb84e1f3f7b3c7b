package host

import (
	"time"

	"switchboard/host/catalog"
)

// ListCollisions asks for [CollisionsListed], now and whenever it changes, until On
// is false.
type ListCollisions struct{ On bool }

// SetStrategy says what becomes of names that several servers offer: of the raw name
// Tool, of those that Server offers, or, with neither, of all.
type SetStrategy struct {
	Tool, Server string
	// Strategy may be one made by [catalog.Server] for a Tool; "" takes back what was
	// said in this session.
	Strategy Strategy
	Scope    Scope // [Session]; for a Tool also [Always]
}

// NameTool gives a tool a name of the person's own. An empty Alias takes it away.
type NameTool struct {
	Tool  catalog.ID
	Alias string
	Scope Scope // [Session] or [Always]
}

// HideTool never offers a tool to the model, or offers it again.
type HideTool struct {
	Tool   catalog.ID
	Hidden bool
	Scope  Scope // [Session] or [Always]
}

// ForgetChoice revokes a remembered choice, by its [RememberedChoice].ID.
type ForgetChoice struct{ ID string }

// CollisionsListed answers [ListCollisions].
type CollisionsListed struct {
	Default    Ruling
	Servers    []ServerRuling // all servers, in the order of the configuration
	Clashes    []ClashInfo    // by name
	Own        []OwnTool      // named or hidden by the person, by server and tool
	Remembered []RememberedChoice
	// Names are those that are taken, for the names that a person types.
	Names catalog.Names
	// Lasting tells that [Always] is remembered beyond the session.
	Lasting bool
}

// A Ruling is a strategy and whence it comes.
type Ruling struct {
	Strategy Strategy // "" for none
	By       string   // a clause: "the configuration says so"; safe to show
	Since    time.Time
}

// A ServerRuling is what holds for the names that one server offers.
type ServerRuling struct {
	Server string
	Ruling Ruling
}

// A ClashInfo is one name that several servers offer.
type ClashInfo struct {
	Name         string
	Ruling       Ruling
	Candidates   []ClashRoute
	Holder       string // keeps the name while the question is open; "" for nobody
	SameEndpoint bool
	Comparison   catalog.Comparison
	// Changes say why an earlier decision does not hold any more.
	Changes []CandidateChange
}

// A ClashRoute is one tool in a clash and where calls to it come from.
type ClashRoute struct {
	Candidate
	Offered string // the name that the model has for it; "" for none
	Why     string // how that came about; safe to show
	Routed  int    // calls that went to it in this session
}

// An OwnTool is a tool that the person named or hid.
type OwnTool struct {
	Tool    catalog.ID
	Alias   string // "" for none
	Hidden  bool
	By      string // whence that comes; safe to show
	Offered string // the name that the model has for it; "" for none
}

// A RememberedChoice is one that outlasts the session.
type RememberedChoice struct {
	ID, Tool string
	Text     string // what was decided about whom; safe to show
	Origin   string
	Created  time.Time
	// Doubts say why it does not hold as things stand; empty while it does.
	Doubts []string
	// Idle tells that it decides nothing now: something closer does.
	Idle bool
}

func (ListCollisions) op() {}
func (SetStrategy) op()    {}
func (NameTool) op()       {}
func (HideTool) op()       {}
func (ForgetChoice) op()   {}

func (CollisionsListed) event() {}
