package host

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCutKeepsHeadAndTail(t *testing.T) {
	t.Parallel()
	s := "HEAD" + strings.Repeat("x", 10_000) + "TAIL"
	got := cut(s, 900, "; read on")
	if !strings.HasPrefix(got, "HEAD") || !strings.HasSuffix(got, "TAIL") {
		t.Errorf("lost an end: %.20q … %.20q", got, got[len(got)-20:])
	}
	if !strings.Contains(got, "[… bytes 600 to 9708 of 10008 are left out here; read on …]") {
		t.Errorf("does not say what is missing: %s", got)
	}
}

func TestCutIsShortAndValid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(rapid.StringN(0, 50, -1).Draw(t, "s"), rapid.IntRange(0, 50).Draw(t, "times"))
		limit := rapid.IntRange(16, 2000).Draw(t, "limit")
		got := cut(s, limit, "")
		if len(s) <= limit && got != s {
			t.Fatal("changed what fits")
		}
		if len(got) > limit+90 {
			t.Fatalf("%d bytes for a limit of %d", len(got), limit)
		}
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Fatal("cut a rune in two")
		}
	})
}
