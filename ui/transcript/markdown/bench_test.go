package markdown_test

import (
	"fmt"
	"strings"
	"testing"
)

const mixed = "## Heading\n\nSome *prose* with `code` and a [link](https://example.org) that goes on for a while, as prose does.\n\n- one item\n- another item\n\n```go\nfunc main() {\n\tfmt.Println(\"hello\")\n}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"

var kinds = map[string]string{
	"mixed": mixed,
	"prose": "This is a paragraph of prose that a model might write when it has much to say about very little, line after line.\n\n",
	"code":  "\tx := compute(a, b) // a line of code\n",
	"list":  "- an item of a long list with **some** emphasis\n",
}

func sample(kind string, size int) string {
	text := strings.Repeat(kinds[kind], size/len(kinds[kind])+1)[:size]
	if kind == "code" {
		return "```go\n" + text
	}
	return text
}

// BenchmarkToken is what one more token costs at the end of an answer of a size:
// appending it and laying the answer out for the next frame.
func BenchmarkToken(b *testing.B) {
	for _, kind := range []string{"mixed", "prose", "code", "list"} {
		for _, size := range []int{1 << 10, 8 << 10, 64 << 10} {
			b.Run(fmt.Sprintf("%s/%dKB", kind, size>>10), func(b *testing.B) {
				benchmarkTokens(b, sample(kind, size), sample(kind, 1<<10)[8:])
			})
		}
	}
}

// benchmarkTokens goes on with more, four bytes at a time, and starts over from
// the head when that is used up, off the clock.
func benchmarkTokens(b *testing.B, head, more string) {
	const token = 4
	r := renderer(b, "dark")
	b.ReportAllocs()
	for {
		b.StopTimer()
		s := r.Stream()
		s.Append(head)
		s.Lines(80)
		b.StartTimer()
		for i := 0; i+token <= len(more); i += token {
			if !b.Loop() {
				return
			}
			s.Append(more[i : i+token])
			s.Lines(80)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	for _, kind := range []string{"mixed", "prose", "code", "list"} {
		b.Run(kind+"/4KB", func(b *testing.B) {
			r := renderer(b, "dark")
			source := sample(kind, 4<<10)
			b.ReportAllocs()
			for b.Loop() {
				r.Render(source, 80)
			}
		})
	}
}
