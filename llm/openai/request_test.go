package openai_test

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// send has a model send r and gives the body of the request.
func send(t *testing.T, c openai.Config, r llm.Request) map[string]json.RawMessage {
	t.Helper()
	at := llmtest.NewEndpoint(t, llmtest.Reply{Text: "ok"}.Answer())
	c.BaseURL = at.URL()
	if h := listen(t, t.Context(), connect(t, c), r); h.err != nil {
		t.Fatal(h.err)
	}
	var body map[string]json.RawMessage
	if err := json.Unmarshal(at.Requests()[0].Body, &body); err != nil {
		t.Fatal(err)
	}
	return body
}

func want(t *testing.T, what string, got json.RawMessage, want string) {
	t.Helper()
	var a, b any
	if json.Unmarshal(got, &a) != nil || json.Unmarshal([]byte(want), &b) != nil || !equalJSON(a, b) {
		t.Errorf("%s is\n%s\nwant\n%s", what, got, want)
	}
}

func equalJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func TestOnlyWhatIsSetIsSent(t *testing.T) {
	t.Parallel()
	body := send(t, openai.Config{Model: "some/model"}, ask("hi"))
	for name := range body {
		switch name {
		case "model", "messages", "stream", "stream_options":
		default:
			t.Errorf("%s is sent: %s", name, body[name])
		}
	}
	want(t, "model", body["model"], `"some/model"`)
	want(t, "messages", body["messages"], `[{"role":"user","content":"hi"}]`)
	want(t, "stream", body["stream"], `true`)
}

