// Package catalog makes one list of the tools of many servers: names that are
// valid, unique and stable for the model, and the way back from a name to the
// one server that serves it. It is pure: the same tools and choices give the
// same catalogue.
package catalog

import (
	"encoding/json"

	"switchboard/host/clean"
)

// An ID is a tool's identity: who offers it and what that server calls it. Names
// shown to a model are derived from it and are never used as keys.
type ID struct {
	Server string // the name in the configuration
	Tool   string // the raw name, as the server said it
}

// String is "server/tool", the form that rules use.
func (id ID) String() string { return id.Server + "/" + id.Tool }

// A Tool is what one server offers.
type Tool struct {
	ID          ID
	Title       clean.Text
	Description clean.Text
	Schema      json.RawMessage // the inputSchema as it came, byte for byte
	Hints       Hints
	// Raw is the whole definition as it came, a JSON object; nil when the tool was
	// made of the fields above.
	Raw json.RawMessage
}

// Hints are MCP's tool annotations with the protocol's defaults filled in. They
// are the server's own word and may only raise a risk, never lower it.
type Hints struct {
	ReadOnly    bool // default false
	Destructive bool // default true
	Idempotent  bool // default false
	OpenWorld   bool // default true
}

// DefaultHints are what MCP prescribes for a tool without annotations.
func DefaultHints() Hints { return Hints{Destructive: true, OpenWorld: true} }

// MayDestroy tells whether a call may change or remove something for good, by
// the server's own word. MCP gives Destructive a meaning only where ReadOnly is
// false, and its default is true even for a tool that reads.
func (h Hints) MayDestroy() bool { return h.Destructive && !h.ReadOnly }

// worst is what can be said of a call that goes to either of two tools.
func (h Hints) worst(o Hints) Hints {
	return Hints{
		ReadOnly:    h.ReadOnly && o.ReadOnly,
		Destructive: h.MayDestroy() || o.MayDestroy(),
		Idempotent:  h.Idempotent && o.Idempotent,
		OpenWorld:   h.OpenWorld || o.OpenWorld,
	}
}
