package composer_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"switchboard/theme"
	"switchboard/ui/composer"
)

func newComposer(t *testing.T) *composer.Composer {
	t.Helper()
	th, err := theme.New("dark", true)
	if err != nil {
		t.Fatal(err)
	}
	c := composer.New(th)
	c.Resize(40)
	return c
}

var (
	enter     = tea.KeyPressMsg{Code: tea.KeyEnter}
	up        = tea.KeyPressMsg{Code: tea.KeyUp}
	down      = tea.KeyPressMsg{Code: tea.KeyDown}
	backspace = tea.KeyPressMsg{Code: tea.KeyBackspace}
)

func typeIn(c *composer.Composer, text string) {
	for _, r := range text {
		c.Press(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestEnterSends(t *testing.T) {
	t.Parallel()
	c := newComposer(t)
	typeIn(c, "hello")
	if got := c.Press(enter).Send; got != "hello" {
		t.Errorf("sent %q", got)
	}
	if !c.Empty() {
		t.Errorf("left %q", c.Draft())
	}
	typeIn(c, "  ")
	if got := c.Press(enter).Send; got != "" {
		t.Errorf("sent blanks: %q", got)
	}
}

func TestNewLines(t *testing.T) {
	t.Parallel()
	keys := map[string]tea.KeyPressMsg{
		"ctrl+j":      {Code: 'j', Mod: tea.ModCtrl},
		"shift+enter": {Code: tea.KeyEnter, Mod: tea.ModShift},
		"alt+enter":   {Code: tea.KeyEnter, Mod: tea.ModAlt},
	}
	for name, k := range keys {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComposer(t)
			typeIn(c, "a")
			if got := c.Press(k).Send; got != "" {
				t.Fatalf("sent %q", got)
			}
			typeIn(c, "b")
			if c.Draft() != "a\nb" || c.Height() != 2 {
				t.Errorf("draft %q on %d rows", c.Draft(), c.Height())
			}
		})
	}
	t.Run("backslash", func(t *testing.T) {
		t.Parallel()
		c := newComposer(t)
		typeIn(c, `a\`)
		c.Press(enter)
		typeIn(c, "b")
		if c.Draft() != "a\nb" {
			t.Errorf("draft %q", c.Draft())
		}
	})
}

func TestGrowsThenScrolls(t *testing.T) {
	t.Parallel()
	c := newComposer(t)
	for range 30 {
		typeIn(c, "x")
		c.Press(tea.KeyPressMsg{Code: 'j', Mod: tea.ModCtrl})
	}
	typeIn(c, "last")
	if c.Height() != composer.MaxRows || len(c.View()) != composer.MaxRows {
		t.Errorf("%d rows, %d drawn", c.Height(), len(c.View()))
	}
	if s := ansi.Strip(strings.Join(c.View(), "\n")); !strings.Contains(s, "last") {
		t.Errorf("the cursor's row is out of sight:\n%s", s)
	}
	if got := strings.Count(c.Press(enter).Send, "\n"); got != 30 {
		t.Errorf("sent %d line breaks", got)
	}
	if c.Height() != 1 {
		t.Errorf("%d rows after sending", c.Height())
	}
}

func TestHistoryKeepsTheDraft(t *testing.T) {
	t.Parallel()
	c := newComposer(t)
	for _, s := range []string{"one", "two", "two"} {
		typeIn(c, s)
		c.Press(enter)
	}
	typeIn(c, "draft")
	for _, step := range []struct {
		key  tea.KeyPressMsg
		want string
	}{{up, "two"}, {up, "one"}, {up, "one"}, {down, "two"}, {down, "draft"}, {down, "draft"}} {
		if c.Press(step.key); c.Draft() != step.want {
			t.Fatalf("draft %q, want %q", c.Draft(), step.want)
		}
	}
}

// Within several lines the arrows move the cursor.
func TestArrowsRecallOnlyAtTheEdges(t *testing.T) {
	t.Parallel()
	c := newComposer(t)
	typeIn(c, "old")
	c.Press(enter)
	c.Paste("first\nsecond")
	if c.Press(up); c.Draft() != "first\nsecond" {
		t.Fatalf("recalled from the second row: %q", c.Draft())
	}
	if c.Press(up); c.Draft() != "old" {
		t.Fatalf("not recalled from the first row: %q", c.Draft())
	}
}

func TestClearedDraftComesBack(t *testing.T) {
	t.Parallel()
	c := newComposer(t)
	typeIn(c, "half a thought")
	c.Clear()
	if c.Press(up); c.Draft() != "half a thought" {
		t.Errorf("draft %q", c.Draft())
	}
}

func TestPaste(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("line\n", 213) + "end"
	tests := []struct{ name, paste, draft, sent string }{
		{"a word", "word", "word", "word"},
		{"line breaks of a terminal", "a\rb\r\nc\n", "a\nb\nc\n", "a\nb\nc\n"},
		{"never sends", "a\r", "a\n", "a\n"},
		{"long", long, "[pasted 214 lines]", long},
		{"wide", strings.Repeat("x", 1001), "[pasted 1,001 characters]", strings.Repeat("x", 1001)},
		{"tabs", "a:\n\tb\n", "[pasted 2 lines]", "a:\n\tb\n"},
		{"hidden characters", "ab\u202ec", "[pasted 4 characters]", "ab\u202ec"},
		{"hard spaces are not hidden", "a\u00a0b", "a\u00a0b", "a\u00a0b"},
		{"holds a label", "[pasted 214 lines]", "[pasted 214 lines]", "[pasted 214 lines]"},
		{"nothing", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := newComposer(t)
			c.Paste(tt.paste)
			if c.Draft() != tt.draft {
				t.Errorf("draft %q, want %q", c.Draft(), tt.draft)
			}
			typeIn(c, "!")
			if got := c.Press(enter).Send; got != tt.sent+"!" {
				t.Errorf("sent %.80q, want %.80q", got, tt.sent+"!")
			}
		})
	}
}

func TestTwoChipsOfOneSize(t *testing.T) {
	t.Parallel()
	c := newComposer(t)
	a, b := strings.Repeat("a\n", 20), strings.Repeat("b\n", 20)
	c.Paste(a)
	c.Paste(b)
	if c.Draft() != "[pasted 20 lines][pasted 20 lines #2]" {
		t.Fatalf("draft %q", c.Draft())
	}
	c.Press(backspace)
	if c.Draft() != "[pasted 20 lines]" {
		t.Fatalf("backspace left %q", c.Draft())
	}
	if got := c.Press(enter).Send; got != a {
		t.Errorf("sent %q", got)
	}
	c.Press(up)
	if got := c.Press(enter).Send; got != a {
		t.Errorf("sent %q from the history", got)
	}
}

func TestViewIsCached(t *testing.T) {
	t.Parallel()
	c := newComposer(t)
	typeIn(c, "text")
	first := &c.View()[0]
	if &c.View()[0] != first {
		t.Error("drawn twice without a change")
	}
	typeIn(c, "s")
	if &c.View()[0] == first {
		t.Error("not drawn after a change")
	}
}

// Pasting in pieces sends what was pasted, whatever became a chip.
func TestPastesAreSentWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := newComposer(t)
		want := ""
		for range rapid.IntRange(1, 4).Draw(rt, "pieces") {
			piece := rapid.StringMatching(`(x[ab \t世\n]{0,30}){1,30}`).Draw(rt, "piece")
			c.Paste(piece)
			want += piece
		}
		if got := c.Press(enter).Send; got != want {
			rt.Fatalf("sent %q, want %q", got, want)
		}
	})
}
