package openai

import (
	"context"
	"encoding/json"

	api "github.com/sashabaranov/go-openai"

	"switchboard/llm"
)

// openResponse sends r over the responses wire and waits for the head of the
// answer.
func openResponse(ctx context.Context, x *exchange, r llm.Request) (rawStream, error) {
	body, patch := x.model.responseRequest(r)
	x.patch = patch
	return asRaw(x.client().CreateResponseStream(ctx, body))
}

// responseRequest puts r into the words of the responses wire. Nothing is stored
// at the provider: the conversation is here, and goes along whole.
func (m *Model) responseRequest(r llm.Request) (api.CreateResponseRequest, patch) {
	var p patch
	for name, value := range m.quirks.Extra {
		p.set(name, value)
	}
	if len(r.Tools) > 0 {
		p.setValue("tools", responseTools(r.Tools))
	}
	if r.Temperature != nil {
		p.setValue("temperature", *r.Temperature)
	}
	body := api.CreateResponseRequest{
		Model: m.name, Instructions: r.System, MaxOutputTokens: max(r.MaxOutput, 0),
		Input: m.input(r.Messages), Store: new(bool),
	}
	if r.Effort != "" || m.quirks.Summary != "" {
		body.Reasoning = &api.ResponseReasoning{Effort: r.Effort, Summary: m.quirks.Summary}
	}
	if m.quirks.ReasoningBack == reasoningItems {
		body.Include = []api.ResponseInclude{api.ResponseIncludeReasoningEncryptedContent}
	}
	return body, p
}

// A responseTool is a function as the responses wire takes it. Strict must be
// said: without it the wire takes schemas for strict ones and refuses most.
type responseTool struct {
	Type        string          `json:"type"`
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Parameters  json.RawMessage `json:"parameters"`
	Strict      bool            `json:"strict"`
}

func responseTools(tools []llm.Tool) []responseTool {
	out := make([]responseTool, len(tools))
	for i, t := range tools {
		out[i] = responseTool{Type: "function", Name: t.Name, Description: t.Description, Parameters: wireSchema(t.Schema)}
	}
	return out
}

// An inputItem is one entry of a request's input, of any kind.
type inputItem struct {
	Type      string `json:"type"`
	Role      string `json:"role,omitempty"`
	Content   any    `json:"content,omitempty"`
	Phase     string `json:"phase,omitempty"`
	CallID    string `json:"call_id,omitempty"`
	Name      string `json:"name,omitempty"`
	Arguments string `json:"arguments,omitempty"`
	Output    any    `json:"output,omitempty"`
}

// An inputPart is a piece of content.
type inputPart struct {
	Type     string `json:"type"`
	Text     string `json:"text,omitempty"`
	ImageURL string `json:"image_url,omitempty"`
}

// input is the conversation; its entries are inputItems and, as they came,
// reasoning items.
func (m *Model) input(messages []llm.Message) []any {
	items := []any{} // never null
	for _, msg := range repair(messages, m.quirks) {
		switch msg.role {
		case llm.User:
			items = append(items, inputItem{Type: itemMessage, Role: "user", Content: contentOf(msg)})
		case llm.ToolRole:
			items = append(items, inputItem{Type: "function_call_output", CallID: msg.callID, Output: contentOf(msg)})
		case llm.Assistant:
			items = append(items, m.output(msg)...)
		}
	}
	return items
}

// contentOf is what a message says and shows; without images it is plain text.
func contentOf(msg turn) any {
	if len(msg.images) == 0 {
		return msg.text
	}
	var parts []inputPart
	if msg.text != "" {
		parts = append(parts, inputPart{Type: "input_text", Text: msg.text})
	}
	for _, i := range msg.images {
		parts = append(parts, inputPart{Type: "input_image", ImageURL: dataURL(i)})
	}
	return parts
}

// output is a message of the model as the items it came in, if this model said it
// on this wire, else as text and calls.
func (m *Model) output(msg turn) []any {
	text, calls := msg.text, msg.calls
	var items []any
	say := func(n int, phase string) {
		if n > 0 {
			items = append(items, inputItem{Type: itemMessage, Role: "assistant", Content: text[:n], Phase: phase})
			text = text[n:]
		}
	}
	call := func() {
		c := calls[0]
		calls = calls[1:]
		items = append(items, inputItem{Type: itemCall, CallID: c.ID, Name: c.Name, Arguments: string(c.Arguments)})
	}
	for _, k := range m.keptOf(msg) {
		if k.Reasoning != nil {
			items = append(items, k.Reasoning)
		}
		say(k.Text, k.Phase)
		if k.Call {
			call()
		}
	}
	say(len(text), "")
	for len(calls) > 0 {
		call()
	}
	return items
}
