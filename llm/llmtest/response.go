package llmtest

import (
	"encoding/json"
	"fmt"
	"strings"

	"switchboard/llm"
)

// ResponseStream is the text of the reply's event stream on the responses wire.
func (p Reply) ResponseStream() string {
	var b strings.Builder
	for _, event := range p.responseEvents() {
		b.WriteString(p.frame(event))
	}
	return b.String()
}

// responseEvents are the data of the stream's events on the responses wire.
func (p Reply) responseEvents() []string {
	out := []string{text(object{"type": "response.created", "response": p.response("in_progress")})}
	for at, item := range p.items() {
		out = append(out, p.itemEvents(at, item)...)
	}
	if p.Error != nil {
		return append(out, string(p.Error))
	}
	status := p.responseStatus()
	out = append(out, text(object{"type": "response." + status, "response": p.response(status)}))
	for i, event := range out {
		out[i] = event[:len(event)-1] + fmt.Sprintf(`,"sequence_number":%d}`, i)
	}
	return out
}

// responseStatus is how the response ends: Finish may name a status, or be one of
// the words of chat completions.
func (p Reply) responseStatus() string {
	switch p.Finish {
	case "", "stop", "tool_calls":
		return "completed"
	case "length", "content_filter":
		return "incomplete"
	}
	return p.Finish
}

// response is the whole response, as its first and its last event carry it.
func (p Reply) response(status string) object {
	r := object{"id": "resp_1", "object": "response", "status": status, "model": "fake", "output": []object{}, "error": nil, "usage": nil}
	if status == "in_progress" {
		return r
	}
	r["output"] = p.items()
	r["usage"] = object{
		"input_tokens": p.Usage.Input, "output_tokens": p.Usage.Output,
		"input_tokens_details":  object{"cached_tokens": p.Usage.Cached},
		"output_tokens_details": object{"reasoning_tokens": p.Usage.Reasoning},
	}
	if status == "incomplete" {
		reasons := map[string]string{"length": "max_output_tokens"}
		reason := reasons[p.Finish]
		if reason == "" {
			reason = p.Finish
		}
		r["incomplete_details"] = object{"reason": reason}
	}
	return r
}

// items are the output of the whole response. Reasoning is signed with its own
// text, so that a test can see where it goes.
func (p Reply) items() []object {
	var out []object
	if p.Reasoning != "" {
		out = append(out, object{
			"type": "reasoning", "id": "rs_1", "status": "completed", "encrypted_content": "SEALED " + p.Reasoning,
			"summary": []object{{"type": "summary_text", "text": p.Reasoning}},
		})
	}
	if p.Text != "" {
		out = append(out, object{
			"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
			"content": []object{{"type": "output_text", "text": p.Text}},
		})
	}
	for i, c := range p.Calls {
		out = append(out, object{
			"type": "function_call", "id": fmt.Sprintf("fc_%d", i), "call_id": callID(i, c),
			"name": c.Name, "arguments": argumentsOf(c), "status": "completed",
		})
	}
	return out
}

func callID(i int, c llm.ToolCall) string {
	if c.ID != "" {
		return c.ID
	}
	return fmt.Sprintf("call_%d", i)
}

func argumentsOf(c llm.ToolCall) string {
	if c.Malformed != "" {
		return c.Malformed
	}
	return string(c.Arguments)
}

// itemEvents tell one item: that it begins, its pieces, and the whole of it.
func (p Reply) itemEvents(at int, item object) []string {
	head := object{"type": item["type"], "id": item["id"], "status": "in_progress"}
	var deltas []string
	switch item["type"] {
	case "reasoning":
		deltas = p.deltas("response.reasoning_summary_text.delta", at, item, pieces(p.Reasoning))
	case "message":
		deltas = p.deltas("response.output_text.delta", at, item, pieces(p.Text))
	case "function_call":
		head["name"], head["call_id"], head["arguments"] = item["name"], item["call_id"], ""
		all := fmt.Sprint(item["arguments"])
		halves := []string{all[:len(all)/2], all[len(all)/2:]}
		deltas = p.deltas("response.function_call_arguments.delta", at, item, halves)
	}
	if p.Dialect.WholeCalls {
		deltas = nil
	}
	out := append([]string{p.itemEvent("added", at, head)}, deltas...)
	return append(out, p.itemEvent("done", at, item))
}

func (p Reply) itemEvent(what string, at int, item object) string {
	return p.placed(at, object{"type": "response.output_item." + what, "item": item})
}

func (p Reply) deltas(kind string, at int, item object, texts []string) []string {
	var out []string
	for _, s := range texts {
		out = append(out, p.placed(at, object{"type": kind, "item_id": item["id"], "content_index": 0, "delta": s}))
	}
	return out
}

// placed adds the item's place, as the dialect has it.
func (p Reply) placed(at int, e object) string {
	e["output_index"] = at
	if p.Dialect.IndexZero {
		e["output_index"] = 0
	}
	if p.Dialect.NoIndex {
		delete(e, "output_index")
	}
	return text(e)
}

// wholeResponse is the reply as one JSON object of the responses wire.
func (p Reply) wholeResponse() string { return text(p.response(p.responseStatus())) }

// Failed is the event that ends a response that failed, for [Reply.Error].
func Failed(code, message string) json.RawMessage {
	return json.RawMessage(text(object{"type": "response.failed", "response": object{
		"object": "response", "status": "failed", "error": object{"code": code, "message": message},
	}}))
}
