package openai_test

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// reasoner is a model that is asked over the responses wire.
var reasoner = openai.Config{Provider: "OpenAI", Model: "gpt-5.1"}

// at is c at another endpoint.
func at(c openai.Config, e *llmtest.Endpoint) openai.Config {
	c.BaseURL = e.URL()
	return c
}

func TestResponse(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]llmtest.Dialect{
		"OpenAI": {}, "whole items": {WholeCalls: true}, "no places": {NoIndex: true}, "one place": {IndexZero: true},
		"whole items without places": {WholeCalls: true, NoIndex: true}, "whole items in one place": {WholeCalls: true, IndexZero: true},
		"not streamed": {WholeJSON: true}, "keep-alives": {KeepAlive: 200}, "CRLF": {CRLF: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reply := llmtest.Reply{
				Reasoning: "let me see", Text: "two calls", Dialect: d, Usage: llm.Usage{Input: 100, Cached: 60, Output: 20, Reasoning: 5},
				Calls: []llm.ToolCall{{Name: "f", Arguments: json.RawMessage(`{"x":1}`)}, {Name: "g", Arguments: json.RawMessage(`{"y":"z"}`)}},
			}
			e := llmtest.NewEndpoint(t, reply.Answer())
			h := listen(t, t.Context(), connect(t, at(reasoner, e)), ask("hi"))
			if h.err != nil {
				t.Fatal(h.err)
			}
			calls := h.done.Message.Calls()
			if got := describe(calls); got != `f {"x":1}|g {"y":"z"}` || h.text != reply.Text || h.reasoning != reply.Reasoning {
				t.Errorf("text %q, reasoning %q, calls %q", h.text, h.reasoning, got)
			}
			if h.done.Usage != reply.Usage || h.done.Finish != llm.ToolCalls || h.done.Message.Prose() != h.text {
				t.Errorf("usage %+v, finish %q, message %+v", h.done.Usage, h.done.Finish, h.done.Message)
			}
			checkIDs(t, calls)
			if last := h.deltas[len(h.deltas)-1]; last.Name != "g" || last.Index != 1 || last.Bytes != 9 {
				t.Errorf("the last piece of a call is told as %+v", last)
			}
			if sent := e.Requests()[0].Path; sent != "/v1/responses" {
				t.Errorf("asked at %s", sent)
			}
		})
	}
}

func TestResponseEndings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		reply llmtest.Reply
		want  llm.Finish
		kind  llm.ErrorKind
		says  string
	}{
		{"completed", llmtest.Reply{Text: "x"}, llm.Stop, "", ""},
		{"output limit", llmtest.Reply{Text: "x", Finish: "length"}, llm.Length, "", ""},
		{"filter", llmtest.Reply{Text: "x", Finish: "content_filter"}, llm.Filtered, "", ""},
		{"cancelled", llmtest.Reply{Text: "x", Finish: "cancelled"}, "", llm.Truncated, "cancelled"},
		{"failed", llmtest.Reply{Text: "x", Error: llmtest.Failed("server_error", "The model broke.")}, "", llm.Overloaded, "The model broke."},
		{"failed on the limit of rates", llmtest.Reply{Error: llmtest.Failed("rate_limit_exceeded", "slow down")}, "", llm.RateLimited, "slow down"},
		{"failed without a word", llmtest.Reply{Error: json.RawMessage(`{"type":"response.failed","response":{"status":"failed"}}`)}, "", llm.Unknown, "the response failed"},
		{"too long", llmtest.Reply{Error: llmtest.Failed("context_length_exceeded", "Your input exceeds the context window of this model.")}, "", llm.ContextTooLong, "context window"},
		{"error event", llmtest.Reply{Text: "x", Error: json.RawMessage(`{"type":"error","code":"server_error","message":"boom","param":null}`)}, "", llm.Overloaded, "boom"},
		{"error event, numeric code", llmtest.Reply{Text: "x", Error: json.RawMessage(`{"type":"error","code":503,"message":"boom"}`)}, "", llm.Overloaded, "boom"},
		{"error event, nested", llmtest.Reply{Text: "x", Error: json.RawMessage(`{"type":"error","error":{"type":"invalid_request_error","code":"invalid_api_key","message":"boom"}}`)}, "", llm.Auth, "boom"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := listen(t, t.Context(), connect(t, at(reasoner, llmtest.NewEndpoint(t, c.reply.Answer()))), ask("hi"))
			if h.kind() != c.kind || c.kind != "" && !strings.Contains(h.err.Error(), c.says) {
				t.Fatalf("ended with %q: %v", h.kind(), h.err)
			}
			if c.kind == "" && h.done.Finish != c.want {
				t.Errorf("finish %q, want %q", h.done.Finish, c.want)
			}
		})
	}
}

