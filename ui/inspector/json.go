package inspector

import (
	"bytes"
	"encoding/json"

	"switchboard/host/clean"
)

// pretty is JSON indented and safe to show; what is no JSON stays as it is.
func pretty(raw []byte) string {
	if len(bytes.TrimSpace(raw)) == 0 {
		return "{}"
	}
	var out bytes.Buffer
	if json.Indent(&out, bytes.TrimSpace(raw), "", "  ") != nil {
		return clean.Block(string(raw))
	}
	return clean.Block(out.String())
}
