package offline

import "switchboard/llm"

// A turn is the part of a conversation since the person last spoke.
type turn struct {
	said    string
	calls   []llm.ToolCall            // made so far, in order
	results map[string]llm.ToolResult // by call id
	ids     map[string]bool           // of every call in the whole conversation
}

func lastTurn(messages []llm.Message) turn {
	t := turn{results: map[string]llm.ToolResult{}, ids: map[string]bool{}}
	for _, m := range messages {
		switch m.Role {
		case llm.User:
			t.said, t.calls = m.Prose(), nil
		case llm.Assistant:
			for _, c := range m.Calls() {
				t.calls = append(t.calls, c)
				t.ids[c.ID] = true
			}
		case llm.ToolRole:
			t.note(m)
		}
	}
	return t
}

func (t *turn) note(m llm.Message) {
	for _, p := range m.Parts {
		if r, ok := p.(llm.ToolResult); ok {
			t.results[r.CallID] = r
		}
	}
}

// result is the text that the i-th call of the turn was answered with.
func (t *turn) result(i int) (text string, answered bool) {
	if i < 0 || i >= len(t.calls) {
		return "", false
	}
	r, ok := t.results[t.calls[i].ID]
	return r.Text, ok
}

// failed tells whether a call of the turn was refused, failed or got no answer.
func (t *turn) failed() bool {
	for _, c := range t.calls {
		if r, ok := t.results[c.ID]; !ok || r.IsError {
			return true
		}
	}
	return false
}
