package openai

import (
	"context"
	"encoding/json"

	api "github.com/sashabaranov/go-openai"

	"switchboard/llm"
)

// openChat sends r over chat completions and waits for the head of the answer.
func openChat(ctx context.Context, x *exchange, r llm.Request) (rawStream, error) {
	q := x.model.request(r)
	x.patch = q.patch
	return asRaw(x.client().CreateChatCompletionStream(ctx, q.body))
}

// asRaw keeps a nil stream from becoming an interface that is not nil.
func asRaw[S rawStream](stream S, err error) (rawStream, error) {
	if err != nil {
		return nil, err
	}
	return stream, nil
}

// A request is what one question becomes on chat completions: go-openai's part,
// and what its types cannot say.
type request struct {
	body  api.ChatCompletionRequest
	patch patch
}

// request puts r into the endpoint's words. What is not set is left out.
func (m *Model) request(r llm.Request) request {
	q := request{body: api.ChatCompletionRequest{Model: m.name, ReasoningEffort: r.Effort}}
	for name, value := range m.quirks.Extra {
		q.patch.set(name, value)
	}
	if m.quirks.StreamUsage {
		q.body.StreamOptions = &api.StreamOptions{IncludeUsage: true}
	}
	if len(r.Tools) > 0 {
		q.body.Tools = wireTools(r.Tools)
	}
	// go-openai cannot send a temperature of 0, and refuses both fields by the
	// model's name, for local models that share a prefix with OpenAI's too.
	if r.Temperature != nil {
		q.patch.setValue("temperature", *r.Temperature)
	}
	if r.MaxOutput > 0 && m.quirks.MaxTokensField != "" {
		q.patch.setValue(m.quirks.MaxTokensField, r.MaxOutput)
	}
	m.addMessages(&q, r)
	return q
}

// addMessages puts the instructions and the conversation into q. The role of the
// instructions is "system" for all: several endpoints refuse "developer".
func (m *Model) addMessages(q *request, r llm.Request) {
	q.body.Messages = []api.ChatCompletionMessage{} // never null
	if r.System != "" {
		q.body.Messages = append(q.body.Messages, api.ChatCompletionMessage{Role: "system", Content: r.System})
	}
	for _, msg := range repair(r.Messages, m.quirks) {
		switch msg.role {
		case llm.User:
			q.body.Messages = append(q.body.Messages, withImages(api.ChatCompletionMessage{Role: "user"}, msg))
		case llm.ToolRole:
			out := withImages(api.ChatCompletionMessage{Role: "tool", ToolCallID: msg.callID}, msg)
			q.body.Messages = append(q.body.Messages, out)
		case llm.Assistant:
			m.addAnswer(q, msg)
		}
	}
}

// withImages fills in what a message says and shows. Without images its content is
// plain text, the one form that every endpoint takes.
func withImages(out api.ChatCompletionMessage, msg turn) api.ChatCompletionMessage {
	if len(msg.images) == 0 {
		out.Content = msg.text
		return out
	}
	if msg.text != "" {
		out.MultiContent = append(out.MultiContent, api.ChatMessagePart{Type: api.ChatMessagePartTypeText, Text: msg.text})
	}
	for _, i := range msg.images {
		out.MultiContent = append(out.MultiContent, api.ChatMessagePart{
			Type: api.ChatMessagePartTypeImageURL, ImageURL: &api.ChatMessageImageURL{URL: dataURL(i)},
		})
	}
	return out
}

// addAnswer puts a message of the model into q, with what this provider wants
// back with it.
func (m *Model) addAnswer(q *request, msg turn) {
	at := len(q.body.Messages)
	out := api.ChatCompletionMessage{Role: "assistant", Content: msg.text}
	for i, c := range msg.calls {
		out.ToolCalls = append(out.ToolCalls, api.ToolCall{
			ID: c.ID, Type: api.ToolTypeFunction,
			Function: api.FunctionCall{Name: c.Name, Arguments: string(c.Arguments)},
		})
		switch {
		case m.owns(c.Opaque):
			q.patch.call(at, i, "extra_content", c.Opaque.Data)
		case i == 0 && m.quirks.Unsigned != nil:
			q.patch.call(at, i, "extra_content", m.quirks.Unsigned)
		}
	}
	q.body.Messages = append(q.body.Messages, out)
	for name, value := range m.reasoningBack(msg) {
		q.patch.message(at, name, value)
	}
}

// reasoningBack gives the field in which the reasoning of a message goes back to
// the provider it came from. Where "reasoning_content" is wanted, it is wanted of
// every message with calls, even empty, and from whoever it was.
func (m *Model) reasoningBack(msg turn) fields {
	field := m.quirks.ReasoningBack
	if field == "" {
		return nil
	}
	var kept fields
	if m.owns(msg.opaque) {
		_ = json.Unmarshal(msg.opaque.Data, &kept) // not an object: there is nothing to send
	}
	if value, ok := kept[field]; ok {
		return fields{field: value}
	}
	if field == reasoningContent && msg.calls != nil {
		return fields{field: json.RawMessage(`""`)}
	}
	return nil
}

// owns tells whether o came from this provider and may go back to it.
func (m *Model) owns(o *llm.Opaque) bool {
	return o != nil && o.Provider == m.provider && json.Valid(o.Data)
}
