package journal

import (
	"encoding/json"
	"fmt"

	"switchboard/llm"
)

// A Message is one message of the model's history. Those with the results of
// calls are not written as such: they are made of the [Reply] records.
type Message struct {
	Turn   int         `json:"turn,omitempty"`
	Role   llm.Role    `json:"role"`
	Parts  []Part      `json:"parts"`
	Opaque *llm.Opaque `json:"opaque,omitempty"`
}

// A Part is a piece of a message: one of its fields is set.
type Part struct {
	Text      string        `json:"text,omitempty"`
	Reasoning string        `json:"reasoning,omitempty"`
	Image     *llm.Image    `json:"image,omitempty"`
	Call      *llm.ToolCall `json:"call,omitempty"`
	Result    *Reply        `json:"result,omitempty"`
}

// A Reply is what the model reads of a call.
type Reply llm.ToolResult

// FromMessage is the written form of a message.
func FromMessage(turn int, m llm.Message) Message {
	out := Message{Turn: turn, Role: m.Role, Opaque: m.Opaque, Parts: make([]Part, 0, len(m.Parts))}
	for _, p := range m.Parts {
		switch p := p.(type) {
		case llm.Text:
			out.Parts = append(out.Parts, Part{Text: string(p)})
		case llm.Reasoning:
			out.Parts = append(out.Parts, Part{Reasoning: string(p)})
		case llm.Image:
			out.Parts = append(out.Parts, Part{Image: &p})
		case llm.ToolCall:
			out.Parts = append(out.Parts, Part{Call: &p})
		case llm.ToolResult:
			r := Reply(p)
			out.Parts = append(out.Parts, Part{Result: &r})
		}
	}
	return out
}

// Message is what was written, for the model.
func (m Message) Message() llm.Message {
	out := llm.Message{Role: m.Role, Opaque: m.Opaque}
	for _, p := range m.Parts {
		out.Parts = append(out.Parts, p.part())
	}
	return out
}

func (p Part) part() llm.Part {
	switch {
	case p.Call != nil:
		return *p.Call
	case p.Image != nil:
		return *p.Image
	case p.Result != nil:
		return llm.ToolResult(*p.Result)
	case p.Reasoning != "":
		return llm.Reasoning(p.Reasoning)
	}
	return llm.Text(p.Text)
}

// Decode reads the data of a record.
func Decode[T any](r Record) (T, error) {
	var data T
	if err := json.Unmarshal(r.Data, &data); err != nil {
		return data, fmt.Errorf("record %d, a %s: %w", r.Seq, r.Type, err)
	}
	return data, nil
}
