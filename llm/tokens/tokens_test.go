package tokens_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/llm/tokens"
)

func TestTheRuleOfThumb(t *testing.T) {
	t.Parallel()
	var e tokens.Estimator
	for bytes, want := range map[int]int{-1: 0, 0: 0, 1: 1, 4: 1, 5: 2, 4000: 1000} {
		if got := e.Tokens(bytes); got != want {
			t.Errorf("%d bytes are %d tokens, want %d", bytes, got, want)
		}
	}
	if got := e.Text(strings.Repeat("x", 40)); got != 10 {
		t.Errorf("40 letters are %d tokens", got)
	}
}

func TestItFollowsWhatIsCounted(t *testing.T) {
	t.Parallel()
	var e tokens.Estimator
	e.Observe(4000, 800)
	if got := e.Tokens(4000); got != 800 {
		t.Errorf("after the first count: %d", got)
	}
	for range 20 {
		e.Observe(4000, 1200)
	}
	if got := e.Tokens(4000); got < 1190 || got > 1200 {
		t.Errorf("after twenty others: %d", got)
	}
	before := e
	e.Observe(0, 5000)
	e.Observe(4000, 0)
	e.Observe(4000, -3)
	e.Observe(300, 90)
	if e != before {
		t.Errorf("counts of nothing moved it: %v", e.Ratio())
	}
}

func TestItStaysWithinBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var e tokens.Estimator
		for range rapid.IntRange(0, 30).Draw(t, "counts") {
			e.Observe(rapid.Int().Draw(t, "bytes"), rapid.Int().Draw(t, "tokens"))
			if r := e.Ratio(); r < 0.5 || r > 2 || math.IsNaN(r) {
				t.Fatalf("the ratio is %v", r)
			}
		}
		small, large := rapid.IntRange(0, 1<<30).Draw(t, "small"), rapid.IntRange(0, 1<<30).Draw(t, "large")
		if small <= large && e.Tokens(small) > e.Tokens(large) {
			t.Fatalf("%d bytes are more tokens than %d", small, large)
		}
	})
}
