package clean_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"switchboard/host/clean"
)

func TestStreamHoldsBackHalfACharacter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		pieces []string
		want   []string
		rest   string
	}{
		{"whole", []string{"aé", "日"}, []string{"aé", "日"}, ""},
		{"cut", []string{"a\xf0\x9f", "\x98", "\x80b"}, []string{"a", "", "😀b"}, ""},
		{"cut at every byte", []string{"\xe6", "\x97", "\xa5"}, []string{"", "", "日"}, ""},
		{"never finished", []string{"a\xe6\x97"}, []string{"a"}, "\xe6\x97"},
		{"broken at once", []string{"a\xe6", "b"}, []string{"a", "\xe6b"}, ""},
		{"stray continuation", []string{"\x80\x80\x80\x80"}, []string{"\x80\x80\x80\x80"}, ""},
		{"empty", []string{"", ""}, []string{"", ""}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var s clean.Stream
			for i, piece := range test.pieces {
				if got := s.Add(piece); got != test.want[i] {
					t.Errorf("piece %d gave %q, want %q", i, got, test.want[i])
				}
			}
			if got := s.Rest(); got != test.rest {
				t.Errorf("rest %q, want %q", got, test.rest)
			}
			if again := s.Rest(); again != "" {
				t.Errorf("rest given twice: %q", again)
			}
		})
	}
}

func TestStreamLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.OneOf(rapid.String(), rapid.Custom(func(t *rapid.T) string {
			return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		})).Draw(t, "whole")
		var s clean.Stream
		var got strings.Builder
		for rest := whole; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			piece := s.Add(rest[:n])
			if utf8.ValidString(whole) && !utf8.ValidString(piece) {
				t.Fatalf("a character was cut: %q", piece)
			}
			got.WriteString(piece)
			rest = rest[n:]
		}
		got.WriteString(s.Rest())
		if got.String() != whole {
			t.Fatalf("%q became %q", whole, got.String())
		}
	})
}
