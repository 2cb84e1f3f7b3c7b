package clean_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"switchboard/host/clean"
)

// Seeds of what terminals and readers have been fooled with.
var seeds = []string{
	"", "plain", hostile, "\xc3\x1b]52;c;eA==\a", "\x1b]8;;https://evil\x1b\\ok\x1b]8;;\x1b\\", "\u009b2J", "a\r\r\nb",
	"👩\u200d👩\u200d👧", "1\ufe0f\u20e3", "❤\ufe0f\u200d🔥", "می\u200cخواهم", "क्\u200dष", "a\u0301\u0302\u0303\u0304\u0305\u0306",
	"\u0301", "\n\u0301\n", "        \t        ", "        \ufe0f\u20e3", "‹+3 marks›\u0301", "\u00a0\u2003\u3000", "\U000e0041\U000e007f", "\ufffe\ufdd0\ue000",
}

func FuzzShow(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, form := range forms {
			if problem := unsafe(name, form, s); problem != "" {
				t.Errorf("%s(%q) = %q: %s", name, s, form(s), problem)
			}
		}
	})
}

// pieces are what hostile text is made of, so that random text meets the
// joining rules and not only letters.
var pieces = []string{
	"a", "1", "#", " ", "       ", "\t", "\n", "\r", "\r\n", "\x1b", "\x7f", "\u009b", "\xff", "\xe6", "\u202e", "\u200b", "\u200c", "\u200d",
	"\ufe0f", "\ufe0e", "\u20e3", "😀", "❤", "🏽", "\u0301", "\u0301\u0302\u0303", "م", "\u064e", "क", "\u094d", "ന", "\u0d4d", "日", "\u00a0", "\u3000",
	"‹", "›", "␠×8", "\u25cc", "\U000e0061", "\ufffd",
}

func TestFormsOfMixedText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
		for name, form := range forms {
			if problem := unsafe(name, form, s); problem != "" {
				t.Fatalf("%s(%q) = %q: %s", name, s, form(s), problem)
			}
		}
	})
}

// unsafe says what is wrong with a form's output; "" if nothing is.
func unsafe(name string, form func(string) string, s string) string {
	got := form(s)
	switch {
	case !utf8.ValidString(got):
		return "not UTF-8"
	case form(got) != got:
		return "shown again it changes"
	case name == "Line" && strings.Contains(got, "\n"):
		return "more than one line"
	case strings.ContainsFunc(got, func(r rune) bool { return neutralised(name, r) }):
		return "something hidden is left"
	case strings.Contains(got, strings.Repeat(" ", 40)):
		return "spaces push text away"
	case tower(got) > 4:
		return "a tower of marks is left"
	case clean.Hidden(clean.Line(s)) != 0 || clean.Hidden(clean.Block(s)) != 0:
		return "something counts as hidden"
	}
	return ""
}

// neutralised tells whether a form must not leave a rune, by Unicode's own words
// and not by the tables under test. What Unicode does not know yet, such as next
// year's emoji, may pass.
func neutralised(name string, r rune) bool {
	if name == "Prose" && (r == '\u200c' || r == '\u200d' || r == '\ufe0f') {
		return false
	}
	if r == '\n' || r == ' ' {
		return false
	}
	return !unicode.IsPrint(r) && !unicode.IsMark(r) && !unicode.Is(unicode.Cn, r) ||
		unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// tower is the largest number of marks that follow one another.
func tower(s string) int {
	most, n := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Variation_Selector, r), r == '\u200c', r == '\u200d':
		case unicode.IsMark(r):
			n++
			most = max(most, n)
		default:
			n = 0
		}
	}
	return most
}

func FuzzMembers(f *testing.F) {
	for _, s := range []string{`{"a":"\u202e","a":[1,{"b":null}]}`, `{"x":"\ud800"}`, "{\"\xff\":\" \"}", `{"y":[{"}":"{"}]}`, " 1 ", "{"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		members, _ := clean.Members(raw)
		for _, m := range members {
			if clean.Line(m.Name) != m.Name || clean.Line(m.Value) != m.Value {
				t.Errorf("Members(%q) = %+q", raw, []string{m.Name, m.Value})
			}
		}
	})
}

func TestEveryRune(t *testing.T) {
	t.Parallel()
	for r := range unicode.MaxRune + 1 {
		if !utf8.ValidRune(r) || 0x20000 <= r && r&0xfff != 0xffe && r < 0xe0000 || 0xe1000 <= r && r&0xfff != 0xffe {
			continue // surrogates, and the far planes but for samples
		}
		s := "x" + string(r)
		got := clean.Line(s)
		if kept := got == s; kept == (neutralised("Line", r) || r == '\n' || r == 0x2800 || r == 0x1d159) {
			t.Errorf("Line(%q) = %q", s, got)
		}
	}
}