// The order of reasoning, words and calls is kept when they go back, the reasoning
// untouched but for its status.
func TestResponseGoesBack(t *testing.T) {
	t.Parallel()
	const stream = `data: {"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs_1","status":"completed","summary":[{"type":"summary_text","text":"A"},{"type":"summary_text","text":"B"}],"encrypted_content":"SEALED","later":7}}

data: {"type":"response.output_item.done","output_index":1,"item":{"type":"message","id":"m1","phase":"commentary","content":[{"type":"output_text","text":"Looking."}]}}

data: {"type":"response.output_item.done","output_index":2,"item":{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"MORE"}}

data: {"type":"response.output_item.done","output_index":3,"item":{"type":"web_search_call","id":"ws","status":"completed"}}

data: {"type":"response.output_item.done","output_index":4,"item":{"type":"function_call","id":"fc","call_id":"call_abc","name":"f","arguments":"{\"x\":1}"}}

data: {"type":"response.completed","response":{"status":"completed"}}

`
	const user, sealed = `{"type":"message","role":"user","content":"go"}`,
		`{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"A"},{"type":"summary_text","text":"B"}],"encrypted_content":"SEALED","later":7}`
	const plain = `{"type":"message","role":"assistant","content":"Looking."}`
	const call, output = `{"type":"function_call","call_id":"ID","name":"f","arguments":"{\"x\":1}"}`, `{"type":"function_call_output","call_id":"ID","output":"1"}`
	other := reasoner
	other.Model = "gpt-5.3"
	for _, c := range []struct {
		name   string
		second openai.Config
		change func(*llm.Message)
		want   string
	}{
		{"to the same model", reasoner, nil, user + `,` + sealed + `,{"type":"message","role":"assistant","content":"Looking.","phase":"commentary"},{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"MORE"},` + call + `,` + output},
		{"to another model", other, nil, user + `,` + plain + `,` + call + `,` + output},
		{"with other words", reasoner, func(m *llm.Message) { m.Parts[1] = llm.Text("Looked.") }, user + `,{"type":"message","role":"assistant","content":"Looked."},` + call + `,` + output},
		{"with another call", reasoner, func(m *llm.Message) { m.Parts = m.Parts[:2] }, user + `,` + plain},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := llmtest.NewEndpoint(t, llmtest.SSE(stream), llmtest.Reply{Text: "done"}.Answer())
			r := ask("go")
			h := listen(t, t.Context(), connect(t, at(reasoner, e)), r)
			if h.err != nil || h.reasoning != "A\n\nB" || h.text != "Looking." {
				t.Fatalf("%+v", h)
			}
			id := h.done.Message.Calls()[0].ID
			if c.change != nil {
				c.change(&h.done.Message)
			}
			r.Messages = append(r.Messages, h.done.Message,
				llm.Message{Role: llm.ToolRole, Parts: []llm.Part{llm.ToolResult{CallID: id, Name: "f", Text: "1"}}})
			if h := listen(t, t.Context(), connect(t, at(c.second, e)), r); h.err != nil {
				t.Fatal(h.err)
			}
			want(t, "input", e.Requests()[1].Field("input"), "["+strings.ReplaceAll(c.want, "ID", id)+"]")
		})
	}
}

// Sealed reasoning goes to nobody else, not even on the other wire.
func TestSealedReasoningStaysAtHome(t *testing.T) {
	t.Parallel()
	for _, second := range []openai.Config{{Provider: "Groq"}, {Provider: "DeepSeek"}, {Provider: "OpenRouter"}, {Provider: "Azure OpenAI", Model: "gpt-5.1"}} {
		e := llmtest.NewEndpoint(t, llmtest.Reply{Reasoning: "hush", Calls: oneCall("").Calls}.Answer(), llmtest.Reply{Text: "ok"}.Answer())
		r := ask("go")
		h := listen(t, t.Context(), connect(t, at(reasoner, e)), r)
		r.Messages = append(r.Messages, h.done.Message)
		listen(t, t.Context(), connect(t, at(second, e)), r)
		if body := string(e.Requests()[1].Body); strings.Contains(body, "SEALED") || strings.Contains(body, "hush") {
			t.Errorf("%s got %s", second.Provider, body)
		}
	}
}

func TestResponseRequest(t *testing.T) {
	t.Parallel()
	e := llmtest.NewEndpoint(t, llmtest.Reply{Text: "ok"}.Answer())
	zero := 0.0
	r := llm.Request{
		System: "Be brief.", Messages: ask("hi").Messages, MaxOutput: 50, Effort: "low", Temperature: &zero,
		Tools: []llm.Tool{{Name: "f", Description: "Does <f>.", Schema: []byte(`{"properties":{"z":{},"a":{}}}`)}},
	}
	if h := listen(t, t.Context(), connect(t, at(reasoner, e)), r); h.err != nil {
		t.Fatal(h.err)
	}
	want(t, "body", e.Requests()[0].Body, `{
		"model":"gpt-5.1","instructions":"Be brief.","input":[{"type":"message","role":"user","content":"hi"}],
		"max_output_tokens":50,"temperature":0,"store":false,"stream":true,"include":["reasoning.encrypted_content"],
		"reasoning":{"effort":"low","summary":"auto"},
		"tools":[{"type":"function","name":"f","description":"Does <f>.","strict":false,"parameters":{"type":"object","properties":{"z":{},"a":{}}}}]}`)
}

// Reasoning that led to nothing, because the answer was cut, does not go back: the
// provider refuses reasoning that nothing follows.
func TestReasoningAtTheEndStays(t *testing.T) {
	t.Parallel()
	const stream = `data: {"type":"response.output_item.done","item":{"type":"reasoning","id":"rs_1","encrypted_content":"FIRST"}}

data: {"type":"response.output_item.done","item":{"type":"message","id":"m","content":[{"type":"output_text","text":"So"}]}}

data: {"type":"response.output_item.done","item":{"type":"reasoning","id":"rs_2","encrypted_content":"LAST"}}

data: {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}

`
	e := llmtest.NewEndpoint(t, llmtest.SSE(stream), llmtest.Reply{Text: "ok"}.Answer())
	m, r := connect(t, at(reasoner, e)), ask("go")
	h := listen(t, t.Context(), m, r)
	r.Messages = append(r.Messages, h.done.Message, llm.Say(llm.User, "on"))
	if h := listen(t, t.Context(), m, r); h.err != nil {
		t.Fatal(h.err)
	}
	want(t, "input", e.Requests()[1].Field("input"), `[{"type":"message","role":"user","content":"go"},
		{"type":"reasoning","id":"rs_1","encrypted_content":"FIRST"},{"type":"message","role":"assistant","content":"So"},
		{"type":"message","role":"user","content":"on"}]`)
}
