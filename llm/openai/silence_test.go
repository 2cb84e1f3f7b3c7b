package openai_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/llm"
	"switchboard/llm/openai"
)

// A slowServer is a transport on virtual time: it waits, sends a piece, and so on.
type slowServer struct {
	head   time.Duration
	pieces []piece
	hang   bool // never ends after the last piece
}

type piece struct {
	after time.Duration
	text  string
}

func (s slowServer) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := sleep(r.Context(), s.head); err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"text/event-stream"}},
		Body: &slowBody{ctx: r.Context(), server: s}, Request: r,
	}, nil
}

type slowBody struct {
	ctx    context.Context
	server slowServer
}

func (b *slowBody) Read(p []byte) (int, error) {
	if len(b.server.pieces) == 0 {
		if b.server.hang {
			return 0, sleep(b.ctx, 24*time.Hour)
		}
		return 0, io.EOF
	}
	next := b.server.pieces[0]
	if err := sleep(b.ctx, next.after); err != nil {
		return 0, err
	}
	b.server.pieces = b.server.pieces[1:]
	return copy(p, next.text), nil
}

func (b *slowBody) Close() error { return nil }

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	const far, near = "https://llm.example/v1", "http://localhost:1/v1"
	for _, c := range []struct {
		name, url string
		server    slowServer
		kind      llm.ErrorKind
		message   string
		took      time.Duration
	}{
		{"no head", far, slowServer{head: time.Hour}, llm.Idle, "within 2m0s", 120 * time.Second},
		{"late head", far, slowServer{head: 119 * time.Second, pieces: []piece{{0, whole}}}, "", "", 119 * time.Second},
		{"head and then nothing", far, slowServer{head: time.Minute, hang: true}, llm.Idle, "within 2m0s", 120 * time.Second},
		{"silence within", far, slowServer{pieces: []piece{{time.Second, chunkA}, {2 * time.Minute, chunkB}}}, llm.Idle, "for 1m30s", 91 * time.Second},
		{"slow and steady", far, slowServer{pieces: []piece{{80 * time.Second, chunkA}, {80 * time.Second, chunkB}, {80 * time.Second, whole}}}, "", "", 240 * time.Second},
		{"comments are a sign of life", far, slowServer{pieces: []piece{{80 * time.Second, ": x\n\n"}, {80 * time.Second, ": x\n\n"}, {80 * time.Second, whole}}}, "", "", 240 * time.Second},
		{"local server", near, slowServer{head: 9 * time.Minute, pieces: []piece{{time.Minute - 1, chunkA}, {9 * time.Minute, whole}}}, "", "", 19*time.Minute - 1},
		{"local server, dead", near, slowServer{head: time.Hour}, llm.Idle, "within 10m0s", 10 * time.Minute},
		{"no end mark and no end", far, slowServer{pieces: []piece{{0, chunkA + chunkB + ending}}, hang: true}, "", "", 5 * time.Second},
		{"end mark and no end", far, slowServer{pieces: []piece{{0, whole}}, hang: true}, "", "", 50 * time.Millisecond},
		{"cut after the reason to end", far, slowServer{pieces: []piece{{0, chunkA + chunkB + ending + "data: {\"usa"}}}, "", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := connect(t, openai.Config{BaseURL: c.url, Transport: c.server})
				start := time.Now()
				h := listen(t, t.Context(), m, ask("hi"))
				if h.kind() != c.kind || c.message != "" && !strings.Contains(h.err.Error(), c.message) {
					t.Errorf("ended with %v", h.err)
				}
				if c.kind == "" && h.err != nil || time.Since(start) != c.took {
					t.Errorf("took %s (%v), want %s", time.Since(start), h.err, c.took)
				}
			})
		})
	}
}

// The responses wire is held to the same limits; its last event ends it.
func TestSilenceOfResponses(t *testing.T) {
	t.Parallel()
	const created, word, end = `data: {"type":"response.created"}` + "\n\n", `data: {"type":"response.output_text.delta","delta":"a"}` + "\n\n",
		`data: {"type":"response.completed","response":{"status":"completed"}}` + "\n\n"
	for name, c := range map[string]struct {
		server slowServer
		kind   llm.ErrorKind
		took   time.Duration
	}{
		"no head":        {slowServer{head: time.Hour}, llm.Idle, 120 * time.Second},
		"silence within": {slowServer{pieces: []piece{{0, created}, {2 * time.Minute, word}}}, llm.Idle, 90 * time.Second},
		"keep-alives":    {slowServer{pieces: []piece{{80 * time.Second, created}, {80 * time.Second, `data: {"type":"keepalive"}` + "\n\n"}, {80 * time.Second, word + end}}}, "", 240 * time.Second},
		"no end of it":   {slowServer{pieces: []piece{{0, word + end}}, hang: true}, "", 50 * time.Millisecond},
		"cut":            {slowServer{pieces: []piece{{0, created + word}}}, llm.Truncated, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := connect(t, openai.Config{Model: "gpt-5.1", Transport: c.server})
				start := time.Now()
				h := listen(t, t.Context(), m, ask("hi"))
				if h.kind() != c.kind || c.kind == "" && (h.err != nil || h.text != "a") || time.Since(start) != c.took {
					t.Errorf("text %q, ended with %v after %s, want %s", h.text, h.err, time.Since(start), c.took)
				}
			})
		})
	}
}

// Time that the reader of the answer takes is no silence of the server.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := slowServer{pieces: []piece{{0, chunkA}, {0, chunkB}, {0, ending + endMark}}}
		var done bool
		for e, err := range connect(t, openai.Config{BaseURL: "https://llm.example/v1", Transport: server}).Stream(t.Context(), ask("hi")) {
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
			_, done = e.(llm.Done)
		}
		if !done {
			t.Error("the answer did not end")
		}
	})
}
