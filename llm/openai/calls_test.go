package openai_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// More forms of the pieces of tool calls, beyond the contract: each one event, and
// the calls they make up.
var deltaShapes = []struct {
	name   string
	pieces []string
	want   string
}{
	{"signature in a piece of its own", []string{`{"id":"a","function":{"name":"f","arguments":"{}"}}`, `{"extra_content":{"google":{"thought_signature":"S"}}}`}, `f {} signed`},
	{"arguments as an object", []string{`{"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}}`}, `f {"x":1}`},
	{"arguments as text in text", []string{`{"index":0,"id":"a","function":{"name":"f","arguments":"\"{\\\"x\\\":1}\""}}`}, `f {"x":1}`},
	{"the whole call repeated at the end", []string{`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}`}, `f {"x":1}`},
	{"one id for every call", []string{`{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}`, `{"index":1,"id":"a","function":{"name":"g","arguments":"{}"}}`}, `f {}|g {}`},
	{"index as text", []string{`{"index":"0","id":"a","function":{"name":"f","arguments":""}}`, `{"index":"0","function":{"arguments":"{}"}}`}, `f {}`},
	{"arguments null", []string{`{"index":0,"id":"a","function":{"name":"f","arguments":null}}`}, `f {}`},
	{"only empty pieces", []string{`{}`}, ``},
}

var ourID = regexp.MustCompile(`^[a-zA-Z0-9]{9}$`)

func TestCallDeltas(t *testing.T) {
	t.Parallel()
	for _, c := range deltaShapes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			hearCalls(t, openai.Config{}, chatPieces(c.pieces), c.want)
		})
	}
}

// chatPieces is a stream of pieces of calls on chat completions.
func chatPieces(pieces []string) string {
	var body strings.Builder
	for _, p := range pieces {
		fmt.Fprintf(&body, "data: {\"choices\":[{\"delta\":{\"tool_calls\":[%s]}}]}\n\n", p)
	}
	return body.String() + ending + endMark
}

// hearCalls checks which calls a stream comes to.
func hearCalls(t *testing.T, c openai.Config, stream, want string) {
	t.Helper()
	h := listen(t, t.Context(), connect(t, at(c, llmtest.NewEndpoint(t, llmtest.SSE(stream)))), ask("hi"))
	if h.err != nil {
		t.Fatal(h.err)
	}
	calls := h.done.Message.Calls()
	if got := describe(calls); got != want {
		t.Errorf("calls %q, want %q", got, want)
	}
	if want := finishFor(calls); h.done.Finish != want {
		t.Errorf("finish %q, want %q", h.done.Finish, want)
	}
	checkIDs(t, calls)
}

func finishFor(calls []llm.ToolCall) llm.Finish {
	if len(calls) > 0 {
		return llm.ToolCalls
	}
	return llm.Stop
}

func describe(calls []llm.ToolCall) string {
	var out []string
	for _, c := range calls {
		s := c.Name + " " + string(c.Arguments)
		if c.Malformed != "" {
			s += " malformed " + c.Malformed
		}
		if c.Opaque != nil {
			s += " signed"
		}
		out = append(out, s)
	}
	return strings.Join(out, "|")
}

func checkIDs(t *testing.T, calls []llm.ToolCall) {
	t.Helper()
	seen := map[string]bool{}
	for _, c := range calls {
		if !ourID.MatchString(c.ID) || seen[c.ID] {
			t.Errorf("id %q is used twice or is not 9 letters and digits", c.ID)
		}
		seen[c.ID] = true
		var object map[string]any
		if json.Unmarshal(c.Arguments, &object) != nil {
			t.Errorf("arguments %s are no object", c.Arguments)
		}
	}
}

// What each provider makes of one and the same answer comes to the same.
func TestDialects(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]llmtest.Dialect{
		"OpenAI": {}, "Gemini": llmtest.Gemini, "Ollama": llmtest.Ollama, "old Ollama": llmtest.OldOllama,
		"Mistral": llmtest.Mistral, "DeepSeek": llmtest.DeepSeek, "OpenRouter": llmtest.OpenRouter,
		"LM Studio": llmtest.LMStudio, "batch": llmtest.Batch,
		"odd":     {FloatNumbers: true, CRLF: true, ObjectArguments: true, WholeCalls: true, NoEndMark: true},
		"unnamed": {NoCallID: true, NoFinish: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reply := llmtest.Reply{
				Reasoning: "let me see", Text: "two calls", Dialect: d, Usage: llm.Usage{Input: 100, Cached: 60, Output: 20, Reasoning: 5},
				Calls: []llm.ToolCall{{Name: "f", Arguments: json.RawMessage(`{"x":1}`)}, {Name: "g", Arguments: json.RawMessage(`{"y":"z"}`)}},
			}
			at := llmtest.NewEndpoint(t, reply.Answer())
			h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
			if h.err != nil {
				t.Fatal(h.err)
			}
			got := strings.TrimSuffix(strings.Replace(describe(h.done.Message.Calls()), " signed", "", 1), "|")
			if got != `f {"x":1}|g {"y":"z"}` || h.text != reply.Text || h.reasoning != reply.Reasoning {
				t.Errorf("text %q, reasoning %q, calls %q", h.text, h.reasoning, got)
			}
			if h.done.Usage != reply.Usage || h.done.Finish != llm.ToolCalls {
				t.Errorf("usage %+v, finish %q", h.done.Usage, h.done.Finish)
			}
			if h.done.Message.Prose() != h.text || len(h.deltas) == 0 || h.deltas[0].Name != "f" {
				t.Errorf("message %+v, deltas %+v", h.done.Message, h.deltas)
			}
		})
	}
}

// A call that was cut before its arguments looks like one that takes none.
func TestCutCallMustNotRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ finish, want string }{
		{"length", `f {} malformed (the answer ended before the arguments)`},
		{"tool_calls", `f {}`},
	} {
		piece := `{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]},"finish_reason":"` + c.finish + `"}]}`
		at := llmtest.NewEndpoint(t, llmtest.SSE("data: "+piece+"\n\n"))
		h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
		if h.err != nil {
			t.Fatal(h.err)
		}
		if got := describe(h.done.Message.Calls()); got != c.want || h.done.Finish != llm.ToolCalls {
			t.Errorf("%s: %q, %q", c.finish, got, h.done.Finish)
		}
	}
}

func TestFinishReasons(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]llm.Finish{
		"stop": llm.Stop, "STOP": llm.Stop, "end_turn": llm.Stop, "tool_calls": llm.Stop,
		"length": llm.Length, "MAX_TOKENS": llm.Length, "model_length": llm.Length,
		"content_filter": llm.Filtered, "SAFETY": llm.Filtered,
	} {
		at := llmtest.NewEndpoint(t, llmtest.Reply{Text: "x", Finish: word}.Answer())
		h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
		if h.err != nil || h.done.Finish != want {
			t.Errorf("%s: %+v, %v", word, h.done, h.err)
		}
	}
}
