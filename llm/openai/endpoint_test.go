package openai_test

import (
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

func TestBaseURLs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ pasted, base, provider string }{
		{"", "https://api.openai.com/v1", "OpenAI"},
		{"https://api.openai.com/v1", "https://api.openai.com/v1", "OpenAI"},
		{"https://api.openai.com/v1/", "https://api.openai.com/v1", "OpenAI"},
		{"api.openai.com", "https://api.openai.com/v1", "OpenAI"},
		{" https://API.OpenAI.com/v1/chat/completions \n", "https://api.openai.com/v1", "OpenAI"},
		{`"https://api.openai.com/v1/responses/"`, "https://api.openai.com/v1", "OpenAI"},
		{"https://openrouter.ai", "https://openrouter.ai/api/v1", "OpenRouter"},
		{"https://openrouter.ai/api/", "https://openrouter.ai/api/v1", "OpenRouter"},
		{"https://api.groq.com", "https://api.groq.com/openai/v1", "Groq"},
		{"https://generativelanguage.googleapis.com/v1beta/openai/", "https://generativelanguage.googleapis.com/v1beta/openai", "Google Gemini"},
		{"https://generativelanguage.googleapis.com/v1beta", "https://generativelanguage.googleapis.com/v1beta/openai", "Google Gemini"},
		{"https://me.openai.azure.com", "https://me.openai.azure.com/openai/v1", "Azure OpenAI"},
		{"https://me.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21", "https://me.openai.azure.com/openai/deployments/d", "Azure OpenAI"},
		{"localhost:11434", "http://localhost:11434/v1", "Ollama"},
		{"http://127.0.0.1:1234/v1/models", "http://127.0.0.1:1234/v1", "LM Studio"},
		{"[::1]:8080", "http://[::1]:8080/v1", "[::1]:8080"},
		{"192.168.1.5:8000/v1", "http://192.168.1.5:8000/v1", "192.168.1.5:8000"},
		{"host.docker.internal:11434/v1", "http://host.docker.internal:11434/v1", "host.docker.internal:11434"},
		{"gpu-box:11434/v1", "http://gpu-box:11434/v1", "gpu-box:11434"},
		{"http://llm.example.com", "http://llm.example.com/v1", "llm.example.com"},
		{"http://llm.example.com/api/", "http://llm.example.com/api", "llm.example.com"},
		{"192.168.1.5:8000", "http://192.168.1.5:8000/v1", "192.168.1.5:8000"},
		{"http://localhost:11434/api/chat", "http://localhost:11434/v1", "Ollama"},
		{"localhost:11434/v1/responses", "http://localhost:11434/v1", "Ollama"},
		{"http://localhost:1234/api/v0/models", "http://localhost:1234/v1", "LM Studio"},
		{"http://localhost:3000/api/chat/completions", "http://localhost:3000/api", "localhost:3000"},
		{"https://api.anthropic.com/v1/messages", "https://api.anthropic.com/v1", "Anthropic"},
		{"https://api.perplexity.ai", "https://api.perplexity.ai", "Perplexity"},
		{"me.openai.azure.com/openai", "https://me.openai.azure.com/openai/v1", "Azure OpenAI"},
		{"https://api.mistral.ai/v1/chat/completions?", "https://api.mistral.ai/v1", "Mistral"},
		{"llm.example.com/gateway/v1/chat/completions/", "https://llm.example.com/gateway/v1", "llm.example.com"},
		{"https://evil.example/?x=api.openai.com", "https://evil.example/v1", "evil.example"},
		{"https://api.openai.com.evil.example/v1", "https://api.openai.com.evil.example/v1", "api.openai.com.evil.example"},
	} {
		m, err := openai.New(openai.Config{BaseURL: c.pasted, Model: "m"})
		if err != nil {
			t.Errorf("%q: %v", c.pasted, err)
			continue
		}
		if got := m.String(); got != "m at "+c.base || m.Info().Provider != c.provider {
			t.Errorf("%q is %s of %q, want %s of %q", c.pasted, got, m.Info().Provider, c.base, c.provider)
		}
	}
}

func TestConfigsThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		config openai.Config
		want   string
	}{
		{"no model", openai.Config{}, "no model"},
		{"websocket", openai.Config{Model: "m", BaseURL: "ws://x/v1"}, "http:// or https://"},
		{"file", openai.Config{Model: "m", BaseURL: "file:///etc/passwd"}, "http:// or https://"},
		{"no host", openai.Config{Model: "m", BaseURL: "https:///v1"}, "no host"},
		{"control character", openai.Config{Model: "m", BaseURL: "https://x\x7f/v1"}, "cannot be read"},
		{"key in the URL", openai.Config{Model: "m", BaseURL: "https://sk-secret@api.openai.com/v1"}, "user name or a key"},
		{"key with a line break", openai.Config{Model: "m", APIKey: "sk-secret\n"}, "line break"},
		{"key with a space", openai.Config{Model: "m", APIKey: "sk-secret x"}, "space"},
		{"key with Bearer", openai.Config{Model: "m", APIKey: "Bearer sk-secret"}, "key alone"},
		{"key in curly quotes", openai.Config{Model: "m", APIKey: "“sk-secret”"}, "no key has"},
		{"header name", openai.Config{Model: "m", Headers: map[string]string{"A B": "x"}}, "name of a header"},
		{"header value", openai.Config{Model: "m", Headers: map[string]string{"A": "sk-secret\r\nB: x"}}, "line break"},
	} {
		_, err := openai.New(c.config)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "sk-secret") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestInfo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		config openai.Config
		want   llm.Info
	}{
		{openai.Config{Model: "gpt-4o", Window: 128000}, llm.Info{Provider: "OpenAI", Name: "gpt-4o", Window: 128000, Tools: llm.RulesFor("OpenAI", "gpt-4o"), Vision: true}},
		{openai.Config{Model: "m", BaseURL: "localhost:8080"}, llm.Info{Provider: "localhost:8080", Name: "m", Tools: llm.RulesFor("", "m")}},
		{openai.Config{Model: "m", Provider: "our proxy"}, llm.Info{Provider: "our proxy", Name: "m", Tools: llm.RulesFor("OpenAI", "m")}},
		{openai.Config{Model: "m", BaseURL: "localhost:8080", Provider: "deepseek"}, llm.Info{Provider: "DeepSeek", Name: "m", Tools: llm.RulesFor("DeepSeek", "m")}},
	} {
		if got := connect(t, c.config).Info(); got != c.want {
			t.Errorf("%+v, want %+v", got, c.want)
		}
	}
}

// Azure takes the bare key in a header of its own, and old endpoints want the
// query of the base URL on every request.
func TestAzure(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpoint(t, llmtest.Reply{Text: "ok"}.Answer())
	m := connect(t, openai.Config{BaseURL: at.URL() + "/chat/completions?api-version=2024-10-21", Provider: "Azure OpenAI", APIKey: "abcd"})
	if h := listen(t, t.Context(), m, ask("hi")); h.text != "ok" {
		t.Fatal(h.err)
	}
	sent := at.Requests()[0]
	if sent.Path != "/v1/chat/completions?api-version=2024-10-21" || sent.Header.Get("Api-Key") != "abcd" || sent.Header.Get("Authorization") != "" {
		t.Errorf("sent %s with %v", sent.Path, sent.Header)
	}
}
