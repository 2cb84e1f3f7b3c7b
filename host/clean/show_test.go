package clean_test

import (
	"fmt"
	"strings"
	"testing"

	"switchboard/host/clean"
)

// forms are the ways to show text, by name.
var forms = map[string]func(string) string{
	"Line": clean.Line, "Block": clean.Block, "Prose": clean.Prose,
}

func TestEveryHiddenClass(t *testing.T) {
	t.Parallel()
	classes := map[string][][2]rune{
		"C0 controls":             {{0x00, 0x08}, {0x0b, 0x1f}},
		"DEL":                     {{0x7f, 0x7f}},
		"C1 controls":             {{0x80, 0x9f}},
		"bidi":                    {{0x061c, 0x061c}, {0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069}},
		"zero width":              {{0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x180e, 0x180e}, {0x17b4, 0x17b5}, {0x200b, 0x200d}},
		"invisible operators":     {{0x2060, 0x2065}, {0x206a, 0x206f}, {0xfeff, 0xfeff}, {0x1d173, 0x1d17a}},
		"variation selectors":     {{0x180b, 0x180d}, {0x180f, 0x180f}, {0xfe00, 0xfe0f}, {0xe0100, 0xe01ef}},
		"tags":                    {{0xe0000, 0xe0fff}},
		"separators":              {{0x2028, 0x2029}},
		"blank letters":           {{0x115f, 0x1160}, {0x3164, 0x3164}, {0xffa0, 0xffa0}, {0x2800, 0x2800}, {0x1d159, 0x1d159}},
		"interlinear":             {{0xfff9, 0xfffb}},
		"noncharacters":           {{0xfdd0, 0xfdef}, {0xfffe, 0xffff}, {0x1fffe, 0x1ffff}, {0x10fffe, 0x10ffff}},
		"private use":             {{0xe000, 0xe002}, {0xf8ff, 0xf8ff}, {0xf0000, 0xf0001}, {0x10fffd, 0x10fffd}},
		"other default ignorable": {{0xfff0, 0xfff8}, {0x1bca0, 0x1bca3}},
	}
	for class, ranges := range classes {
		t.Run(class, func(t *testing.T) {
			t.Parallel()
			for _, bounds := range ranges {
				for r := bounds[0]; r <= bounds[1]; r++ {
					checkHidden(t, r)
				}
			}
		})
	}
}

