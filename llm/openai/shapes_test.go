package openai_test

import (
	"strings"
	"testing"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// Pieces of the streams below.
const (
	chunkA  = `data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}` + "\n\n"
	chunkB  = `data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"b"},"finish_reason":null}]}` + "\n\n"
	ending  = `data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n"
	endMark = "data: [DONE]\n\n"
	whole   = chunkA + chunkB + ending + endMark
)

// More forms in which servers were seen to answer, beyond the contract.
var shapes = []struct {
	name, media, body string
	text              string
	kind              llm.ErrorKind // "" for a complete answer
	message           string        // part of the error's
}{
	{name: "no space after data:", body: strings.ReplaceAll(whole, "data: ", "data:"), text: "ab"},
	{name: "event, id and retry lines", body: "event: message\nid: 7\nretry: 100\n" + whole, text: "ab"},
	{name: "no finish reason", body: chunkA + chunkB + endMark, text: "ab"},
	{name: "closed within an event", body: chunkA + chunkB[:40], text: "a", kind: llm.Truncated},
	{name: "data that is no JSON", body: chunkA + "data: ping\n\n" + chunkB + ending + endMark, text: "ab"},
	{name: "null choices and content", body: `data: {"choices":null}` + "\n\n" + `data: {"choices":[{"delta":{"content":null,"tool_calls":null}}]}` + "\n\n" + whole, text: "ab"},
	{name: "error null beside choices", body: `data: {"error":null,"choices":[{"delta":{"content":"x"}}]}` + "\n\n" + ending, text: "x"},
	{name: "odd numbers", body: `data: {"id":1,"created":1.5,"choices":[{"delta":{"content":"x"}}],"usage":"none"}` + "\n\n" + ending + endMark, text: "x"},
	{name: "refusal", body: `data: {"choices":[{"delta":{"refusal":"No."}}]}` + "\n\n" + ending, text: "No."},

	{name: "error outside of data, indented", body: chunkA + "{\n  \"error\": {\n    \"message\": \"boom\"\n  }\n}\n", text: "a", kind: llm.Unknown, message: "boom"},
	{name: "error in a list", body: chunkA + `data: [{"error":{"code":503,"message":"boom","status":"UNAVAILABLE"}}]` + "\n\n", text: "a", kind: llm.Overloaded, message: "boom"},
	{name: "error after the reason to end", body: chunkA + ending + "data: {\"error\":{\"message\":\"boom\"}}\n\n", text: "a", kind: llm.Unknown, message: "boom"},
	{name: "ended by the server's trouble", body: chunkA + `data: {"choices":[{"delta":{},"finish_reason":"insufficient_system_resource"}]}` + "\n\n" + endMark, text: "a", kind: llm.Overloaded},
	{name: "event that is broken", body: chunkA + "data: {\"choices\":[{\n\n" + ending + endMark, text: "a", kind: llm.BadReply},

	{name: "one JSON object, indented", media: "application/json; charset=utf-8", body: "\n{\n \"choices\": [\n\n {\"message\": {\"content\": \"FULL\"}}]\n}\n", text: "FULL"},
	{name: "one JSON object under another type", media: "text/plain", body: "{\n \"choices\": [\n {\"message\": {\"content\": \"FULL\"}}]\n}\n", text: "FULL"},
	{name: "one JSON object, cut", media: "application/json", body: `{"id":"1","choices":[{"index":0,"mess`, kind: llm.Truncated},
	{name: "JSON of something else", media: "application/json", body: `{"status":"ok"}`, kind: llm.BadReply},
	{name: "events under a JSON type", media: "application/json", body: whole, text: "ab"},
	{name: "web page as text", media: "text/plain", body: "<html><title>Sign in</title></html>\n", kind: llm.WrongEndpoint, message: "Sign in"},
	{name: "plain words", media: "text/plain", body: "upstream connect error", kind: llm.BadReply, message: "upstream connect error"},
}

func TestAnswerShapes(t *testing.T) {
	t.Parallel()
	for _, c := range shapes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			media := c.media
			if media == "" {
				media = "text/event-stream"
			}
			at := llmtest.NewEndpoint(t, llmtest.Raw(media, c.body))
			h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
			if h.text != c.text {
				t.Errorf("text %q, want %q", h.text, c.text)
			}
			if h.kind() != c.kind {
				t.Fatalf("ended with %q (%v), want %q", h.kind(), h.err, c.kind)
			}
			if c.kind != "" && !strings.Contains(h.err.Error(), c.message) {
				t.Errorf("error %q does not say %q", h.err, c.message)
			}
			if c.kind == "" && (h.done.Message.Prose() != c.text || h.done.Finish != llm.Stop) {
				t.Errorf("done with %+v", h.done)
			}
		})
	}
}

// The same cut through a connection that announces no length: to the reader it
// looks like a regular end.
func TestCleanCloseIsNoEnd(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"between events":  chunkA,
		"within an event": chunkA + `data: {"choices":[{"delta":{"content":"LOST`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := llmtest.NewEndpoint(t, llmtest.Cut(body))
			h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
			if h.text != "a" || h.kind() != llm.Truncated {
				t.Errorf("text %q, ended with %v", h.text, h.err)
			}
		})
	}
}

func TestTooLargeEvent(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpoint(t, llmtest.SSE(chunkA+`data: "`+strings.Repeat("x", 9<<20)))
	h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
	if h.text != "a" || h.kind() != llm.BadReply || !strings.Contains(h.err.Error(), "8 MiB") {
		t.Errorf("text %q, ended with %v", h.text, h.err)
	}
}
