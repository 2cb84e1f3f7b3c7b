package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"switchboard/host/clean"
	"switchboard/ui/transcript/flow"
)

// codeBlock lays out code behind a rule, highlighted once it is complete.
func (w *walk) codeBlock(n ast.Node, language string, width int) []string {
	code := strings.TrimRight(string(n.Lines().Value(w.source)), "\n")
	code = clean.Prose(flow.ExpandTabs(code))
	if w.highlight {
		if lines := w.code.lines(language, code); lines != nil {
			return w.codeLines(lines, width)
		}
	}
	var lines [][]flow.Span
	for line := range strings.SplitSeq(code, "\n") {
		lines = append(lines, w.plainCode(line))
	}
	return w.codeLines(lines, width)
}

func (w *walk) codeLines(code [][]flow.Span, width int) []string {
	lines := make([]string, 0, len(code))
	for _, spans := range code {
		lines = append(lines, w.codeLine(spans, width)...)
	}
	return lines
}

func (r *Renderer) plainCode(line string) []flow.Span {
	return []flow.Span{{Text: line, SGR: r.style.code}}
}

// codeLine lays out one line of code, broken where it is too long.
func (r *Renderer) codeLine(spans []flow.Span, width int) []string {
	if width < minWidth {
		return flow.Hard(spans, width)
	}
	return prefix(flow.Hard(spans, width-2), flow.Paint(r.style.faint, "│")+" ")
}
