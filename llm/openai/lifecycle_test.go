package openai_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"switchboard/llm"
	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

var errEnough = errors.New("the person has seen enough")

func TestCancelWhileStreaming(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpoint(t, llmtest.Hang(chunkA+chunkB))
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	var text string
	var ends []error
	for e, err := range connect(t, openai.Config{BaseURL: at.URL()}).Stream(ctx, ask("hi")) {
		if err != nil {
			ends = append(ends, err)
			continue
		}
		if text += string(e.(llm.TextDelta)); text == "a" {
			cancel(errEnough) // what was already received must not come any more
		}
	}
	if text != "a" || len(ends) != 1 || ends[0] != errEnough {
		t.Errorf("text %q, ends %v", text, ends)
	}
}

func TestCancelWhileNothingComes(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]llmtest.Answer{
		"before the head":   func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"within the answer": llmtest.Hang(chunkA),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived := make(chan struct{})
			at := llmtest.NewEndpoint(t, func(w http.ResponseWriter, r *http.Request) {
				close(arrived)
				answer(w, r)
			})
			ctx, cancel := context.WithCancelCause(t.Context())
			var ended sync.WaitGroup
			ended.Go(func() { <-arrived; cancel(errEnough) })
			h := listen(t, ctx, connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
			ended.Wait()
			if h.err != errEnough {
				t.Errorf("ended with %v", h.err)
			}
		})
	}
}

func TestCanceledBefore(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpoint(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h := listen(t, ctx, connect(t, openai.Config{BaseURL: at.URL()}), ask("hi"))
	if h.err != context.Canceled || len(at.Requests()) != 0 {
		t.Errorf("ended with %v after %d requests", h.err, len(at.Requests()))
	}
}

func TestDeadlineIsTheCallers(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpoint(t, llmtest.Hang(""))
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if h := listen(t, ctx, connect(t, openai.Config{BaseURL: at.URL()}), ask("hi")); h.err != context.DeadlineExceeded {
		t.Errorf("ended with %v", h.err)
	}
}

func TestBreakEndsTheRequest(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	at := llmtest.NewEndpoint(t, func(w http.ResponseWriter, r *http.Request) {
		llmtest.Hang(chunkA)(w, r)
		close(gone)
	})
	for range connect(t, openai.Config{BaseURL: at.URL()}).Stream(t.Context(), ask("hi")) {
		break
	}
	<-gone
}

// A model that is done with one answer asks for the next over the same
// connection, with any end that an answer can have.
func TestConnectionIsKept(t *testing.T) {
	t.Parallel()
	late := func(w http.ResponseWriter, _ *http.Request) { // the end of the body comes after the end mark
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, whole)
		_ = http.NewResponseController(w).Flush()
		_, _ = io.WriteString(w, ": bye\n\n")
	}
	answers := []llmtest.Answer{
		llmtest.SSE(chunkA + ending), llmtest.Status(429, `{"error":"slow"}`), llmtest.Reply{Text: "x", Dialect: llmtest.Batch}.Answer(),
		late, late, late, late, late, late,
	}
	at := llmtest.NewEndpoint(t, answers...)
	m := connect(t, openai.Config{BaseURL: at.URL()})
	for range answers {
		listen(t, t.Context(), m, ask("hi"))
	}
	// The wait for the end of a body is short: a busy machine may miss one.
	if n := at.Connections(); n > 2 {
		t.Errorf("%d answers took %d connections", len(answers), n)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpointFunc(t, func(r llmtest.Received) llmtest.Answer {
		return llmtest.Reply{Text: "echo " + readable(t, r.Field("messages"))}.Answer()
	})
	m := connect(t, openai.Config{BaseURL: at.URL()})
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			q := fmt.Sprintf("question %d", i)
			if h := listen(t, t.Context(), m, ask(q)); h.text != "echo user "+q {
				t.Errorf("%q got %q (%v)", q, h.text, h.err)
			}
		})
	}
	all.Wait()
}

// Each range over a stream is a request of its own.
func TestStreamTwice(t *testing.T) {
	t.Parallel()
	at := llmtest.NewEndpoint(t, llmtest.SSE(whole), llmtest.SSE(whole))
	stream := connect(t, openai.Config{BaseURL: at.URL()}).Stream(t.Context(), ask("hi"))
	for range 2 {
		var n int
		for range stream {
			n++
		}
		if n != 3 {
			t.Errorf("%d events", n)
		}
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	other := llmtest.NewEndpoint(t, llmtest.SSE(whole))
	for _, c := range []struct {
		name, to string
		status   int
		text     string
	}{
		{"on the same host", "/v1/other/chat/completions", http.StatusTemporaryRedirect, "ab"},
		{"that would become a GET", "/v1/other/chat/completions", http.StatusMovedPermanently, ""},
		{"to another host", other.URL() + "/chat/completions", http.StatusPermanentRedirect, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := llmtest.NewEndpoint(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, c.to, c.status) }, llmtest.SSE(whole))
			h := listen(t, t.Context(), connect(t, openai.Config{BaseURL: at.URL(), APIKey: "abcdefgh"}), ask("hi"))
			if h.text != c.text || c.text == "" && h.kind() != llm.WrongEndpoint {
				t.Errorf("text %q, ended with %v", h.text, h.err)
			}
			if n := len(other.Requests()); n != 0 {
				t.Errorf("the conversation went to another host")
			}
		})
	}
}

// A tracked body tells whether it was read to its end before it was closed, which
// is what keeps a connection.
type trackedBody struct {
	io.Reader
	atEnd, closedAtEnd bool
}

func (b *trackedBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.atEnd = b.atEnd || err == io.EOF
	return n, err
}

func (b *trackedBody) Close() error {
	b.closedAtEnd = b.atEnd
	return nil
}

func (b *trackedBody) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: b, Request: r}, nil
}

func TestBodyIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		after string
		want  bool
	}{
		"nothing after the end mark": {"", true},
		"a little":                   {": bye\n\n", true},
		"more than is worth it":      {strings.Repeat(": bye\n\n", 10000), false},
	} {
		body := &trackedBody{Reader: strings.NewReader(whole + c.after)}
		listen(t, t.Context(), connect(t, openai.Config{BaseURL: "https://llm.example/v1", Transport: body}), ask("hi"))
		if body.closedAtEnd != c.want {
			t.Errorf("%s: read to the end: %t", name, body.closedAtEnd)
		}
	}
}
