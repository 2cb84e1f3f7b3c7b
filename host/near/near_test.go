package near_test

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/near"
)

// themselves pairs every word with itself.
func themselves(words ...string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, w := range words {
			if !yield(w, w) {
				return
			}
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, said string
		known      iter.Seq2[string, string]
		want       []string
	}{
		{"the word itself comes first", "time", themselves("times", "time"), []string{"time", "times"}},
		{"a changed byte", "htpp", themselves("http", "stdio"), []string{"http"}},
		{"a byte too few", "temprature", themselves("model", "temperature"), []string{"temperature"}},
		{"a byte too many", "asks", themselves("ask", "namespace"), []string{"ask"}},
		{"two bytes swapped", "baseulr", themselves("baseurl", "name"), []string{"baseurl"}},
		{"a third of the bytes differ", "xxcdef", themselves("abcdef"), []string{"abcdef"}},
		{"more than a third differ", "xxxdef", themselves("abcdef"), nil},
		{"a part", "berlin", themselves("europe/berlin"), []string{"europe/berlin"}},
		{"a whole for a part", "europe/berlin", themselves("berlin"), []string{"berlin"}},
		{"a part too short to tell", "rea", themselves("read_file"), nil},
		{"nothing in common", "x", themselves("a", "b"), nil},
		{"no word", "", themselves("", "a"), nil},
		{"none known", "word", themselves(), nil},
		{"too long to compare", strings.Repeat("a", 65), themselves(strings.Repeat("a", 64)), nil},
		{"nearest first, then by the alphabet", "abcdef", themselves("abcdxx", "abcdez", "abcdey"), []string{"abcdey", "abcdez"}},
		{"two spellings of a name", "tokio", maps.All(map[string]string{"tokyo": "Asia/Tokyo", "asia/tokyo": "Asia/Tokyo"}), []string{"Asia/Tokyo"}},
		{"the nearest spelling counts", "abcdef", maps.All(map[string]string{"abcdxx": "B", "abcdef": "B", "abcdex": "A"}), []string{"B", "A"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := near.Names(test.said, test.known, 2); !slices.Equal(got, test.want) {
				t.Errorf("%q is near %q, want %q", test.said, got, test.want)
			}
		})
	}
}

// A word with one slip in it finds its way back, whatever the slip is.
func TestOneSlipIsForgiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z_]{3,40}`).Draw(t, "word")
		at := rapid.IntRange(0, len(word)-1).Draw(t, "at")
		letter := rapid.StringMatching(`[a-z_]?`).Draw(t, "letter")
		skipped := rapid.IntRange(0, 1).Draw(t, "skipped")
		said := word[:at] + letter + word[at+skipped:]
		if got := near.Names(said, themselves("0", word, "1234567"), 1); !slices.Equal(got, []string{word}) {
			t.Fatalf("%q is near %q, want %q", said, got, word)
		}
	})
}

func TestNearnessIsMutualAndBounded(t *testing.T) {
	t.Parallel()
	words := rapid.StringMatching(`[a-c]{0,9}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		there, back := near.Names(a, themselves(b), 1), near.Names(b, themselves(a), 1)
		if len(there) != len(back) {
			t.Fatalf("%q and %q: %q but %q", a, b, there, back)
		}
		known := rapid.SliceOf(words).Draw(t, "known")
		most := rapid.IntRange(0, 4).Draw(t, "most")
		names := near.Names(a, themselves(known...), most)
		if len(names) > most {
			t.Fatalf("%d names, want at most %d", len(names), most)
		}
		slices.Reverse(known)
		if again := near.Names(a, themselves(known...), most); !slices.Equal(names, again) {
			t.Fatalf("%q, and in another order %q", names, again)
		}
		for _, n := range names {
			if !slices.Contains(known, n) {
				t.Fatalf("%q is not known", n)
			}
		}
	})
}
