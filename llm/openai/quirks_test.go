package openai_test

import (
	"encoding/json"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// How each provider's models are asked: the wire, the fields, and what of the
// reasoning goes back.
func TestHowModelsAreAsked(t *testing.T) {
	t.Parallel()
	const chat, responses = "/v1/chat/completions", "/v1/responses"
	for _, c := range []struct {
		provider, model string
		path            string
		field           string // that bounds the answer
		counts          bool   // stream_options is sent
		back            string // the field of reasoning in a message with a call
	}{
		{"OpenAI", "gpt-4o", chat, "max_completion_tokens", true, ""},
		{"OpenAI", "gpt-5-chat-latest", chat, "max_completion_tokens", true, ""},
		{"OpenAI", "gpt-5.1", responses, "max_output_tokens", false, ""},
		{"OpenAI", "GPT-5.4-mini", responses, "max_output_tokens", false, ""},
		{"OpenAI", "gpt-6-astra", responses, "max_output_tokens", false, ""},
		{"OpenAI", "gpt-6.1-sol", responses, "max_output_tokens", false, ""},
		{"OpenAI", "o3-pro", responses, "max_output_tokens", false, ""},
		{"OpenAI", "o1-mini", chat, "max_completion_tokens", true, ""},
		{"Azure OpenAI", "gpt-5.6", responses, "max_output_tokens", false, ""},
		{"Azure OpenAI", "my-deployment", chat, "max_completion_tokens", true, ""},
		{"Ollama", "gpt-oss:20b", chat, "max_tokens", true, ""},
		{"Ollama", "o3-local", chat, "max_tokens", true, ""},
		{"llama.cpp", "q.gguf", chat, "max_tokens", true, ""},
		{"vLLM", "Qwen/Qwen3-32B", chat, "max_tokens", true, ""},
		{"LM Studio", "qwen3", chat, "max_tokens", true, ""},
		{"OpenRouter", "openai/gpt-6-sol", chat, "max_tokens", true, ""},
		{"Groq", "openai/gpt-oss-120b", chat, "max_completion_tokens", true, ""},
		{"Mistral", "magistral-medium-latest", chat, "max_tokens", false, ""},
		{"DeepSeek", "deepseek-v4", chat, "max_tokens", true, "reasoning_content"},
		{"Moonshot", "kimi-k3", chat, "max_tokens", true, "reasoning_content"},
		{"Google Gemini", "gemini-3-pro", chat, "max_tokens", true, ""},
		{"Anthropic", "claude-sonnet-4-6", chat, "max_tokens", true, ""},
		{"xAI", "grok-4.3", chat, "max_completion_tokens", true, ""},
		{"a proxy", "openai/gpt-5.6", chat, "max_completion_tokens", true, ""},
		{"a proxy", "deepseek/deepseek-chat", chat, "max_tokens", true, "reasoning_content"},
		{"a proxy", "anything", chat, "max_tokens", true, ""},
	} {
		t.Run(c.provider+" "+c.model, func(t *testing.T) {
			t.Parallel()
			e := llmtest.NewEndpoint(t, oneCall("because").Answer(), llmtest.Reply{Text: "ok"}.Answer())
			m, r := connect(t, openai.Config{BaseURL: e.URL(), Provider: c.provider, Model: c.model}), ask("go")
			r.MaxOutput = 50
			h := listen(t, t.Context(), m, r)
			if h.err != nil {
				t.Fatal(h.err)
			}
			r.Messages = append(r.Messages, h.done.Message, resultMessage("f", "1"))
			if h := listen(t, t.Context(), m, r); h.err != nil {
				t.Fatal(h.err)
			}
			sent := e.Requests()[1]
			if sent.Path != c.path || string(sent.Field(c.field)) != "50" || (sent.Field("stream_options") != nil) != c.counts {
				t.Errorf("sent to %s: %s", sent.Path, sent.Body)
			}
			if got := reasoningField(t, sent); got != c.back {
				t.Errorf("reasoning goes back as %q, want %q", got, c.back)
			}
		})
	}
}

// reasoningField is the field of a message in which reasoning was sent over chat
// completions.
func reasoningField(t *testing.T, r llmtest.Received) string {
	t.Helper()
	var messages []map[string]json.RawMessage
	if raw := r.Field("messages"); raw != nil {
		if err := json.Unmarshal(raw, &messages); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range messages {
		for _, name := range []string{"reasoning", "reasoning_content", "reasoning_details"} {
			if m[name] != nil {
				return name
			}
		}
	}
	return ""
}

// A table of one's own replaces what is known.
func TestOwnQuirks(t *testing.T) {
	t.Parallel()
	e := llmtest.NewEndpoint(t, llmtest.Reply{Text: "ok"}.Answer())
	m := connect(t, openai.Config{BaseURL: e.URL(), Quirks: &openai.Quirks{Wire: openai.Responses, Vision: true}})
	if h := listen(t, t.Context(), m, llm.Request{Messages: ask("hi").Messages, MaxOutput: 5}); h.text != "ok" || !m.Info().Vision {
		t.Fatal(h.err)
	}
	want(t, "body", e.Requests()[0].Body, `{"model":"m","input":[{"type":"message","role":"user","content":"hi"}],"max_output_tokens":5,"store":false,"stream":true}`)
}
