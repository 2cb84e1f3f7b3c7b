package transcript

import (
	"testing"

	"pgregory.net/rapid"
)

func TestHeightsAreSums(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var h heights
		var plain []int
		for range rapid.IntRange(1, 100).Draw(t, "steps") {
			v := rapid.IntRange(0, 50).Draw(t, "value")
			if len(plain) == 0 || rapid.Bool().Draw(t, "add") {
				h.add(v)
				plain = append(plain, v)
			} else {
				i := rapid.IntRange(0, len(plain)-1).Draw(t, "index")
				h.raise(i, v-plain[i])
				plain[i] = v
			}
			from := rapid.IntRange(0, len(plain)).Draw(t, "from")
			want := 0
			for _, v := range plain[from:] {
				want += v
			}
			if got := h.from(from); got != want {
				t.Fatalf("from %d: %d, want %d", from, got, want)
			}
		}
	})
}
