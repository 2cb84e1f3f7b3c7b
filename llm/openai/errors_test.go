package openai_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// Refusals as the servers write them, and what the person is told.
var refusals = []struct {
	name    string
	status  int
	body    string
	headers []string
	kind    llm.ErrorKind
	message string // part of what is said
	hint    string // part of what can be done
	wait    time.Duration
}{
	{name: "OpenAI key", status: 401, body: `{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}`, kind: llm.Auth, message: "Incorrect API key", hint: "still valid"},
	{name: "region", status: 403, body: `{"error":{"message":"Country not supported","code":"unsupported_country_region_territory"}}`, kind: llm.Auth, message: "Country", hint: "region"},
	{name: "Gemini key", status: 400, body: `[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]`, kind: llm.Auth, message: "API key not valid", hint: "refused the API key"},
	{name: "401 in the text alone", status: 400, body: `{"error":{"message":"value 401 is out of range"}}`, kind: llm.BadRequest, message: "value 401", hint: "refused the request"},
	{name: "rate limit, seconds", status: 429, body: `{"error":{"message":"slow down","code":"rate_limit_exceeded"}}`, headers: []string{"Retry-After", "9"}, kind: llm.RateLimited, message: "slow down", hint: "Wait 9s", wait: 9 * time.Second},
	{name: "rate limit, milliseconds", status: 429, body: `{"error":{"message":"slow down"}}`, headers: []string{"retry-after-ms", "1500", "retry-after", "2"}, kind: llm.RateLimited, hint: "Wait 2s", wait: 1500 * time.Millisecond},
	{name: "rate limit, nonsense", status: 429, body: `{"error":"slow"}`, headers: []string{"Retry-After", "-5"}, kind: llm.RateLimited, message: "slow", hint: "Wait a moment"},
	{name: "rate limit, for ever", status: 429, body: ``, headers: []string{"Retry-After", "1e300"}, kind: llm.RateLimited, message: "Too Many Requests", wait: 24 * time.Hour},
	{name: "rate limit, date long past", status: 429, body: ``, headers: []string{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}, kind: llm.RateLimited},
	{name: "rate limit, in words", status: 429, body: `{"error":{"message":"Rate limit reached. Please try again in 1m2.5s. Visit us."}}`, kind: llm.RateLimited, wait: 62500 * time.Millisecond},
	{name: "Groq's limits", status: 429, headers: []string{"x-ratelimit-remaining-requests", "5", "x-ratelimit-reset-requests", "2m0s", "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "7.66s"}, kind: llm.RateLimited, wait: 7660 * time.Millisecond},
	{name: "Azure's limits that say nothing", status: 429, headers: []string{"x-ratelimit-remaining-tokens", "-1", "x-ratelimit-reset-tokens", "0"}, kind: llm.RateLimited},
	{name: "a limit in seconds", status: 429, headers: []string{"x-ratelimit-remaining", "0", "x-ratelimit-reset", "12"}, kind: llm.RateLimited, wait: 12 * time.Second},
	{name: "a limit long lifted", status: 429, headers: []string{"anthropic-ratelimit-requests-remaining", "0", "anthropic-ratelimit-requests-reset", "2024-01-01T00:00:00Z"}, kind: llm.RateLimited},
	{name: "Gemini rate limit", status: 429, body: `[{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"34s"}]}}]`, kind: llm.RateLimited, message: "current quota", hint: "Wait 34s", wait: 34 * time.Second},
	{name: "OpenAI quota", status: 429, body: `{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}`, kind: llm.NoCredit, hint: "Add credit"},
	{name: "DeepSeek balance", status: 402, body: `{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}`, kind: llm.NoCredit, message: "Insufficient Balance", hint: "Add credit"},
	{name: "Anthropic credit", status: 400, body: `{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}`, kind: llm.NoCredit, hint: "Add credit"},
	{name: "OpenAI context", status: 400, body: `{"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}}`, kind: llm.ContextTooLong, message: "8192", hint: "new conversation"},
	{name: "llama.cpp context", status: 400, body: `{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}`, kind: llm.ContextTooLong, hint: "new conversation"},
	{name: "LM Studio context", status: 400, body: `{"error":"Trying to keep the first 5000 tokens when context the overflows."}`, kind: llm.ContextTooLong, message: "Trying to keep", hint: "new conversation"},
	{name: "Groq size", status: 413, body: `{"error":{"message":"Request too large for model x on tokens per minute (TPM): Limit 6000, Requested 7000","code":"rate_limit_exceeded"}}`, kind: llm.ContextTooLong, message: "Limit 6000"},
	{name: "body too large", status: 413, body: `<html><head><title>413 Request Entity Too Large</title></head></html>`, kind: llm.ContextTooLong, message: "413 Request Entity Too Large"},
	{name: "Ollama without tools", status: 400, body: `{"error":{"message":"registry.ollama.ai/library/gemma:2b does not support tools","type":"api_error"}}`, kind: llm.NoTools, hint: "can call tools"},
	{name: "OpenRouter without tools", status: 404, body: `{"error":{"message":"No endpoints found that support tool use.","code":404}}`, kind: llm.NoTools, hint: "can call tools"},
	{name: "llama.cpp without jinja", status: 500, body: `{"error":{"message":"tools param requires --jinja flag","code":500}}`, kind: llm.NoTools, hint: "--jinja"},
	{name: "no such path", status: 404, body: `404 page not found`, kind: llm.WrongEndpoint, message: "404 page not found", hint: "/v1"},
	{name: "no such model", status: 404, body: `{"error":{"message":"The model 'm' does not exist","code":"model_not_found"}}`, kind: llm.BadRequest, message: "does not exist", hint: `no model "m"`},
	{name: "switched off", status: 410, body: `gone`, kind: llm.WrongEndpoint, message: "gone", hint: "switched"},
	{name: "moved", status: 301, headers: []string{"Location", "https://new.example/v1/chat/completions?key=s3cr3ts3cr3t"}, kind: llm.WrongEndpoint, message: "moved to https://new.example/v1", hint: "Set the base URL"},
	{name: "FastAPI", status: 422, body: `{"detail":[{"loc":["body","store"],"msg":"Extra inputs are not permitted","type":"extra_forbidden"}]}`, kind: llm.BadRequest, message: "Extra inputs"},
	{name: "FastAPI text", status: 400, body: `{"detail":"nope"}`, kind: llm.BadRequest, message: "nope"},
	{name: "old vLLM", status: 400, body: `{"object":"error","message":"bad sampling","type":"BadRequestError","param":null,"code":400}`, kind: llm.BadRequest, message: "bad sampling"},
	{name: "Azure filter", status: 400, body: `{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}`, kind: llm.BadRequest, hint: "content filter"},
	{name: "odd parameter and type", status: 400, body: `{"error":{"message":["one","two"],"param":7,"type":3}}`, kind: llm.BadRequest, message: "one: two"},
	{name: "Groq's failed call", status: 400, body: `{"error":{"message":"Failed to call a function.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"<f>"}}`, kind: llm.BadReply, message: "Failed to call"},
	{name: "OpenRouter's provider", status: 502, body: `{"error":{"message":"Provider returned error","code":502,"metadata":{"raw":"upstream exploded","provider_name":"X"}}}`, kind: llm.Overloaded, message: "upstream exploded", hint: "Try again"},
	{name: "overloaded", status: 529, body: `{"error":{"type":"overloaded_error","message":"Overloaded"}}`, headers: []string{"Retry-After", "3"}, kind: llm.Overloaded, wait: 3 * time.Second},
	{name: "bad gateway", status: 502, body: `<html><head><title>502 Bad Gateway</title></head></html>`, kind: llm.Overloaded, message: "502 Bad Gateway", hint: "Try again"},
	{name: "empty", status: 503, body: ``, kind: llm.Overloaded, message: "Service Unavailable"},
	{name: "timeout", status: 408, body: `{}`, kind: llm.Overloaded, message: "Request Timeout"},
	{name: "no content", status: 204, kind: llm.Truncated},
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := llmtest.NewEndpoint(t, llmtest.Status(c.status, c.body, c.headers...))
			h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL(), APIKey: "k"}), ask("hi"))
			var e *llm.Error
			if !errors.As(h.err, &e) {
				t.Fatalf("ended with %v", h.err)
			}
			if e.Kind != c.kind || !strings.Contains(e.Message, c.message) || !strings.Contains(e.Hint, c.hint) || e.Hint == "" {
				t.Errorf("%q: %q\nhint %q\nwant %q: …%s…\nhint …%s…", e.Kind, e.Message, e.Hint, c.kind, c.message, c.hint)
			}
			if e.RetryAfter != c.wait {
				t.Errorf("wait %s, want %s", e.RetryAfter, c.wait)
			}
			if want := c.status; c.status/100 != 2 && e.Status != want {
				t.Errorf("status %d, want %d", e.Status, want)
			}
			if strings.Contains(fmt.Sprintf("%+v", *e), "s3cr3t") {
				t.Errorf("the query of a foreign URL is shown: %+v", *e)
			}
		})
	}
}

