package server

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDepth(t *testing.T) {
	t.Parallel()
	nested := func(n int) string { return strings.Repeat(`{"a":[`, n/2) + strings.Repeat(`]}`, n/2) }
	for text, want := range map[string]bool{
		"": false, "42": false, nested(128): false, nested(130): true,
		strings.Repeat("[", 129):                         true,
		strings.Repeat("[]", 1000):                       false,
		`"` + strings.Repeat("[", 1000) + `"`:            false,
		`"\"` + strings.Repeat("{", 1000) + `"`:          false,
		`"\\"` + strings.Repeat("{", 129):                true,
		strings.Repeat("]", 1000) + nested(128):          false,
		strings.Repeat("{}", 9) + nested(128) + `"[[[["`: false,
	} {
		if got := deep([]byte(text)); got != want {
			t.Errorf("%.60q… is deep: %v", text, got)
		}
	}
}

// It makes no difference in which pieces a text comes.
func TestDepthInPieces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[\[\]{}"\\a]{0,600}`).Draw(t, "text")
		whole, pieces := deep([]byte(text)), false
		n := nesting{}
		for rest := text; rest != "" && !pieces; {
			cut := rapid.IntRange(1, len(rest)).Draw(t, "cut")
			pieces = n.deeper([]byte(rest[:cut]))
			rest = rest[cut:]
		}
		if whole != pieces {
			t.Fatalf("whole %v, in pieces %v", whole, pieces)
		}
	})
}

// Of valid JSON the depth is what a decoder meets.
func FuzzDepth(f *testing.F) {
	f.Add(`{"a":[{"b":"]}\""}]}`)
	f.Add(strings.Repeat("[", 128) + strings.Repeat("]", 128))
	f.Add(strings.Repeat("[", 129) + strings.Repeat("]", 129))
	f.Fuzz(func(t *testing.T, text string) {
		if !json.Valid([]byte(text)) {
			return
		}
		dec := json.NewDecoder(strings.NewReader(text))
		depth, deepest := 0, 0
		for {
			token, err := dec.Token()
			if err != nil {
				break
			}
			switch token {
			case json.Delim('{'), json.Delim('['):
				depth++
			case json.Delim('}'), json.Delim(']'):
				depth--
			}
			deepest = max(deepest, depth)
		}
		if got := deep([]byte(text)); got != (deepest > maxDepth) {
			t.Errorf("%q with %d levels is deep: %v", text, deepest, got)
		}
	})
}

func BenchmarkDepth(b *testing.B) {
	text := []byte(`{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"` + strings.Repeat("x", 4000) + `"}]}}`)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		deep(text)
	}
}
