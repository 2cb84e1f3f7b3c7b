package openai

import (
	"encoding/json"
	"slices"

	"switchboard/llm"
)

// A kept is what an item leaves behind for the provider it came from: reasoning
// itself, and of all others how much of the message they are, so that the order is
// the same when it all goes back.
type kept struct {
	Reasoning json.RawMessage `json:"reasoning,omitempty"`
	Text      int             `json:"text,omitempty"` // bytes of the message's prose
	Phase     string          `json:"phase,omitempty"`
	Call      bool            `json:"call,omitempty"` // the next call of the message
}

// keptItems is what goes into a message's opaque data. Encrypted reasoning can be
// read by the model it came from alone.
type keptItems struct {
	Model  string `json:"model"`
	Output []kept `json:"output"`
}

// opaque keeps the reasoning, and where it stood, if the provider wants it back.
func (s *response) opaque(m *Model) *llm.Opaque {
	if m.quirks.ReasoningBack != reasoningItems {
		return nil
	}
	all := keptItems{Model: m.name}
	for _, i := range s.items {
		k := kept{Reasoning: i.raw, Phase: i.phase, Call: i.kind == itemCall}
		if i.kind == itemMessage {
			k.Text = i.text.Len()
		}
		if i.raw != nil || k.Call || k.Text > 0 {
			all.Output = append(all.Output, k)
		}
	}
	all.Output = upToWords(all.Output)
	if !slices.ContainsFunc(all.Output, kept.worth) {
		return nil
	}
	data, err := json.Marshal(all)
	if err != nil { // not possible: the reasoning came out of a JSON text
		return nil
	}
	return &llm.Opaque{Provider: m.provider, Data: data}
}

// worth tells whether the item says more than the message does.
func (k kept) worth() bool { return k.Reasoning != nil || k.Phase != "" }

// upToWords leaves out reasoning at the end, which led to nothing: a request with
// reasoning that nothing follows is refused.
func upToWords(all []kept) []kept {
	for len(all) > 0 && all[len(all)-1].Reasoning != nil {
		all = all[:len(all)-1]
	}
	return all
}

// keptOf are the items of a message that this model said; none if it did not, or
// if the message has been changed since.
func (m *Model) keptOf(msg turn) []kept {
	var all keptItems
	if m.quirks.ReasoningBack != reasoningItems || !m.owns(msg.opaque) ||
		json.Unmarshal(msg.opaque.Data, &all) != nil || all.Model != m.name {
		return nil
	}
	text, calls := 0, 0
	for _, k := range all.Output {
		if k.Text < 0 || k.Reasoning != nil && !isObject(k.Reasoning) {
			return nil
		}
		text += k.Text
		if k.Call {
			calls++
		}
	}
	if text != len(msg.text) || calls != len(msg.calls) {
		return nil
	}
	return all.Output
}
