package host

import (
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/config"
	"switchboard/host/policy"
	"switchboard/host/server"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// A work is what a tool of the fixture is asked to do.
type work struct {
	tool, text string
	args       map[string]any
}

var (
	noWork   = work{"echo", `{"n":1}`, map[string]any{"n": 1}}
	someWork = work{"slow", "slept", map[string]any{"ms": 5}}
)

// BenchmarkCall compares one tool call on its whole way through the host (find the
// server, ask the rules, call it, record it all) with the same call through
// mcp-go's client alone. The two take turns, so that both meet the same weather.
func BenchmarkCall(b *testing.B) {
	for name, w := range map[string]work{"nothing": noWork, "5ms": someWork} {
		b.Run(name, func(b *testing.B) {
			through, bare := callers(b, w)
			var ours, theirs []time.Duration
			for b.Loop() {
				theirs = append(theirs, stopwatch(bare))
				ours = append(ours, stopwatch(through))
			}
			b.ReportMetric(float64(median(ours).Nanoseconds()), "ns-host")
			b.ReportMetric(float64(median(theirs).Nanoseconds()), "ns-bare")
			b.ReportMetric(ratio(ours, theirs), "host/bare")
		})
	}
}

// callers give a call through a host and one through mcp-go alone, each to a
// server of its own.
func callers(tb testing.TB, w work) (through, bare func()) {
	tb.Helper()
	direct, hangUp, err := servertest.Bare(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(hangUp)
	h := callHost(tb, w.tool)
	t := &turn{h: h, number: 1, offer: newOffer(llm.Info{Provider: "OpenAI"}, config.Tools{})}
	args, err := json.Marshal(w.args)
	if err != nil {
		tb.Fatal(err)
	}
	m := llm.Message{Role: llm.Assistant, Parts: []llm.Part{llm.ToolCall{ID: "1", Name: w.tool, Arguments: args}}}
	through = func() {
		r := t.call(tb.Context(), h.wall.look(), m).Parts[0].(llm.ToolResult)
		if r.IsError || r.Text != w.text {
			tb.Fatalf("the call came to %q", r.Text)
		}
	}
	bare = func() {
		if err := direct(w.tool, w.args); err != nil {
			tb.Fatal(err)
		}
	}
	for range 100 { // both warm
		through()
		bare()
	}
	return through, bare
}

// callHost is a host with one server, a journal, and a rule that allows its tool.
func callHost(tb testing.TB, tool string) *Host {
	tb.Helper()
	rule, err := policy.Exactly(policy.Allow, catalog.ID{Server: "fixture", Tool: tool}, "the test")
	if err != nil {
		tb.Fatal(err)
	}
	h := Start(tb.Context(), Options{
		Servers: []config.Server{servertest.Config("fixture", "-tools=slow")}, Model: llmtest.New(), Rules: []policy.Rule{rule},
		StateDir: tb.TempDir(), Server: server.Options{StartTimeout: time.Minute},
	})
	h.book.begin()
	ready := make(chan struct{})
	once := sync.OnceFunc(func() { close(ready) })
	var reading sync.WaitGroup
	reading.Go(func() {
		for batch := range h.Events() {
			for _, e := range batch {
				if c, ok := e.(CatalogChanged); ok && c.Tools > 0 {
					once()
				}
			}
		}
	})
	tb.Cleanup(func() {
		h.Close()
		reading.Wait()
	})
	<-ready
	return h
}

func stopwatch(do func()) time.Duration {
	began := time.Now()
	do()
	return time.Since(began)
}

func median(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

func ratio(ours, theirs []time.Duration) float64 {
	return float64(median(ours)) / float64(median(theirs))
}
