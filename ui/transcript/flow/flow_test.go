package flow_test

import (
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"switchboard/host/clean"
	"switchboard/ui/transcript/flow"
)

func TestText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text  string
		width int
		want  []string
	}{
		"nothing":                           {"", 10, nil},
		"an empty line stays":               {"a\n\nb", 10, []string{"a", "", "b"}},
		"between words":                     {"one two three", 7, []string{"one two", "three"}},
		"indentation stays":                 {"  a b", 10, []string{"  a b"}},
		"spaces at a break go":              {"aaaa     bbbb", 6, []string{"aaaa", "bbbb"}},
		"spaces at the end go":              {"a   \nb  ", 10, []string{"a", "b"}},
		"a long word goes on in its line":   {"see abcdefghijklmnop", 10, []string{"see abcdef", "ghijklmnop"}},
		"a long word late in a line starts": {"12345678 abcdefghijklmnop", 10, []string{"12345678", "abcdefghij", "klmnop"}},
		"between wide characters":           {"日本語テキスト", 6, []string{"日本語", "テキス", "ト"}},
		"between wide and narrow":           {"abc日本", 4, []string{"abc", "日本"}},
		"a full stop stays with its word":   {"日本。", 4, []string{"日", "本。"}},
		"an opening bracket too":            {"日本「語", 6, []string{"日本", "「語"}},
		"marks stay on their letter":        {"e\u0301e\u0301e\u0301", 2, []string{"e\u0301e\u0301", "e\u0301"}},
		"a family is one":                   {"👩‍👩‍👧👩‍👩‍👧", 2, []string{"👩‍👩‍👧", "👩‍👩‍👧"}},
		"no room at all":                    {"ab", 0, []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := flow.Text(c.text, "", c.width); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestStylesEndWithTheLine(t *testing.T) {
	t.Parallel()
	got := flow.Wrap([]flow.Span{{Text: "plain "}, {Text: "bold bold", SGR: "\x1b[1m"}, {Text: "er"}}, 11)
	want := []string{"plain \x1b[1mbold\x1b[m", "\x1b[1mbold\x1b[mer"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHardKeepsSpaces(t *testing.T) {
	t.Parallel()
	if got, want := flow.Hard([]flow.Span{{Text: "a  b  c"}}, 4), []string{"a  b", "  c"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := flow.Hard(nil, 4); !slices.Equal(got, []string{""}) {
		t.Errorf("nothing gives %q", got)
	}
}

func TestExpandTabs(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"none": "none", "\ta": "    a", "ab\tc": "ab  c", "abcd\te": "abcd    e", "a\n\tb": "a\n    b", "日\tb": "日  b",
	} {
		if got := flow.ExpandTabs(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"日本語", 4, "日…"}, {"abc", 0, ""}, {"\x1b[1mabc\x1b[m", 3, "\x1b[1mabc\x1b[m"}} {
		if got := flow.Cut(c.in, c.width); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

func TestSGR(t *testing.T) {
	t.Parallel()
	if got := flow.SGR(lipgloss.NewStyle().Bold(true)); got != "\x1b[1m" {
		t.Errorf("bold is %q", got)
	}
	if got := flow.SGR(lipgloss.NewStyle()); got != "" {
		t.Errorf("no style is %q", got)
	}
	if got := flow.Paint("", "x") + flow.Paint("\x1b[1m", "") + flow.Paint("\x1b[1m", "x"); got != "x\x1b[1mx\x1b[m" {
		t.Errorf("painted %q", got)
	}
}

// Whatever the text: lines fit, and nothing but spaces is lost.
func TestWrapLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 40).Draw(t, "width")
		var spans []flow.Span
		var all strings.Builder
		for _, s := range rapid.SliceOf(rapid.String()).Draw(t, "texts") {
			s = clean.Prose(s)
			all.WriteString(s)
			spans = append(spans, flow.Span{Text: s, SGR: rapid.SampledFrom([]string{"", "\x1b[1m"}).Draw(t, "style")})
		}
		lines := flow.Wrap(spans, width)
		for _, line := range lines {
			if w := ansi.StringWidth(line); w > width {
				t.Errorf("%d cells in a width of %d: %q", w, width, line)
			}
		}
		got := strings.Join(strings.Fields(ansi.Strip(strings.Join(lines, ""))), "")
		if want := strings.Join(strings.Fields(all.String()), ""); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
