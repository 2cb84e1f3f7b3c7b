package openai_test

import (
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// Refusals teach how to ask: once, before anything of an answer came, and for good.
func TestLessons(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config  openai.Config
		request llm.Request
		refusal string
		first   string // in the first request
		second  string // in the second, and in the first of the next
	}{
		"responses wire": {
			openai.Config{Model: "gpt-5.4"},
			llm.Request{Tools: []llm.Tool{{Name: "f"}}},
			"Function tools with reasoning_effort are not supported for gpt-5.4 in /v1/chat/completions. Please use /v1/responses instead.", `"messages"`, `"input"`,
		},
		"stream options": {openai.Config{}, llm.Request{}, "Extra inputs are not permitted: stream_options", `"stream_options"`, `"stream":true`},
		"summaries": {
			reasoner,
			llm.Request{Effort: "low"},
			"Your organization must be verified to generate reasoning summaries.", `"summary":"auto"`, `"reasoning":{"effort":"low"}`,
		},
		"sealed reasoning":      {openai.Config{Provider: "Azure OpenAI", Model: "gpt-5.1"}, llm.Request{}, "Encrypted content is not supported with this model.", `"include"`, `"store":false`},
		"the other field":       {openai.Config{}, llm.Request{MaxOutput: 5}, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", `"max_tokens":5`, `"max_completion_tokens":5`},
		"and back":              {openai.Config{Model: "gpt-5-proxy"}, llm.Request{MaxOutput: 5}, "Unrecognized request argument: max_completion_tokens", `"max_completion_tokens":5`, `"max_tokens":5`},
		"a model that is blind": {openai.Config{Model: "gpt-4o"}, llm.Request{Messages: []llm.Message{{Role: llm.User, Parts: []llm.Part{picture(t)}}}}, "This model does not support image input.", `image_url`, `cannot be shown`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refusal := llmtest.Status(400, `{"error":{"message":`+jsonOf(t, c.refusal)+`}}`)
			good := llmtest.Reply{Text: "ok"}.Answer()
			e := llmtest.NewEndpoint(t, refusal, good, good)
			m := connect(t, at(c.config, e))
			if c.request.Messages == nil {
				c.request.Messages = ask("hi").Messages
			}
			for range 2 {
				if h := listen(t, t.Context(), m, c.request); h.text != "ok" {
					t.Fatal(h.err)
				}
			}
			var sent []string
			for _, r := range e.Requests() {
				sent = append(sent, string(r.Body))
			}
			if len(sent) != 3 || !strings.Contains(sent[0], c.first) || strings.Contains(sent[1], c.first) || !strings.Contains(sent[1], c.second) || sent[1] != sent[2] {
				t.Errorf("sent\n%s", strings.Join(sent, "\n"))
			}
		})
	}
}

// An endpoint without the responses wire is asked over chat completions.
func TestNoResponsesWire(t *testing.T) {
	t.Parallel()
	e := llmtest.NewEndpoint(t, llmtest.Status(404, `404 page not found`), llmtest.Reply{Text: "ok"}.Answer())
	if h := listen(t, t.Context(), connect(t, at(reasoner, e)), ask("hi")); h.text != "ok" {
		t.Fatal(h.err)
	}
	if sent := e.Requests(); len(sent) != 2 || sent[0].Path != "/v1/responses" || sent[1].Path != "/v1/chat/completions" {
		t.Errorf("%+v", sent)
	}
}

// go-openai knows some of the models that take tools on the responses wire alone,
// and refuses before anything is sent.
func TestToolsNeedResponses(t *testing.T) {
	t.Parallel()
	e := llmtest.NewEndpoint(t, llmtest.Reply{Text: "ok"}.Answer())
	r := ask("hi")
	r.Tools = []llm.Tool{{Name: "f"}}
	h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: e.URL(), Model: "gpt-6-astra"}), r)
	if sent := e.Requests(); h.text != "ok" || len(sent) != 1 || sent[0].Path != "/v1/responses" {
		t.Errorf("%v, sent %+v", h.err, sent)
	}
}

// Two refusals that teach opposite things end the asking.
func TestLessonsEnd(t *testing.T) {
	t.Parallel()
	e := llmtest.NewEndpointFunc(t, func(r llmtest.Received) llmtest.Answer {
		if r.Field("max_tokens") != nil {
			return llmtest.Status(400, `{"error":"use max_completion_tokens"}`)
		}
		return llmtest.Status(400, `{"error":"unknown field max_completion_tokens"}`)
	})
	r := ask("hi")
	r.MaxOutput = 5
	h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: e.URL()}), r)
	if n := len(e.Requests()); h.kind() != llm.BadRequest || n > 10 {
		t.Errorf("%v after %d requests", h.err, n)
	}
}

// What is refused for another reason is not asked again.
func TestNothingToLearn(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 429, 500} {
		e := llmtest.NewEndpoint(t, llmtest.Status(status, `{"error":"no"}`))
		listen(t, t.Context(), connect(t, at(reasoner, e)), ask("hi"))
		if n := len(e.Requests()); n != 1 {
			t.Errorf("%d: %d requests", status, n)
		}
	}
}
