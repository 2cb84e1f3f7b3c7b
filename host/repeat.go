package host

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"

	"switchboard/llm"
)

// How often the same call may give the same result within a turn: then the model
// is told, and then the turn ends, since it runs in a circle.
const (
	repeatsTold  = 3
	repeatsEnded = 5
)

// circling is what the model reads in place of a result that it has had before.
const circling = "This is the third time that this very call gave this very result, as it stands above. " +
	"Do not make it again: do something else, or answer with what you have."

// repeats counts calls that came back with the same result.
type repeats map[[sha256.Size]byte]int

// note counts the results of a step, in place of which the model is told of its
// circle where there is one. It tells whether the turn should end.
func (r repeats) note(calls []llm.ToolCall, results []llm.Part) (ended bool) {
	for i, part := range results {
		result, ok := part.(llm.ToolResult)
		if !ok {
			continue
		}
		key := same(calls[i], result)
		r[key]++
		if r[key] >= repeatsTold {
			result.Text, result.From, result.Images, result.IsError = circling, "", nil, true
			results[i] = result
		}
		ended = ended || r[key] >= repeatsEnded
	}
	return ended
}

// same identifies a call and its result. How the arguments are spaced does not
// count.
func same(c llm.ToolCall, r llm.ToolResult) [sha256.Size]byte {
	var b bytes.Buffer
	b.WriteString(c.Name + "\x00")
	if json.Compact(&b, c.Arguments) != nil {
		b.Write(c.Arguments)
	}
	b.WriteString("\x00" + r.Text)
	return sha256.Sum256(b.Bytes())
}
