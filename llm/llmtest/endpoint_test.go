package llmtest_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// post sends a request as a client would and gives the answer.
func post(t *testing.T, e *llmtest.Endpoint, path, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, e.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(got)
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	e := llmtest.NewEndpoint(t, llmtest.Reply{Text: "one two"}.Answer(), llmtest.Status(429, `{}`, "Retry-After", "7"))
	if !strings.HasPrefix(e.URL(), "http://127.0.0.1:") {
		t.Errorf("listens at %s", e.URL())
	}
	resp, body := post(t, e, "/chat/completions?v=1", `{"model":"m"}`)
	if resp.Header.Get("Content-Type") != "text/event-stream" || !strings.HasSuffix(body, "data: [DONE]\n\n") || strings.Count(body, `"content":"`) != 3 {
		t.Errorf("%v\n%s", resp.Header, body)
	}
	if resp, _ := post(t, e, "/chat/completions", `{}`); resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "7" {
		t.Errorf("%v", resp)
	}
	if resp, body := post(t, e, "/chat/completions", `{}`); resp.StatusCode != 500 || !strings.Contains(body, "no answer for request 3") {
		t.Errorf("%v %s", resp.Status, body)
	}
	if resp, _ := post(t, e, "/models", `{}`); resp.StatusCode != 404 {
		t.Errorf("%v", resp.Status)
	}
	got := e.Requests()
	if len(got) != 3 || got[0].Path != "/v1/chat/completions?v=1" || string(got[0].Field("model")) != `"m"` || got[2].Number != 2 {
		t.Errorf("%+v", got)
	}
	if e.Connections() != 4 {
		t.Errorf("%d connections", e.Connections())
	}
}

func TestEndpointFunc(t *testing.T) {
	t.Parallel()
	e := llmtest.NewEndpointFunc(t, func(r llmtest.Received) llmtest.Answer {
		return llmtest.SSE(string(r.Field("model")))
	})
	if _, body := post(t, e, "/chat/completions", `{"model":"x"}`); body != `"x"` {
		t.Errorf("%s", body)
	}
}

// Every dialect of every kind of reply is JSON in its frames.
func TestDialectsAreWellFormed(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]llmtest.Dialect{
		"OpenAI": {}, "Gemini": llmtest.Gemini, "Ollama": llmtest.Ollama, "old Ollama": llmtest.OldOllama, "Mistral": llmtest.Mistral,
		"DeepSeek": llmtest.DeepSeek, "OpenRouter": llmtest.OpenRouter, "LM Studio": llmtest.LMStudio,
	} {
		stream := llmtest.Reply{
			Reasoning: "r", Text: "t", Usage: llm.Usage{Input: 1}, Dialect: d,
			Calls: []llm.ToolCall{{Name: "f", Arguments: json.RawMessage(`{"a":1}`)}, {Name: "g", Malformed: `{"a`}},
		}.Stream()
		for line := range strings.Lines(stream) {
			data, ok := strings.CutPrefix(strings.TrimSpace(line), "data: ")
			if ok && data != "[DONE]" && !json.Valid([]byte(data)) {
				t.Errorf("%s: %s", name, line)
			}
		}
		if !strings.Contains(stream, `"prompt_tokens":1`) || !strings.Contains(stream, `"finish_reason":"tool_calls"`) {
			t.Errorf("%s: %s", name, stream)
		}
	}
}

func TestRateAndGoingAway(t *testing.T) {
	t.Parallel()
	arrived, gone := make(chan struct{}), make(chan struct{})
	slow := llmtest.Reply{Text: "never all of it", Rate: 0.001}.Answer()
	e := llmtest.NewEndpoint(t, func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		slow(w, r)
		close(gone)
	})
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL()+"/chat/completions", strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	answered := make(chan error, 1)
	go func() {
		resp, err := client.Do(r)
		if err == nil {
			resp.Body.Close()
		}
		answered <- err
	}()
	<-arrived
	cancel()
	if err := <-answered; err == nil {
		t.Error("an answer came in spite of its rate")
	}
	<-gone
}
