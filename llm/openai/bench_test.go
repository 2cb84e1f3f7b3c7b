package openai_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	api "github.com/sashabaranov/go-openai"

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

// A race is one stream that is read by the adapter and by go-openai's own Recv.
type race struct {
	config openai.Config
	body   string
	recv   func(testing.TB, *api.Client) int // reads a stream and counts its events
}

const words = 1000

func races() map[string]race {
	reply := llmtest.Reply{Text: strings.Repeat("word ", words)}
	return map[string]race{
		"chat":      {openai.Config{}, reply.Stream(), recvChat},
		"responses": {reasoner, reply.ResponseStream(), recvResponses},
	}
}

func recvChat(b testing.TB, c *api.Client) int {
	stream, err := c.CreateChatCompletionStream(b.Context(), api.ChatCompletionRequest{Model: "m"})
	if err != nil {
		b.Fatal(err)
	}
	defer stream.Close()
	return drain(b, func() error { _, err := stream.Recv(); return err })
}

func recvResponses(b testing.TB, c *api.Client) int {
	stream, err := c.CreateResponseStream(b.Context(), api.CreateResponseRequest{Model: "m", Input: "hi"})
	if err != nil {
		b.Fatal(err)
	}
	defer stream.Close()
	return drain(b, func() error { _, err := stream.Recv(); return err })
}

func drain(b testing.TB, recv func() error) int {
	for n := 0; ; n++ {
		err := recv()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// library gives a function that reads the stream through go-openai alone.
func (r race) library(b testing.TB) func() {
	config := api.DefaultConfig("")
	config.HTTPClient = &http.Client{Transport: canned{r.body}}
	client := api.NewClientWithConfig(config)
	return func() {
		if n := r.recv(b, client); n < words {
			b.Fatalf("%d events", n)
		}
	}
}

// adapter gives a function that does what one stream takes from the socket to the
// caller: it is read, framed anew, decoded, yielded.
func (r race) adapter(b testing.TB) func() {
	c := r.config
	c.BaseURL, c.Transport = "https://llm.example/v1", canned{r.body}
	m := connect(b, c)
	return func() {
		n := 0
		for _, err := range m.Stream(b.Context(), ask("hi")) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != words+1 {
			b.Fatalf("%d events", n)
		}
	}
}

// BenchmarkChunk compares the two; the ratio should stay below 1.2.
func BenchmarkChunk(b *testing.B) {
	for name, r := range races() {
		var library float64
		b.Run(name+"/go-openai", func(b *testing.B) { library = measure(b, r.library(b)) })
		b.Run(name+"/adapter", func(b *testing.B) {
			adapter := measure(b, r.adapter(b))
			b.ReportMetric(adapter/library, "ratio")
			b.ReportMetric(words*1e9/adapter, "chunks/s")
		})
	}
}

// measure gives the nanoseconds that one stream takes.
func measure(b *testing.B, read func()) float64 {
	b.ReportAllocs()
	for b.Loop() {
		read()
	}
	return float64(b.Elapsed()) / float64(b.N)
}

// TestAllocations holds the adapter to 1.2 times the allocations of go-openai's own
// reading. It runs alone, for it counts those of the whole process.
func TestAllocations(t *testing.T) {
	for name, r := range races() {
		library, adapter := testing.AllocsPerRun(5, r.library(t)), testing.AllocsPerRun(5, r.adapter(t))
		t.Logf("%s: %.1f allocations a chunk, go-openai %.1f, ratio %.2f", name, adapter/words, library/words, adapter/library)
		if adapter > 1.2*library || library < words {
			t.Errorf("%s: the adapter makes %.0f allocations, go-openai %.0f", name, adapter, library)
		}
	}
}
