package transcript_test

import (
	"fmt"
	"strings"
	"testing"

	"switchboard/ui/transcript"
)

const kilobyte = "Some prose with *emphasis* and `code` that goes on for a while.\n\n- one\n- two\n\n```go\nfunc main() {}\n```\n\n"

func conversation(b *testing.B, items int) *transcript.Transcript {
	t := newTranscript(b, "dark", 120, 40)
	for range items / 2 {
		play(t, prompt("a question"), text(strings.Repeat(kilobyte, 8)))
	}
	t.View()
	return t
}

// BenchmarkFrame draws the window of a conversation that does not change.
func BenchmarkFrame(b *testing.B) {
	for _, n := range []int{10, 100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tr := conversation(b, n)
			b.ReportAllocs()
			for b.Loop() {
				tr.View()
				tr.Below()
			}
		})
	}
}

// BenchmarkStreaming adds a token to the last answer and draws.
func BenchmarkStreaming(b *testing.B) {
	for _, n := range []int{10, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tr := conversation(b, n)
			tr.Apply(prompt("q"), start)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				piece := "word "
				if i++; i%100 == 0 {
					piece = "\n\n"
				}
				tr.Apply(text(piece), start)
				tr.View()
			}
		})
	}
}

// BenchmarkResize lays the window out anew at every frame.
func BenchmarkResize(b *testing.B) {
	for _, n := range []int{10, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tr := conversation(b, n)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				tr.Resize(100+i%2, 40)
				tr.View()
			}
		})
	}
}

// BenchmarkScroll goes up and down a page.
func BenchmarkScroll(b *testing.B) {
	for _, n := range []int{10, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tr := conversation(b, n)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				tr.ScrollLines(30 - 60*(i%2))
				tr.View()
			}
		})
	}
}