// checkHidden wants a rune shown by a marker in every form and counted once.
func checkHidden(t *testing.T, r rune) {
	t.Helper()
	source := "a" + string(r) + "b"
	for name, form := range forms {
		got := form(source)
		if strings.ContainsRune(got, r) || got == "ab" || !strings.HasPrefix(got, "a") || !strings.HasSuffix(got, "b") {
			t.Errorf("%s(a U+%04X b) = %q", name, r, got)
		}
	}
	if n := clean.Hidden(source); n != 1 {
		t.Errorf("Hidden(a U+%04X b) = %d", r, n)
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, line, block string }{
		{"plain", "ls -l", "ls -l", "ls -l"},
		{"empty", "", "", ""},
		{"break and tab", "a\n\tb", "a␊␉b", "a\n    b"},
		{"escape", "\x1b[31mred\x1b[m", "␛[31mred␛[m", "␛[31mred␛[m"},
		{"unterminated OSC swallows nothing", "rm -rf ~ \x1b]2;x && echo harmless", "rm -rf ~ ␛]2;x && echo harmless", "rm -rf ~ ␛]2;x && echo harmless"},
		{"bell and backspace", "a\a\b", "a␇␈", "a␇␈"},
		{"return hides what was before", "rm -rf ~\recho hi", "rm -rf ~␍echo hi", "rm -rf ~␍echo hi"},
		{"CR LF", "a\r\nb", "a␍␊b", "a␍\nb"},
		{"DEL", "a\x7f", "a␡", "a␡"},
		{"C1 in UTF-8", "\u009b2J", "‹U+009B›2J", "‹U+009B›2J"},
		{"C1 as a byte", "\x9b2J", "‹9B›2J", "‹9B›2J"},
		{"lead byte before escape", "\xc3\x1b]52;c;eA==\a", "‹C3›␛]52;c;eA==␇", "‹C3›␛]52;c;eA==␇"},
		{"overlong", "\xc0\x9b", "‹C0›‹9B›", "‹C0›‹9B›"},
		{"surrogate", "\xed\xa0\x80", "‹ED›‹A0›‹80›", "‹ED›‹A0›‹80›"},
		{"too high", "\xf4\x90\x80\x80", "‹F4›‹90›‹80›‹80›", "‹F4›‹90›‹80›‹80›"},
		{"replacement character", "a\ufffd", "a\ufffd", "a\ufffd"},
		{"bidi", "a\u202egpj.exe", "a‹U+202E›gpj.exe", "a‹U+202E›gpj.exe"},
		{"zero width", "pay\u200bpal", "pay‹U+200B›pal", "pay‹U+200B›pal"},
		{"tags", "hi\U000e0061", "hi‹U+E0061›", "hi‹U+E0061›"},
		{"no-break space", "a\u00a0b", "a‹U+00A0›b", "a‹U+00A0›b"},
		{"joined emoji", "👩\u200d💻", "👩‹U+200D›💻", "👩‹U+200D›💻"},
		{"other scripts", "añb 日本語 한국어 עברית ไทย", "añb 日本語 한국어 עברית ไทย", "añb 日本語 한국어 עברית ไทย"},
		{"seven spaces", "a       b", "a       b", "a       b"},
		{"eight spaces", "a        b", "a␠×8b", "a        b"},
		{"many spaces", "a" + strings.Repeat(" ", 400) + "b", "a␠×400b", "a␠×400b"},
		{"spaces to the end", strings.Repeat(" ", 40), "␠×40", "␠×40"},
		{"many tabs", strings.Repeat("\t", 10), strings.Repeat("␉", 10), "␠×40"},
		{"four marks", "a" + strings.Repeat("\u0301", 4), "a" + strings.Repeat("\u0301", 4), "a" + strings.Repeat("\u0301", 4)},
		{"five marks", "a" + strings.Repeat("\u0301", 5) + "b", "a" + strings.Repeat("\u0301", 4) + "‹+1 mark›b", "a" + strings.Repeat("\u0301", 4) + "‹+1 mark›b"},
		{"a tower of marks", "a" + strings.Repeat("\u0336", 202), "a" + strings.Repeat("\u0336", 4) + "‹+198 marks›", "a" + strings.Repeat("\u0336", 4) + "‹+198 marks›"},
		{"marks with no letter", "\u0301a\n\u0301b", "◌\u0301a␊\u0301b", "◌\u0301a\n◌\u0301b"},
		{"our own markers", "‹U+202E› ␛ ␠×400", "‹U+202E› ␛ ␠×400", "‹U+202E› ␛ ␠×400"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := clean.Line(test.in); got != test.line {
				t.Errorf("Line(%q)\n got %q\nwant %q", test.in, got, test.line)
			}
			if got := clean.Block(test.in); got != test.block {
				t.Errorf("Block(%q)\n got %q\nwant %q", test.in, got, test.block)
			}
		})
	}
}

