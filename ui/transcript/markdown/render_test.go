package markdown_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"switchboard/theme"
)

const sampler = "# Title\n\nText with *emphasis*, **strong**, ~~gone~~, `code`, [a link](https://example.org/there), " +
	"<https://auto.example> and ![a picture](cat.png).\nA soft break,\\\na hard one. A <b>tag</b> and an &amp;.\n\n" +
	"## Lists\n\n- one that is long enough to be wrapped at most widths\n- two\n  1. nested\n  2. again\n     - deeper\n- [ ] open\n- [x] done\n\n" +
	"10. ten\n11. eleven\n\n    with a paragraph\n\n> quoted\n> text\n>\n> > and deeper\n\n" +
	"```go\nfunc f() string {\n\treturn \"x\" // why\n}\n```\n\n~~~nonsense\nplain\n~~~\n\n    indented\n\n" +
	"| Name | Count | What it is about |\n|:-----|------:|:----------------:|\n| apples | 3 | a fruit that keeps the doctor away |\n| `pears` | 12 | <br> |\n\n" +
	"---\n\n<div>\n  html\n</div>\n\n日本語の文章は、空白がなくても折り返されます。そして続きます。\n\nمرحبا بالعالم هذا نص طويل من اليمين إلى اليسار\n\nflags 🇳🇴 and families 👩‍👩‍👧 and skin 👍🏽 and e\u0301\n"

func TestRenderGolden(t *testing.T) {
	t.Parallel()
	for _, width := range []int{20, 40, 48, 80} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			lines := renderer(t, "dark").Render(sampler, width)
			checkLines(t, lines, width)
			golden.RequireEqual(t, []byte(plain(lines)))
		})
	}
}

