package openai

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/llm"
)

// FuzzResponse: no stream of events, however odd, brings the reading down; what
// was told in pieces is what the answer says; and all of it can be sent back, on
// either wire.
func FuzzResponse(f *testing.F) {
	for _, seed := range []string{
		`{"type":"response.output_text.delta","delta":"a"}|{"type":"response.completed","response":{"output":[{"type":"message","content":[{"text":"ab"}]}]}}`,
		`{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"a","name":"f"}}|{"type":"response.function_call_arguments.delta","item_id":"a","delta":"{"}|{"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"}}}`,
		`{"type":"response.output_item.done","item":{"type":"reasoning","encrypted_content":"x","summary":[{"text":"s"}],"status":7}}|{"type":"response.reasoning_summary_part.added"}|{"type":"response.reasoning_summary_text.delta","delta":"t"}`,
		`{"type":"response.failed","response":{"error":{"code":1}}}`, `{"type":"error"}`, `{"object":"response","output":[null,7,"x",{}]}`, `{"type":"response.completed"}`, `[]`, `null`,
		`{"type":"response.output_item.done","item":{"type":"message","phase":"commentary","content":"x"}}|{"type":"response.output_item.done","item":[]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, stream string) {
		var s response
		var told strings.Builder
		for _, raw := range strings.Split(stream, "|") {
			events, err := s.add([]byte(raw))
			if err != nil {
				return
			}
			for _, e := range events {
				if text, ok := e.(llm.TextDelta); ok {
					told.WriteString(string(text))
				}
			}
		}
		m := &Model{name: "m", provider: "p", quirks: Quirks{Wire: Responses, ReasoningBack: reasoningItems}}
		done, err := s.done(m)
		if err != nil {
			return
		}
		if len(done.Message.Prose()) != told.Len() || done.Usage.Input < 0 || done.Finish == "" {
			t.Fatalf("told %q, done %+v", told.String(), done)
		}
		checkSentBack(t, m, done.Message)
	})
}

// checkSentBack sends a message on both wires and looks at what they would get.
func checkSentBack(t *testing.T, m *Model, msg llm.Message) {
	t.Helper()
	r := llm.Request{Messages: []llm.Message{msg}}
	body, p := m.responseRequest(r)
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	if raw, err = p.apply(raw); err != nil || !json.Valid(raw) {
		t.Fatalf("%s, %v", raw, err)
	}
	var sent struct {
		Input []struct {
			Type   string `json:"type"`
			CallID string `json:"call_id"`
		} `json:"input"`
	}
	if err := json.Unmarshal(raw, &sent); err != nil {
		t.Fatal(err)
	}
	open := map[string]bool{}
	for _, i := range sent.Input {
		switch i.Type {
		case itemCall:
			open[i.CallID] = true
		case "function_call_output":
			if !open[i.CallID] {
				t.Fatalf("an output without its call: %s", raw)
			}
			delete(open, i.CallID)
		}
	}
	if len(open) > 0 {
		t.Fatalf("calls without an output: %s", raw)
	}
	q := m.request(r)
	if raw, err = json.Marshal(q.body); err != nil || strings.Contains(string(raw), `"encrypted_content":`) {
		t.Fatalf("%s, %v", raw, err)
	}
}