func TestProse(t *testing.T) {
	t.Parallel()
	const same = "as it is"
	tests := []struct{ name, in, want string }{
		{"family", "👩\u200d👩\u200d👧\u200d👦", same},
		{"skin tone", "👩🏽\u200d🚀", same},
		{"rainbow flag", "🏳\ufe0f\u200d🌈", same},
		{"heart", "❤\ufe0f", same},
		{"keycap", "1\ufe0f\u20e3 #\ufe0f\u20e3", same},
		{"copyright emoji", "©\ufe0f", same},
		{"national flag", "🇨🇭", same},
		{"Persian", "می\u200cخواهم", same},
		{"Persian after a vowel sign", "مَ\u200cخ", same},
		{"Hindi", "क्\u200dष क्\u200cष", same},
		{"Sinhala", "ශ්\u200dරී", same},
		{"Malayalam chillu at the end", "അവന്\u200d വന്നു", same},
		{"joiner between letters", "a\u200db", "a‹U+200D›b"},
		{"non-joiner between letters", "a\u200cb", "a‹U+200C›b"},
		{"joiner at the start", "\u200d👩", "‹U+200D›👩"},
		{"joiner after the emoji", "👩\u200d", "👩‹U+200D›"},
		{"two joiners", "👩\u200d\u200d👩", "👩‹U+200D›‹U+200D›👩"},
		{"emoji to letter", "👩\u200da", "👩‹U+200D›a"},
		{"selector on a letter", "a\ufe0f", "a‹U+FE0F›"},
		{"selector on a digit", "1\ufe0f", "1‹U+FE0F›"},
		{"two selectors", "❤\ufe0f\ufe0f", "❤\ufe0f‹U+FE0F›"},
		{"a message in selectors", "😀\ufe01\ufe02", "😀‹U+FE01›‹U+FE02›"},
		{"flag made of tags", "🏴\U000e0067\U000e007f", "🏴‹U+E0067›‹U+E007F›"},
		{"non-joiner at a word's end", "می\u200c ", "می‹U+200C› "},
		{"two non-joiners", "می\u200c\u200cخ", "می‹U+200C›‹U+200C›خ"},
		{"bidi stays shown", "می\u202eخ", "می‹U+202E›خ"},
		{"spaces of all kinds", "a\u00a0b\u2009c\u3000d", "a b c d"},
		{"CR LF", "a\r\nb\r\n", "a\nb\n"},
		{"lone CR", "a\rb", "a␍b"},
		{"CR CR LF", "a\r\r\nb", "a␍\nb"},
		{"tab", "\tx", "    x"},
		{"escape", "\x1b]0;x\a", "␛]0;x␇"},
		{"no-break spaces push", strings.Repeat("\u00a0", 50), "␠×50"},
		{"joiner after too many marks", "क" + strings.Repeat("\u094d", 6) + "\u200dष", "क" + strings.Repeat("\u094d", 4) + "‹+2 marks›‹U+200D›ष"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			want := strings.Replace(test.want, same, test.in, 1)
			if got := clean.Prose(test.in); got != want {
				t.Errorf("Prose(%q)\n got %q\nwant %q", test.in, got, want)
			}
		})
	}
}

func TestHidden(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want int
	}{
		{"", 0},
		{"plain\n\ttext", 0},
		{strings.Repeat(" ", 100), 0},
		{"日本語", 0},
		{"a\x1b[31m", 1},
		{"\u202ea\u200b\xff\xfe", 4},
		{"a" + strings.Repeat("\u0301", 10), 6},
		{"‹U+202E›", 0},
	}
	for _, test := range tests {
		if got := clean.Hidden(test.in); got != test.want {
			t.Errorf("Hidden(%q) = %d, want %d", test.in, got, test.want)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	const s = "aé日😀" // 1, 2, 3 and 4 bytes
	want := []string{"", "a", "a", "aé", "aé", "aé", "aé日", "aé日", "aé日", "aé日", s, s}
	for n, head := range want {
		if got := clean.Head(s, n); got != head {
			t.Errorf("Head(%q, %d) = %q, want %q", s, n, got, head)
		}
	}
	if got := clean.Head("abc", -1); got != "" {
		t.Errorf("Head of -1 bytes = %q", got)
	}
}

func TestPlainTextIsNotCopied(t *testing.T) {
	text := clean.Foreign(strings.Repeat("The quick brown fox. ", 50))
	for name, form := range map[string]func() string{"Line": text.Line, "Block": text.Block, "Prose": text.Prose} {
		if n := testing.AllocsPerRun(100, func() { form() }); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

func BenchmarkLine(b *testing.B) {
	texts := map[string]string{
		"ascii":   strings.Repeat("The quick brown fox. ", 50),
		"chinese": strings.Repeat("敏捷的棕色狐狸。", 50),
		"hostile": strings.Repeat("a\u202e\x1b[31m\xff", 50),
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				clean.Line(text)
			}
		})
	}
}

func ExampleLine() {
	fmt.Println(clean.Line("rm -rf ~\recho hi \x1b]0;pwned\a"))
	// Output: rm -rf ~␍echo hi ␛]0;pwned␇
}
