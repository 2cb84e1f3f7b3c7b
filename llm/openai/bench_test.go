package openai_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"switchboard/llm/llmtest"
	"switchboard/llm/openai"
)

// A canned transport answers with the same stream each time, without a network.
type canned struct{ body string }

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"text/event-stream"}},
		Body: io.NopCloser(strings.NewReader(c.body)), Request: r,
	}, nil
}

// BenchmarkStream measures what one chunk of text costs from the socket to the
// caller: read, framed anew, decoded, yielded.
func BenchmarkStream(b *testing.B) {
	const chunks = 1000
	body := llmtest.Reply{Text: strings.Repeat("word ", chunks)}.Stream()
	m := connect(b, openai.Config{BaseURL: "https://llm.example/v1", Transport: canned{body}})
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range m.Stream(b.Context(), ask("hi")) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != chunks+1 {
			b.Fatalf("%d events", n)
		}
	}
	b.ReportMetric(float64(chunks)*float64(b.N)/b.Elapsed().Seconds(), "chunks/s")
}
