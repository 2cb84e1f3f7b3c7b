package openai

import (
	"encoding/json"
	"fmt"
	"strings"

	"switchboard/llm"
)

// An answer is a chat completion that is put together from the events of its
// stream.
type answer struct {
	text, reasoning strings.Builder
	details         details
	calls           calls
	usage           llm.Usage
	begun           bool   // a choice was seen: this is a chat completion
	finish          string // the server's word for why it ended; empty while it goes on
}

// add takes one event of the stream and gives what it brought, in order.
func (a *answer) add(raw []byte) ([]llm.Event, error) {
	c, err := readChunk(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	}
	if c.failed() {
		return nil, &eventError{raw}
	}
	return a.take(c), nil
}

func (a *answer) take(c chunk) []llm.Event {
	var out []llm.Event
	for _, o := range c.Choices {
		a.begun = true
		out = append(out, a.addDelta(o.Delta)...)
		if o.Message != nil { // a whole answer, which some servers give no reason to end
			out = append(out, a.addDelta(*o.Message)...)
			a.finish = "stop"
		}
		if f := string(o.Finish); f != "" && f != "null" {
			a.finish = strings.ToLower(f)
		}
	}
	if u := c.usage(); u != nil && *u != (wireUsage{}) {
		a.usage = u.plain()
	}
	return out
}

// began tells whether a choice was seen.
func (a *answer) began() bool { return a.begun }

// over tells whether the server gave a reason to end.
func (a *answer) over() bool { return a.finish != "" }

func (a *answer) addDelta(d delta) []llm.Event {
	var out []llm.Event
	// Some servers send one reasoning under both names.
	thought := string(d.Thinking)
	if thought == "" {
		thought = string(d.Reasoning)
	}
	if thought += d.Content.thinking; thought != "" {
		a.reasoning.WriteString(thought)
		out = append(out, llm.ReasoningDelta(thought))
	}
	a.details.add(d.Details)
	if text := d.Content.text + string(d.Refusal); text != "" {
		a.text.WriteString(text)
		out = append(out, llm.TextDelta(text))
	}
	for _, piece := range d.Calls {
		out = append(out, a.calls.progress(a.calls.add(piece)))
	}
	return out
}

// finishes translates the words for why an answer ended, in lower case. What is
// not here ended as it should.
var finishes = map[string]llm.Finish{
	"length":             llm.Length,
	"max_tokens":         llm.Length,
	"model_length":       llm.Length, // Mistral
	"content_filter":     llm.Filtered,
	"safety":             llm.Filtered, // Gemini, here and below
	"recitation":         llm.Filtered,
	"blocklist":          llm.Filtered,
	"prohibited_content": llm.Filtered,
	"sensitive":          llm.Filtered, // GLM
}

// brokenOff are the words with which a server ends an answer that it could not
// finish.
var brokenOff = map[string]llm.ErrorKind{
	"insufficient_system_resource": llm.Overloaded, // DeepSeek
	"network_error":                llm.Truncated,  // GLM
	"abort":                        llm.Truncated,  // vLLM, SGLang
	"malformed_function_call":      llm.BadReply,   // Gemini
}

// done is the complete answer. It carries what the provider wants back with the
// message. An answer that the server could not finish is an error.
func (a *answer) done(m *Model) (llm.Done, error) {
	if kind, ok := brokenOff[a.finish]; ok {
		return llm.Done{}, m.failure(kind, problem{message: "the answer was broken off: " + a.finish, code: a.finish})
	}
	msg := llm.Message{Role: llm.Assistant, Opaque: a.opaque(m)}
	if a.reasoning.Len() > 0 {
		msg.Parts = append(msg.Parts, llm.Reasoning(a.reasoning.String()))
	}
	if a.text.Len() > 0 {
		msg.Parts = append(msg.Parts, llm.Text(a.text.String()))
	}
	finish, ok := finishes[a.finish]
	if !ok {
		finish = llm.Stop
	}
	for _, c := range a.calls.finished(m.provider, finish != llm.Stop) {
		msg.Parts = append(msg.Parts, c)
		finish = llm.ToolCalls
	}
	return llm.Done{Message: msg, Finish: finish, Usage: a.usage}, nil
}

// opaque keeps the reasoning for a provider that wants it back.
func (a *answer) opaque(m *Model) *llm.Opaque {
	var kept fields
	switch {
	case m.quirks.ReasoningBack == reasoningDetails && len(a.details.list) > 0:
		kept = fields{reasoningDetails: a.details.json()}
	case m.quirks.ReasoningBack == reasoningContent && (a.reasoning.Len() > 0 || len(a.calls.list) > 0):
		text, err := json.Marshal(a.reasoning.String())
		if err != nil {
			return nil
		}
		kept = fields{reasoningContent: text}
	default:
		return nil
	}
	data, err := json.Marshal(kept)
	if err != nil {
		return nil
	}
	return &llm.Opaque{Provider: m.provider, Data: data}
}
