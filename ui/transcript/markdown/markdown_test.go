package markdown_test

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"switchboard/theme"
	"switchboard/ui/transcript/markdown"
)

// failer is what tests, fuzz targets and property tests have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
	Errorf(format string, args ...any)
}

func renderer(t failer, name string) *markdown.Renderer {
	t.Helper()
	th, err := theme.New(name, true)
	if err != nil {
		t.Fatal(err)
	}
	return markdown.New(th)
}

func show(lines []string) string { return strings.Join(lines, "\n") }

func plain(lines []string) string { return ansi.Strip(show(lines)) }

// checkLines holds what is true of every line: it fits, it ends in no style and
// in no blank, and nothing but styles is an escape sequence.
func checkLines(t failer, lines []string, width int) {
	t.Helper()
	for _, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			t.Errorf("a line of %d cells in a width of %d: %q", w, width, line)
		}
		if strings.HasSuffix(line, " ") {
			t.Errorf("a line ends in a blank: %q", line)
		}
		checkEscapes(t, line)
	}
}

func checkEscapes(t failer, line string) {
	t.Helper()
	open := false
	for i := 0; i < len(line); i++ {
		if line[i] >= ' ' && line[i] != 0x7f {
			continue
		}
		end := i + 2
		for end < len(line) && (line[end] == ';' || line[end] >= '0' && line[end] <= '9') {
			end++
		}
		if !strings.HasPrefix(line[i:], "\x1b[") || end >= len(line) || line[end] != 'm' {
			t.Errorf("a control character at %d: %q", i, line)
			return
		}
		open = line[i:end] != "\x1b["
		i = end
	}
	if open {
		t.Errorf("a line leaves its style open: %q", line)
	}
}

// difference names the first line that differs.
func difference(got, want []string) string {
	for i, line := range got {
		if i >= len(want) {
			return fmt.Sprintf("line %d is %q, which the whole does not have", i, line)
		}
		if line != want[i] {
			return fmt.Sprintf("line %d is %q, not %q", i, line, want[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(got), len(want))
}
