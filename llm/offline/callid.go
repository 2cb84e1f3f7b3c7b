package offline

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"switchboard/llm"
)

// idLength is the one length of a call id that every provider accepts, should the
// conversation go on with another model.
const idLength = 9

// callID makes an id of 9 letters and digits out of the call and its place in the
// conversation. It is none of those taken.
func callID(place int, name string, args json.RawMessage, taken map[string]bool) string {
	for salt := 0; ; salt++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %s %s", salt, place, name, args))
		id := strings.Repeat("0", idLength) + new(big.Int).SetBytes(sum[:8]).Text(62)
		if id = id[len(id)-idLength:]; !taken[id] {
			return id
		}
	}
}

// callMessage turns steps into an assistant message of calls.
func callMessage(steps []step, t turn) llm.Message {
	m := llm.Message{Role: llm.Assistant}
	taken := map[string]bool{}
	for id := range t.ids {
		taken[id] = true
	}
	for _, s := range steps {
		args := encode(s.args)
		id := callID(len(taken), s.tool.Name, args, taken)
		taken[id] = true
		m.Parts = append(m.Parts, llm.ToolCall{ID: id, Name: s.tool.Name, Arguments: args})
	}
	return m
}

// encode writes a value as JSON, keys in order, without the escapes that only
// HTML needs.
func encode(v any) json.RawMessage {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		// Values are strings, booleans, checked numbers and lists of them, so this
		// cannot be; an empty object is refused by the server at worst.
		return json.RawMessage("{}")
	}
	return json.RawMessage(strings.TrimSpace(b.String()))
}
