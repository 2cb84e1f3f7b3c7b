package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"switchboard/llm"
)

// A Reply is an answer that an [Endpoint] can give, on the wire on which it is
// asked.
type Reply struct {
	Reasoning string
	Text      string
	Calls     []llm.ToolCall // their ID is the server's; one without gets one
	Finish    string         // empty for "tool_calls" if there are calls, else "stop"
	Usage     llm.Usage
	Dialect   Dialect
	// Rate is how many events a second are sent; 0 for all at once.
	Rate float64
	// Error is sent as an event in place of the end, as it is.
	Error json.RawMessage
}

type object = map[string]any

// Answer makes an [Answer] of the reply.
func (p Reply) Answer() Answer {
	return func(w http.ResponseWriter, r *http.Request) {
		events, whole := p.events, p.whole
		if strings.HasSuffix(r.URL.Path, responsesPath) {
			events, whole = p.responseEvents, p.wholeResponse
		}
		if p.Dialect.WholeJSON {
			Raw("application/json", whole())(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		out := http.NewResponseController(w)
		for _, event := range events() {
			if pause(r.Context(), p.interval()) != nil {
				return
			}
			if _, err := io.WriteString(w, p.frame(event)); err != nil || out.Flush() != nil {
				return
			}
		}
	}
}

// Stream is the text of the reply's event stream on chat completions, for tests
// that change it.
func (p Reply) Stream() string {
	var b strings.Builder
	for _, event := range p.events() {
		b.WriteString(p.frame(event))
	}
	return b.String()
}

func (p Reply) interval() time.Duration {
	if p.Rate <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / p.Rate)
}

// frame writes one event with what the dialect puts around it.
func (p Reply) frame(event string) string {
	s := strings.Repeat(": keep-alive\n\n", p.Dialect.KeepAlive) + "data: " + event + "\n\n"
	if p.Dialect.CRLF {
		s = strings.ReplaceAll(s, "\n", "\r\n")
	}
	return s
}

// events are the data of the stream's events.
func (p Reply) events() []string {
	out := []string{p.chunk(object{"role": "assistant", "content": ""}, nil, false)}
	for _, piece := range pieces(p.Reasoning) {
		out = append(out, p.chunk(p.reasoningDelta(piece), nil, false))
	}
	for _, piece := range pieces(p.Text) {
		out = append(out, p.chunk(object{"content": p.content(piece)}, nil, false))
	}
	for i, c := range p.Calls {
		for _, piece := range p.callPieces(i, c) {
			out = append(out, p.chunk(object{"tool_calls": []object{piece}}, nil, false))
		}
	}
	if p.Error != nil {
		return append(out, string(p.Error))
	}
	return append(out, p.ending()...)
}

// ending tells why the answer ended, what it cost, and that this was all.
func (p Reply) ending() []string {
	var out []string
	if !p.Dialect.NoFinish {
		out = append(out, p.chunk(object{}, p.finish(), p.Dialect.UsageWithFinish))
	}
	if p.Usage != (llm.Usage{}) && !p.Dialect.UsageWithFinish {
		out = append(out, text(object{"id": "chatcmpl-1", "choices": []object{}, "usage": p.usage()}))
	}
	if !p.Dialect.NoEndMark {
		out = append(out, "[DONE]")
	}
	return out
}

func (p Reply) finish() string {
	switch {
	case p.Finish != "":
		return p.Finish
	case len(p.Calls) > 0:
		return "tool_calls"
	}
	return "stop"
}

func (p Reply) usage() object {
	return object{
		"prompt_tokens": p.Usage.Input, "completion_tokens": p.Usage.Output,
		"total_tokens":              p.Usage.Input + p.Usage.Output,
		"prompt_tokens_details":     object{"cached_tokens": p.Usage.Cached},
		"completion_tokens_details": object{"reasoning_tokens": p.Usage.Reasoning},
	}
}

// chunk is one event of the stream.
func (p Reply) chunk(delta object, finish any, usage bool) string {
	c := p.head("chat.completion.chunk")
	c["choices"] = []object{{"index": 0, "delta": delta, "finish_reason": finish}}
	if usage && p.Usage != (llm.Usage{}) {
		c["usage"] = p.usage()
	}
	return text(c)
}

func (p Reply) head(kind string) object {
	c := object{"id": "chatcmpl-1", "object": kind, "created": 1700000000, "model": "fake"}
	if p.Dialect.FloatNumbers {
		c["id"], c["created"] = 1, 1700000000.25
	}
	return c
}

// whole is the reply as one JSON object.
func (p Reply) whole() string {
	message := object{"role": "assistant", "content": p.content(p.Text)}
	if p.Reasoning != "" {
		for name, value := range p.reasoningDelta(p.Reasoning) {
			message[name] = value
		}
	}
	var calls []object
	whole := p
	whole.Dialect.WholeCalls = true
	for i, c := range p.Calls {
		calls = append(calls, whole.callPieces(i, c)...)
	}
	if calls != nil {
		message["tool_calls"] = calls
	}
	c := p.head("chat.completion")
	c["choices"] = []object{{"index": 0, "message": message, "finish_reason": p.finish()}}
	c["usage"] = p.usage()
	return text(c)
}

func (p Reply) reasoningDelta(piece string) object {
	switch {
	case p.Dialect.ContentArray:
		return object{"content": []object{{"type": "thinking", "thinking": []object{{"type": "text", "text": piece}}}}}
	case p.Dialect.ReasoningField != "":
		return object{p.Dialect.ReasoningField: piece}
	}
	return object{"reasoning_content": piece}
}

func (p Reply) content(piece string) any {
	if p.Dialect.ContentArray {
		return []object{{"type": "text", "text": piece}}
	}
	return piece
}

// callPieces are the deltas of one call: its head and its arguments in halves, or
// all in one.
func (p Reply) callPieces(i int, c llm.ToolCall) []object {
	raw := string(c.Arguments)
	if c.Malformed != "" {
		raw = c.Malformed
	}
	half := len(raw) / 2
	parts := []string{"", raw[:half], raw[half:]}
	if p.Dialect.WholeCalls {
		parts = []string{raw}
	}
	var out []object
	for n, arguments := range parts {
		out = append(out, p.callPiece(i, c, n == 0, arguments))
	}
	return out
}

func (p Reply) callPiece(i int, c llm.ToolCall, first bool, arguments string) object {
	function := object{"arguments": arguments}
	if p.Dialect.ObjectArguments && json.Valid([]byte(arguments)) {
		function["arguments"] = json.RawMessage(arguments)
	}
	piece := object{"type": "function", "function": function, "index": i}
	if first || p.Dialect.RepeatName {
		function["name"] = c.Name
		if piece["id"] = c.ID; c.ID == "" {
			piece["id"] = fmt.Sprintf("call_%d", i)
		}
	}
	if p.Dialect.NoCallID {
		delete(piece, "id")
	}
	if p.Dialect.IndexZero {
		piece["index"] = 0
	}
	if p.Dialect.NoIndex {
		delete(piece, "index")
	}
	if first && i == 0 && p.Dialect.CallExtra != nil {
		piece["extra_content"] = p.Dialect.CallExtra
	}
	return piece
}

// text is a value as JSON; the values here can always be written.
func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("llmtest: a reply that is no JSON: %v", err))
	}
	return string(raw)
}