func TestRenderStyledGolden(t *testing.T) {
	t.Parallel()
	for _, name := range theme.Names()[1:] {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.RequireEqual(t, []byte(show(renderer(t, name).Render(sampler, 48))))
		})
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source string
		width  int
		want   []string
	}{
		"nothing":                        {"", 20, nil},
		"blank":                          {" \n\n", 20, nil},
		"words wrap":                     {"one two three", 8, []string{"one two", "three"}},
		"long words break":               {"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		"wide text breaks anywhere":      {"日本語日本語", 6, []string{"日本語", "日本語"}},
		"no line begins with a stop":     {"日本語。日本語", 6, []string{"日本", "語。日", "本語"}},
		"a wide one in a narrow window":  {"日本", 1, []string{"?", "?"}},
		"an entity is no escape":         {"a&#27;[31mb&#x9b;c", 40, []string{"a␛[31mb‹U+009B›c"}},
		"an entity is no line":           {"a&#10;b", 40, []string{"a b"}},
		"a target that differs is shown": {"[safe](https://evil.example)", 60, []string{"safe (https://evil.example)"}},
		"a target that does not is not":  {"[https://a.example](https://a.example)", 60, []string{"https://a.example"}},
		"a javascript link is text":      {"[x](javascript:alert(1))", 60, []string{"x (javascript:alert(1))"}},
		"a reference":                    {"[x]\n\n[x]: https://a.example", 60, []string{"x (https://a.example)"}},
		"ordered lists count themselves": {"3. a\n3. b", 20, []string{"3. a", "4. b"}},
		"an empty item":                  {"- \n- b", 20, []string{"•", "• b"}},
		"tabs in code":                   {"```\na\tb\n\tc\n```", 20, []string{"│ a   b", "│     c"}},
		"code breaks hard":               {"```\nabcdefghijkl\n```", 12, []string{"│ abcdefghij", "│ kl"}},
		"a table that does not fit":      {"|first|second|third|\n|-|-|-|\n|one|two two two two|three|", 12, []string{"first: one", "second: two", "two two two", "third: three"}},
		"markup in a heading":            {"# a `b` *c*", 20, []string{"a b c"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := renderer(t, "dark").Render(c.source, c.width)
			checkLines(t, lines, c.width)
			if got := strings.Split(plain(lines), "\n"); !slices.Equal(got, c.want) && !(len(lines) == 0 && c.want == nil) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestPlainThemeKeepsBackticks(t *testing.T) {
	t.Parallel()
	if got := plain(renderer(t, "none").Render("use `go vet`", 40)); got != "use `go vet`" {
		t.Errorf("got %q", got)
	}
}

func TestCodeIsColouredOnlyForKnownLanguages(t *testing.T) {
	t.Parallel()
	r := renderer(t, "dark")
	known := show(r.Render("```go\nreturn \"x\"\n```", 40))
	unknown := show(r.Render("```gobbledygook\nreturn \"x\"\n```", 40))
	if strings.Count(known, "\x1b[") <= strings.Count(unknown, "\x1b[") {
		t.Errorf("go:\n%q\nunknown:\n%q", known, unknown)
	}
}

// hostile are texts that stopped other renderers.
var hostile = map[string]string{
	"a sequence of many parameters": "\x1b[" + strings.Repeat("1;", 33) + "m" + "boo",
	"deep quotes":                   strings.Repeat(">", 100) + " x",
	"very deep quotes":              strings.Repeat("> ", 50_000) + "x",
	"deep lists":                    strings.Repeat("- ", 50_000) + "x",
	"deep numbers":                  strings.Repeat("1. ", 30_000) + "x",
	"a flood of escapes":            strings.Repeat("\x1b[", 50_000),
	"a flood of line feeds":         strings.Repeat("\n", 50_000),
	"a flood of brackets":           strings.Repeat("[", 50_000),
	"a flood of images":             strings.Repeat("![](", 20_000),
	"a flood of stars":              strings.Repeat("*a ", 30_000),
	"a flood of underscores":        strings.Repeat("_a __b ", 15_000),
	"a flood of backticks":          strings.Repeat("` `` ", 20_000),
	"a flood of tags":               strings.Repeat("<a ", 30_000),
	"a flood of entities":           strings.Repeat("&#27;", 20_000),
	"a flood of pipes":              strings.Repeat("|", 20_000) + "\n" + strings.Repeat("|-", 20_000) + "\n" + strings.Repeat("|", 20_000),
	"a wide table":                  "|" + strings.Repeat("a|", 2_000) + "\n|" + strings.Repeat("-|", 2_000) + "\n" + strings.Repeat("|"+strings.Repeat("b|", 2_000)+"\n", 5),
	"an endless word":               strings.Repeat("x", 100_000),
	"marks without end":             "a" + strings.Repeat("\u0301", 50_000),
	"an open title and the rest":    "\x1b]0;pwned" + strings.Repeat(" text", 1000),
	"invalid bytes":                 strings.Repeat("\xff\xfe", 20_000),
}

// Several of these take goldmark minutes when nothing bounds it; a bound that is
// lost shows as a test that does not end.
func TestHostileTextIsHarmless(t *testing.T) {
	t.Parallel()
	for name, source := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begun := time.Now()
			lines := renderer(t, "dark").Render(source, 80)
			t.Logf("%d bytes in %v", len(source), time.Since(begun))
			checkLines(t, lines, 80)
		})
	}
}

func FuzzRender(f *testing.F) {
	f.Add(sampler, 40)
	for _, b := range blocks {
		f.Add(b+"\n\n"+b, 20)
	}
	for _, source := range hostile {
		if len(source) < 1000 {
			f.Add(source, 30)
		}
	}
	f.Fuzz(func(t *testing.T, source string, width int) {
		width = 1 + max(width, -width)%120
		r := renderer(t, "dark")
		lines := r.Render(source, width)
		checkLines(t, lines, width)
		s := r.Stream()
		half := len(source) / 2
		s.Append(source[:half])
		closed, open := s.Lines(width)
		checkLines(t, append(slices.Clone(closed), open...), width)
		s.Append(source[half:])
		closed, open = s.Lines(width)
		checkLines(t, append(slices.Clone(closed), open...), width)
	})
}
