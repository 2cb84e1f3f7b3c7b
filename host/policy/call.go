package policy

import (
	"encoding/json"
	"strings"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// A Call is what is to be decided about, with what is known of the tool and its
// server at that moment.
type Call struct {
	ID catalog.ID
	// Arguments is the JSON object that would be sent; empty for none.
	Arguments json.RawMessage
	// Pin is the server's launch identity and the definition's hash as they are.
	Pin Pin
	// Changed says in words what is different about the definition since the
	// person last accepted it, such as "description"; empty for nothing. No allow
	// that is not pinned to this very definition holds until they accept it again.
	Changed []string
	Hints   Hints
	Trust   Trust
	At      time.Time // allows that expired by then do not hold
}

// A Pin ties a rule to what the person saw when they made it. An empty field ties
// to nothing.
type Pin struct {
	Server string // the launch identity
	Tool   string // the hash of the definition
}

// Trust is what the person said of a server, bound to its launch identity.
type Trust string

// The levels of trust. Any other text counts as [Fresh].
const (
	// Fresh is a server that the person has not looked at yet: every call asks.
	Fresh Trust = ""
	// Known is a server whose calls the rules may allow. Its hints only raise risks.
	Known Trust = "known"
	// Trusted is a server whose word the person takes: its hints are believed.
	Trusted Trust = "trusted"
	// Refused is a server that the person does not want: every call is denied.
	Refused Trust = "refused"
)

// server is the server's name, safe to show.
func (c Call) server() string { return clean.Line(c.ID.Server) }

// changes says what is different about the definition, or nothing.
func (c Call) changes() string {
	if len(c.Changed) == 0 {
		return ""
	}
	return "its definition changed: " + clean.Line(strings.Join(c.Changed, ", "))
}

// reads tells whether a server that the person trusts marks the tool as one that
// changes nothing. One that says both is not believed.
func (c Call) reads() bool {
	return c.Trust == Trusted && c.Hints.ReadOnly == Yes && c.Hints.Destructive != Yes
}

func (c Call) whyNotReading() string {
	if c.Trust != Trusted {
		return c.server() + " is not trusted to say what only reads"
	}
	return c.server() + " does not say of this tool that it only reads"
}
