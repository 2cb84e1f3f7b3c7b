package lookalike_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"switchboard/host/clean/lookalike"
)

func TestShow(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, want string
		count            int
	}{
		{"plain", "paypal.com/login?a=1", "paypal.com/login?a=1", 0},
		{"one Cyrillic letter", "p\u0430ypal", "p\u0430‹U+0430›ypal", 1},
		{"one Latin letter in Cyrillic", "прив\u0065т", "прив\u0065‹U+0065›т", 1},
		{"one Greek letter", "c\u03bfmmand", "c\u03bf‹U+03BF›mmand", 1},
		{"a whole word of twins in an address", "рау.com", "р‹U+0440›а‹U+0430›у‹U+0443›.com", 3},
		{"a whole word of twins in a path", "/usr/bin/\u0441\u0430", "/usr/bin/\u0441‹U+0441›\u0430‹U+0430›", 2},
		{"Russian", "Привет, мир! Сор.", "Привет, мир! Сор.", 0},
		{"Russian beside Latin words", "файл из Git", "файл из Git", 0},
		{"Greek", "Καλημέρα κόσμε", "Καλημέρα κόσμε", 0},
		{"accents", "naïve café Zürich", "naïve café Zürich", 0},
		{"Japanese", "東京タワー", "東京タワー", 0},
		{"units", "10 µm, 5 Ω", "10 µm, 5 Ω", 0},
		{"fullwidth", "ｒm", "ｒ‹U+FF52›m", 1},
		{"mathematical", "𝐫m", "𝐫‹U+1D42B›m", 1},
		{"quotes of prose stay", "it’s “fine”", "it’s “fine”", 0},
		{"empty", "", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, n := lookalike.Show(tt.text); got != tt.want || n != tt.count {
				t.Errorf("got %q, %d, want %q, %d", got, n, tt.want, tt.count)
			}
		})
	}
}

func TestShowLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text  string
		count int
	}{
		{"echo “a”", 2},
		{"echo ‘a’", 2},
		{"it’s there", 0},
		{"a∕b", 1},
		{"rm −rf", 1},
		{"x\u037ey", 1},
		{"one – two — three", 0},
		{`echo "a"; rm -rf /`, 0},
	}
	for _, tt := range tests {
		if got, n := lookalike.ShowLine(tt.text); n != tt.count {
			t.Errorf("%q: %d marked, want %d: %q", tt.text, n, tt.count, got)
		}
	}
}

// FuzzShow: nothing is lost, whatever the text; without the marks it is what it was.
func FuzzShow(f *testing.F) {
	for _, s := range []string{"p\u0430ypal", "рау.com ’x’", "ｒ\u3000m", "\xff\u0430a", "‹U+0430›", "a\u0301\u0430"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		shown, n := lookalike.ShowLine(s)
		if n == 0 && utf8.ValidString(s) && shown != s {
			t.Errorf("%q became %q", s, shown)
		}
		if strings.Count(shown, "‹U+")-strings.Count(s, "‹U+") != n {
			t.Errorf("%q: %d counted in %q", s, n, shown)
		}
		if _, fewer := lookalike.Show(s); fewer > n {
			t.Errorf("%q: %d letters, but %d with signs", s, fewer, n)
		}
	})
}