func TestHugeRefusalIsCut(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpoint(t, llmtest.Status(500, strings.Repeat("é", 1<<20)))
	h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
	if n := len(h.err.Error()); h.kind() != llm.Overloaded || n > 1200 {
		t.Errorf("%q with %d bytes", h.kind(), n)
	}
}

// A key must not appear in any error, wherever the other side puts it.
func TestKeyIsNeverShown(t *testing.T) {
	t.Parallel()
	const key, header, query = "sk-very-secret-1234567890", "header-secret-123", "query-secret-123"
	echo := "you sent " + key + ", " + header + " and " + query
	for name, answer := range map[string]llmtest.Answer{
		"refusal":   llmtest.Status(401, `{"error":{"message":"`+echo+`","code":"`+key+`"}}`),
		"plain":     llmtest.Status(500, echo),
		"in stream": llmtest.SSE(chunkA + `data: {"error":{"message":"` + echo + `"}}` + "\n\n"),
		"stray":     llmtest.SSE(echo + "\n"),
		"not HTTP":  func(w http.ResponseWriter, _ *http.Request) { hijack(w, echo+"\r\n\r\n") },
		"media":     llmtest.Raw("text/"+key, ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := llmtest.NewEndpoint(t, answer)
			c := openai.Config{BaseURL: at.URL() + "?key=" + query, APIKey: key, Headers: map[string]string{"X-Access": header}}
			m := connect(t, c)
			h := listen(t, t.Context(), m, ask("hi"))
			all := fmt.Sprintf("%v %+v %#v %v %+v %#v %v", h.err, m, m, c, c, c, m.Info())
			for err := h.err; err != nil; err = errors.Unwrap(err) {
				var e *llm.Error
				if errors.As(err, &e) {
					all += fmt.Sprintf(" %+v", *e)
				}
				all += err.Error()
			}
			for _, secret := range []string{key, header, query} {
				if strings.Contains(all, secret) {
					t.Errorf("%q is shown in %s", secret, all)
				}
			}
			sent := at.Requests()[0]
			if sent.Header.Get("Authorization") != "Bearer "+key || sent.Header.Get("X-Access") != header || !strings.HasSuffix(sent.Path, "?key="+query) {
				t.Errorf("sent %s with %v", sent.Path, sent.Header)
			}
		})
	}
}

func hijack(w http.ResponseWriter, text string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	_, _ = conn.Write([]byte(text))
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := l.Addr().String()
	l.Close()
	h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: host + "/v1?key=abcdefghijk"}), ask("hi"))
	var e *llm.Error
	if !errors.As(h.err, &e) || e.Kind != llm.Network || e.Provider != host || !strings.Contains(e.Hint, "Nothing listens at "+host) {
		t.Errorf("%#v", h.err)
	}
	if strings.Contains(h.err.Error(), "abcdefghijk") {
		t.Errorf("the query is shown: %v", h.err)
	}
}

func TestWrongScheme(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpoint(t)
	url := strings.Replace(at.URL(), "http://", "https://", 1)
	h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: url}), ask("hi"))
	var e *llm.Error
	if !errors.As(h.err, &e) || e.Kind != llm.Network || !strings.Contains(e.Hint, "http://") {
		t.Errorf("%#v", h.err)
	}
}
