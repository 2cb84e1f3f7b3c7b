package cells_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/ui/cells"
)

func TestFit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		s    string
		w    int
		want string
	}{
		{"abc", 5, "abc  "},
		{"abcdef", 4, "abc…"},
		{"abc", 0, ""},
		{"abc", -1, ""},
		{"世界", 3, "世…"},
		{"世界x", 4, "世… "},
		{"\x1b[1mabc\x1b[m", 4, "\x1b[1mabc\x1b[m "},
	}
	for _, tt := range tests {
		if got := cells.Fit(tt.s, tt.w); got != tt.want {
			t.Errorf("Fit(%q, %d) = %q, want %q", tt.s, tt.w, got, tt.want)
		}
	}
}

func TestBlock(t *testing.T) {
	t.Parallel()
	lines := []string{"a", "b", "c"}
	if got := cells.Block(lines[:2], 4); !slices.Equal(got, []string{"a", "b", "", ""}) {
		t.Errorf("filled up to %q", got)
	}
	if lines[2] != "c" {
		t.Error("filling up wrote over the caller's lines")
	}
	if got := cells.Block(lines, -1); len(got) != 0 {
		t.Errorf("cut to %q", got)
	}
}

// Lines fit, and chopping loses nothing.
func TestBreaking(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[a-c 世é\n]{0,80}`).Draw(t, "s")
		w := rapid.IntRange(2, 20).Draw(t, "w")
		for _, l := range append(cells.Chop(s, w), cells.Wrap(s, w)...) {
			if cells.Width(l) > w {
				t.Fatalf("%q is wider than %d", l, w)
			}
		}
		if got := strings.Join(cells.Chop(s, w), ""); got != strings.ReplaceAll(s, "\n", "") {
			t.Fatalf("chopped %q to %q", s, got)
		}
	})
}
