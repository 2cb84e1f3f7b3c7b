package policy

import "encoding/json"

// A Hint is one of MCP's tool annotations as the server gave it.
type Hint uint8

// The values of a hint.
const (
	Unsaid Hint = iota
	No
	Yes
)

// Hints are MCP's tool annotations without the protocol's defaults filled in: what
// a server did not say is not the same as what it said.
type Hints struct{ ReadOnly, Destructive, Idempotent, OpenWorld Hint }

// ParseHints reads the annotations of a tool's definition as it came. Whatever is
// no boolean counts as unsaid.
func ParseHints(definition json.RawMessage) Hints {
	var d struct {
		Annotations map[string]json.RawMessage `json:"annotations"`
	}
	_ = json.Unmarshal(definition, &d)
	return Hints{
		ReadOnly:    hint(d.Annotations["readOnlyHint"]),
		Destructive: hint(d.Annotations["destructiveHint"]),
		Idempotent:  hint(d.Annotations["idempotentHint"]),
		OpenWorld:   hint(d.Annotations["openWorldHint"]),
	}
}

func hint(raw json.RawMessage) Hint {
	switch string(raw) {
	case "true":
		return Yes
	case "false":
		return No
	}
	return Unsaid
}
