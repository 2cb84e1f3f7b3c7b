package record_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"switchboard/host/server/record"
)

// What recording costs a call: one request and its answer.
func BenchmarkWire(b *testing.B) {
	secrets := record.NewMasker("ghp_0123456789abcdefghij", "a-second-secret-value")
	for name, size := range map[string]int{"small": 100, "4KiB": 4 << 10, "1MiB": 1 << 20} {
		b.Run(name, func(b *testing.B) {
			w := record.NewWire(secrets)
			request := []byte(`{"jsonrpc":"2.0","id":1000001,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello"}}}`)
			answer := []byte(`{"jsonrpc":"2.0","id":1000001,"result":{"content":[{"type":"text","text":"` + strings.Repeat("x", size) + `"}]}}`)
			b.ReportAllocs()
			for b.Loop() {
				w.Sent(request)
				w.Received(answer, len(answer))
			}
		})
	}
}

func BenchmarkLog(b *testing.B) {
	l := record.NewLog()
	line := lineOf("2026-01-01 INFO request served in 12 ms")
	b.ReportAllocs()
	for b.Loop() {
		l.Add(line)
	}
}

func BenchmarkCalls(b *testing.B) {
	c := record.NewCalls(nil)
	b.ReportAllocs()
	for b.Loop() {
		c.Add(record.Call{Tool: "echo", Took: time.Duration(rand.IntN(1e9))})
	}
}
