package openai_test

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// converse asks, answers the calls of the reply and asks again; it gives the
// messages of the second request, and what came back at first.
func converse(t *testing.T, first, second openai.Config, reply llmtest.Answer) (messages []json.RawMessage, got llm.Message) {
	t.Helper()
	at := llmtest.NewEndpoint(t, reply, llmtest.Reply{Text: "done"}.Answer())
	first.BaseURL, second.BaseURL = at.URL(), at.URL()
	r := ask("go")
	h := listen(t, t.Context(), connect(t, first), r)
	if h.err != nil {
		t.Fatal(h.err)
	}
	r.Messages = append(r.Messages, h.done.Message)
	for _, c := range h.done.Message.Calls() {
		r.Messages = append(r.Messages, llm.Message{Role: llm.ToolRole, Parts: []llm.Part{llm.ToolResult{CallID: c.ID, Name: c.Name, Text: "1"}}})
	}
	if h := listen(t, t.Context(), connect(t, second), r); h.err != nil {
		t.Fatal(h.err)
	}
	if err := json.Unmarshal(at.Requests()[1].Field("messages"), &messages); err != nil {
		t.Fatal(err)
	}
	return messages, h.done.Message
}

// member gives a member of a message, "-" when it is not there.
func member(t *testing.T, message json.RawMessage, name string) string {
	t.Helper()
	var o map[string]json.RawMessage
	if err := json.Unmarshal(message, &o); err != nil {
		t.Fatal(err)
	}
	if o[name] == nil {
		return "-"
	}
	return string(o[name])
}

func oneCall(reasoning string) llmtest.Reply {
	return llmtest.Reply{Reasoning: reasoning, Calls: []llm.ToolCall{{Name: "f", Arguments: json.RawMessage(`{}`)}}}
}

func TestReasoningGoesBack(t *testing.T) {
	t.Parallel()
	deepSeek, other := openai.Config{Provider: "DeepSeek"}, openai.Config{Provider: "Mistral"}
	for _, c := range []struct {
		name          string
		first, second openai.Config
		reply         llmtest.Reply
		want          string
	}{
		{"to DeepSeek", deepSeek, deepSeek, oneCall("because"), `"because"`},
		{"to DeepSeek, empty", deepSeek, deepSeek, oneCall(""), `""`},
		{"to DeepSeek, from elsewhere", other, deepSeek, oneCall("because"), `""`},
		{"to DeepSeek, without a call", deepSeek, deepSeek, llmtest.Reply{Text: "hm"}, `-`},
		{"elsewhere", deepSeek, other, oneCall("because"), `-`},
		{"where it is not wanted", other, other, oneCall("because"), `-`},
		{"by the model's name", openai.Config{Model: "deepseek-ai/DeepSeek-V4"}, openai.Config{Model: "deepseek-ai/DeepSeek-V4"}, oneCall("because"), `"because"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			messages, _ := converse(t, c.first, c.second, c.reply.Answer())
			if got := member(t, messages[1], "reasoning_content"); got != c.want {
				t.Errorf("reasoning_content is %s, want %s", got, c.want)
			}
		})
	}
}

func TestReasoningDetailsGoBack(t *testing.T) {
	t.Parallel()
	body := `data: {"choices":[{"delta":{"reasoning":"I ","reasoning_details":[{"type":"reasoning.text","index":0,"text":"I ","format":"x"}]}}]}

data: {"choices":[{"delta":{"reasoning":"see","reasoning_details":[{"type":"reasoning.text","index":0,"text":"see","signature":"S"}]}}]}

data: {"choices":[{"delta":{"reasoning_details":[{"type":"reasoning.encrypted","index":1,"data":"AAA"},{"type":"reasoning.encrypted","index":1,"data":"BBB"}, null]}}]}

data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}

`
	c := openai.Config{Provider: "OpenRouter"}
	messages, got := converse(t, c, c, llmtest.SSE(body))
	if got.Parts[0] != llm.Reasoning("I see") {
		t.Errorf("reasoning is %v", got.Parts[0])
	}
	want(t, "reasoning_details", json.RawMessage(member(t, messages[1], "reasoning_details")),
		`[{"type":"reasoning.text","index":0,"text":"I see","format":"x","signature":"S"},
		  {"type":"reasoning.encrypted","index":1,"data":"AAA"},{"type":"reasoning.encrypted","index":1,"data":"BBB"}]`)
}

func TestSignaturesGoBack(t *testing.T) {
	t.Parallel()
	reply := llmtest.Reply{Dialect: llmtest.Gemini, Calls: []llm.ToolCall{{Name: "f", Arguments: json.RawMessage(`{}`)}, {Name: "g", Arguments: json.RawMessage(`{}`)}}}
	unsigned := reply
	unsigned.Dialect.CallExtra = nil
	gemini := openai.Config{Provider: "Google Gemini", Model: "gemini-3-pro"}
	const theirs, skip = `{"google":{"thought_signature":"SIGNED"}}`, `{"google":{"thought_signature":"skip_thought_signature_validator"}}`
	for _, c := range []struct {
		name          string
		first, second openai.Config
		reply         llmtest.Reply
		want          string // of the first call; the second never has one
	}{
		{"to Gemini", gemini, gemini, reply, theirs},
		{"to Gemini, from elsewhere", openai.Config{Provider: "Groq"}, gemini, unsigned, skip},
		{"to an older Gemini", openai.Config{Provider: "Groq"}, openai.Config{Provider: "Google Gemini", Model: "gemini-2.5-pro"}, unsigned, `-`},
		{"elsewhere", gemini, openai.Config{Provider: "Mistral"}, reply, `-`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			messages, _ := converse(t, c.first, c.second, c.reply.Answer())
			var calls []json.RawMessage
			if err := json.Unmarshal([]byte(member(t, messages[1], "tool_calls")), &calls); err != nil || len(calls) != 2 {
				t.Fatalf("calls are %s", messages[1])
			}
			if got := member(t, calls[0], "extra_content"); got != c.want {
				t.Errorf("extra_content is %s, want %s", got, c.want)
			}
			if got := member(t, calls[1], "extra_content"); got != "-" {
				t.Errorf("extra_content of the second call is %s", got)
			}
		})
	}
}

// The ids of a conversation are the same whenever it is sent, so that the
// provider's cache knows it.
func TestForeignIDsAreStable(t *testing.T) {
	t.Parallel()
	r := llm.Request{Messages: []llm.Message{
		llm.Say(llm.User, "go"),
		{Role: llm.Assistant, Parts: []llm.Part{llm.ToolCall{ID: "call_" + strings.Repeat("x", 60), Name: "f", Arguments: json.RawMessage(`{}`)}}},
	}}
	one, two := send(t, openai.Config{}, r), send(t, openai.Config{}, r)
	want(t, "messages", one["messages"], string(two["messages"]))
}
