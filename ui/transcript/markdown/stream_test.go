package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// blocks are pieces of markdown that meet each other in every order; many of
// them change what the line before them means. Between a
// table and an underline is an empty line: goldmark itself gives no stable answer
// without one.
var blocks = []string{
	"# Title", "## A *second* one", "Some plain text that is long enough to be wrapped somewhere.",
	"- one\n- two\n- three", "- loose\n\n- items\n\n  with a second paragraph", "* other\n* list",
	"1. first\n2. second\n3. third", "1. all\n1. are\n1. ones", "7) seven\n8) eight",
	"- a\n  - b\n    - c\n  - d\n- e", "- [ ] open\n- [x] done", "> quoted\n> text\n>\n> > deeper",
	"```go\nfunc main() {\n\tprintln(1)\n}\n```", "~~~\nplain\n~~~", "```\nunclosed", "````md\n```\ninner\n```\n````",
	"    indented\n    code", "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n", "text\n| a | b |\n|---|---|\n| 1 | 2 |\n",
	"\n---", "\n***", "Setext\n======", "Two\nlines\n---", "<div>\nhtml\n</div>", "<!-- a\n\ncomment -->",
	"\n[ref]: https://example.org/x \"Title\"", "\n[ref2]:\n/url", "See [ref] and [ref2] and [a](https://b.example).",
	"a\\\nhard break", "**bold** _it_ ~~gone~~ `code` <b>x</b> &amp; &#27;[31m", "日本語のとても長い文章です。改行できます。", "\n-", "#", ">", "1.", "+ \n+ x",
	"- ```\n  code in item\n  ```\n- next", "-   \n\n  late", "\ttab code", "1. x\n\n       y",
}

func document(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom(blocks), 0, 8).Draw(t, "blocks")
	seams := rapid.SliceOfN(rapid.SampledFrom([]string{"\n", "\n\n", "\n\n\n", "\n \n"}), len(parts), len(parts)).Draw(t, "seams")
	var b strings.Builder
	for i, p := range parts {
		b.WriteString(p)
		b.WriteString(seams[i])
	}
	return b.String()
}

// pieces cuts s anywhere, in the middle of a character too.
func pieces(t *rapid.T, s string) []string {
	var out []string
	for len(s) > 0 {
		n := rapid.IntRange(1, min(len(s), 12)).Draw(t, "piece")
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}

func TestStreamedIsTheSameAsWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		source, width := document(t), rapid.SampledFrom([]int{1, 7, 20, 40, 80}).Draw(t, "width")
		r := renderer(t, "dark")
		s := r.Stream()
		for _, p := range pieces(t, source) {
			s.Append(p)
			s.Lines(width)
		}
		s.Close()
		closed, open := s.Lines(width)
		if want := r.Render(source, width); !slices.Equal(closed, want) || len(open) > 0 {
			t.Fatalf("%q\n%s", source, difference(closed, want))
		}
	})
}

// A reference may be defined after its use; apart from that the closed lines
// never change again.
func TestClosedLinesAreThoseOfTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		source := strings.ReplaceAll(document(t), "See [ref] and [ref2]", "See")
		width := rapid.SampledFrom([]int{12, 20, 40}).Draw(t, "width")
		r := renderer(t, "dark")
		s := r.Stream()
		want := r.Render(source, width)
		so := 0
		for _, p := range pieces(t, source) {
			s.Append(p)
			so += len(p)
			closed, open := s.Lines(width)
			if len(closed) > len(want) || !slices.Equal(closed, want[:len(closed)]) {
				t.Fatalf("after %q of %q\n%s", source[:so], source[so:], difference(closed, want))
			}
			checkLines(t, append(slices.Clone(closed), open...), width)
		}
	})
}

func TestStreamSurvivesNewWidths(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		source := strings.ReplaceAll(document(t), "See [ref] and [ref2]", "See")
		r := renderer(t, "dark")
		s := r.Stream()
		for _, p := range pieces(t, source) {
			s.Append(p)
			width := rapid.IntRange(1, 60).Draw(t, "width")
			closed, _ := s.Lines(width)
			if want := r.Render(source, width); len(closed) > len(want) || !slices.Equal(closed, want[:len(closed)]) {
				t.Fatalf("after %q of %q\n%s", s.Source(), source, difference(closed, want))
			}
		}
	})
}

func TestOpenLinesShowTheNewest(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"code":      "```go\n" + strings.Repeat("x := 1\n", 5000) + "newest",
		"paragraph": strings.Repeat("word after word ", 3000) + "newest",
		"list":      strings.Repeat("- an item\n", 3000) + "- newest",
		"table":     "| a | b |\n|---|---|\n" + strings.Repeat("| 1 | 2 |\n", 2000) + "| newest |",
	} {
		s := renderer(t, "dark").Stream()
		for len(source) > 0 {
			n := min(64, len(source))
			s.Append(source[:n])
			source = source[n:]
			s.Lines(60)
		}
		_, open := s.Lines(60)
		if len(open) == 0 || !strings.Contains(plain(open[len(open)-1:]), "newest") {
			t.Errorf("%s: the newest text is not in the last line", name)
		}
	}
}

func TestCarriageReturnsOfLineEndsGo(t *testing.T) {
	t.Parallel()
	s := renderer(t, "dark").Stream()
	for _, piece := range []string{"a\r", "\nb\r\n", "\r\nc\r"} {
		s.Append(piece)
	}
	if got, want := s.Source(), "a\nb\n\nc\r"; got != want {
		t.Errorf("source is %q, want %q", got, want)
	}
}