func TestSettings(t *testing.T) {
	t.Parallel()
	zero, nan := 0.0, math.NaN()
	tools := []llm.Tool{{Name: "f"}}
	for _, c := range []struct {
		name, provider, model string
		request               llm.Request
		want                  string // of the fields below, those that are sent
	}{
		{"temperature of 0", "", "m", llm.Request{Temperature: &zero}, `{"temperature":0}`},
		{"temperature that is no number", "", "m", llm.Request{Temperature: &nan}, `{}`},
		{"temperature for a name like OpenAI's", "", "o1-mini-local", llm.Request{Temperature: &zero, MaxOutput: 5}, `{"temperature":0,"max_completion_tokens":5}`},
		{"length", "", "m", llm.Request{MaxOutput: 5}, `{"max_tokens":5}`},
		{"length at OpenAI", "OpenAI", "gpt-4o", llm.Request{MaxOutput: 5}, `{"max_completion_tokens":5}`},
		{"length at Ollama", "ollama", "o1-mini-local", llm.Request{MaxOutput: 5}, `{"max_tokens":5}`},
		{"effort", "", "m", llm.Request{Effort: "low"}, `{"reasoning_effort":"low"}`},
		{"effort with tools", "", "gpt-5.1", llm.Request{Effort: "low", Tools: tools}, `{"reasoning_effort":"low"}`},
		{"gpt-6 elsewhere", "OpenRouter", "openai/gpt-6-sol", llm.Request{Tools: tools}, `{}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.request.Messages = ask("hi").Messages
			body := send(t, openai.Config{Model: c.model, Provider: c.provider}, c.request)
			got := map[string]json.RawMessage{}
			for _, name := range []string{"temperature", "max_tokens", "max_completion_tokens", "reasoning_effort"} {
				if body[name] != nil {
					got[name] = body[name]
				}
			}
			raw, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			want(t, "settings", raw, c.want)
		})
	}
}

func TestQuirksOfTheRequest(t *testing.T) {
	t.Parallel()
	if body := send(t, openai.Config{Provider: "Mistral"}, ask("hi")); body["stream_options"] != nil {
		t.Errorf("Mistral is sent stream_options: %s", body["stream_options"])
	}
	extra := &openai.Quirks{Extra: map[string]json.RawMessage{"chat_template_kwargs": json.RawMessage(`{"enable_thinking":false}`)}}
	body := send(t, openai.Config{Quirks: extra}, ask("hi"))
	want(t, "extra field", body["chat_template_kwargs"], `{"enable_thinking":false}`)
}

func TestTools(t *testing.T) {
	t.Parallel()
	r := ask("hi")
	r.Tools = []llm.Tool{
		{Name: "a", Description: "Does <a> & more.", Schema: []byte(`{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"z":{"type":"string"},"b":{"$ref":"#/$defs/x"}},"required":["z"],"$defs":{"x":{"type":"number"}}}`)},
		{Name: "b", Schema: []byte(`{"type":"object"}`)},
		{Name: "c", Schema: nil},
		{Name: "d", Schema: []byte(`null`)},
		{Name: "e", Schema: []byte(`{"type":["object","null"],"properties":null}`)},
	}
	body := send(t, openai.Config{}, r)
	const empty = `{"type":"object","properties":{}}`
	want(t, "tools", body["tools"], `[
		{"type":"function","function":{"name":"a","description":"Does <a> & more.","parameters":{"type":"object","properties":{"z":{"type":"string"},"b":{"$ref":"#/$defs/x"}},"required":["z"],"$defs":{"x":{"type":"number"}}}}},
		{"type":"function","function":{"name":"b","parameters":`+empty+`}},
		{"type":"function","function":{"name":"c","parameters":`+empty+`}},
		{"type":"function","function":{"name":"d","parameters":`+empty+`}},
		{"type":"function","function":{"name":"e","parameters":`+empty+`}}]`)
	if !bytes.Contains(body["tools"], []byte(`"properties":{"z":{"type":"string"},"b":`)) {
		t.Errorf("the order of the properties changed: %s", body["tools"])
	}
	if again := send(t, openai.Config{}, r); !bytes.Equal(again["tools"], body["tools"]) {
		t.Errorf("the same tools are written differently:\n%s\n%s", body["tools"], again["tools"])
	}
}

// callMessage is an assistant's message with calls of the named tools; their ids
// follow the names.
func callMessage(names ...string) llm.Message {
	m := llm.Message{Role: llm.Assistant}
	for _, n := range names {
		m.Parts = append(m.Parts, llm.ToolCall{ID: "id-of-" + n, Name: n, Arguments: json.RawMessage(`{}`)})
	}
	return m
}

func resultMessage(name, text string) llm.Message {
	return llm.Message{Role: llm.ToolRole, Parts: []llm.Part{llm.ToolResult{CallID: "id-of-" + name, Name: name, Text: text}}}
}

// What goes wrong in a conversation, and what is sent of it. Ids are written as
// the call's place, counted over all calls.
func TestRepair(t *testing.T) {
	t.Parallel()
	user := llm.Say(llm.User, "go")
	for _, c := range []struct {
		name     string
		messages []llm.Message
		want     string
	}{
		{"as it should be", []llm.Message{user, callMessage("f"), resultMessage("f", "1"), llm.Say(llm.Assistant, "one")}, `user go, f#0, 0=1, assistant one`},
		{"results in another order", []llm.Message{user, callMessage("f", "g"), resultMessage("g", "2"), resultMessage("f", "1")}, `user go, f#0 g#1, 0=1, 1=2`},
		{"call without a result", []llm.Message{user, callMessage("f", "g"), resultMessage("g", "2"), user}, `user go, f#0 g#1, 0=No result: the call was interrupted by the user. It may have run., 1=2, user go`},
		{"result without a call", []llm.Message{user, resultMessage("f", "1"), llm.Say(llm.Assistant, "one")}, `user go, assistant one`},
		{"result twice", []llm.Message{user, callMessage("f"), resultMessage("f", "1"), resultMessage("f", "2")}, `user go, f#0, 0=1`},
		{"one id for two calls", []llm.Message{user, callMessage("f", "f"), resultMessage("f", "1"), resultMessage("f", "2")}, `user go, f#0 f#1, 0=1, 1=2`},
		{"one id in two turns", []llm.Message{user, callMessage("f"), resultMessage("f", "1"), user, callMessage("f"), resultMessage("f", "2")}, `user go, f#0, 0=1, user go, f#1, 1=2`},
		{"message in between", []llm.Message{user, callMessage("f"), user, resultMessage("f", "1")}, `user go, f#0, 0=1, user go`},
		{"empty result", []llm.Message{user, callMessage("f"), resultMessage("f", " \n")}, `user go, f#0, 0=(no output)`},
		{"empty answer", []llm.Message{user, {Role: llm.Assistant}, user}, `user go\n\ngo`},
		{"answer of white space", []llm.Message{user, llm.Say(llm.Assistant, " \n"), user}, `user go\n\ngo`},
		{"answer of reasoning alone", []llm.Message{user, {Role: llm.Assistant, Parts: []llm.Part{llm.Reasoning("hm")}}}, `user go`},
		{"empty question", []llm.Message{llm.Say(llm.User, ""), user}, `user go`},
		{"two questions", []llm.Message{user, user}, `user go\n\ngo`},
		{"name that no endpoint takes", []llm.Message{user, callMessage("a.b c"), resultMessage("a.b c", "1")}, `user go, a_b_c#0, 0=1`},
		{"no name", []llm.Message{user, callMessage(""), resultMessage("", "1")}, `user go, unknown#0, 0=1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			body := send(t, openai.Config{}, llm.Request{Messages: c.messages})
			if got := readable(t, body["messages"]); got != c.want {
				t.Errorf("sent %s\nwant %s", got, c.want)
			}
		})
	}
}

// readable writes the messages of a request in a line.
func readable(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var list []struct {
		Role, Content string
		ToolCallID    string `json:"tool_call_id"`
		ToolCalls     []struct {
			ID, Type string
			Function struct{ Name, Arguments string }
		} `json:"tool_calls"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	place := map[string]string{}
	var out []string
	for _, m := range list {
		var words []string
		for _, c := range m.ToolCalls {
			if !ourID.MatchString(c.ID) || place[c.ID] != "" || c.Type != "function" || !json.Valid([]byte(c.Function.Arguments)) {
				t.Errorf("a call is sent as %+v", c)
			}
			place[c.ID] = string(rune('0' + len(place)))
			words = append(words, c.Function.Name+"#"+place[c.ID])
		}
		switch {
		case m.Role == "tool":
			words = []string{place[m.ToolCallID] + "=" + m.Content}
		case m.Content != "":
			words = append([]string{m.Role, strings.ReplaceAll(m.Content, "\n", `\n`)}, words...)
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, ", ")
}

func TestArgumentsAndFailures(t *testing.T) {
	t.Parallel()
	m := llm.Message{Role: llm.Assistant, Parts: []llm.Part{
		llm.ToolCall{ID: "abcdefgh1", Name: "f"},
		llm.ToolCall{ID: "abcdefgh2", Name: "f", Arguments: json.RawMessage(`{"a":`)},
		llm.ToolCall{ID: "abcdefgh3", Name: "f", Arguments: json.RawMessage(`{"a": "<b>"}`)},
	}}
	failed := llm.Message{Role: llm.ToolRole, Parts: []llm.Part{
		llm.ToolResult{CallID: "abcdefgh1", Text: "no such file", IsError: true},
		llm.ToolResult{CallID: "abcdefgh2", Text: "Error: no such file", IsError: true},
		llm.ToolResult{CallID: "abcdefgh3", Text: "fine"},
	}}
	body := send(t, openai.Config{}, llm.Request{System: "Be brief.", Messages: []llm.Message{m, failed}})
	want(t, "messages", body["messages"], `[
		{"role":"system","content":"Be brief."},
		{"role":"assistant","tool_calls":[
			{"id":"abcdefgh1","type":"function","function":{"name":"f","arguments":"{}"}},
			{"id":"abcdefgh2","type":"function","function":{"name":"f","arguments":"{}"}},
			{"id":"abcdefgh3","type":"function","function":{"name":"f","arguments":"{\"a\": \"<b>\"}"}}]},
		{"role":"tool","tool_call_id":"abcdefgh1","content":"Error: no such file"},
		{"role":"tool","tool_call_id":"abcdefgh2","content":"Error: no such file"},
		{"role":"tool","tool_call_id":"abcdefgh3","content":"fine"}]`)
}
