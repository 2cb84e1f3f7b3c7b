package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"switchboard/ui/transcript/flow"
)

// items lays out the items of a list from first up to but not including end. The
// seam gives the number of the first one, and whether a blank line parts it from
// one before it.
func (w *walk) items(list *ast.List, first, end ast.Node, s seam, width int) []string {
	var lines []string
	loose := func(n ast.Node) bool { return n.HasBlankPreviousLines() }
	for n := first; n != nil && n != end; n = n.NextSibling() {
		if n == first && s.loose || n != first && loose(n) {
			lines = append(lines, "")
		}
		lines = append(lines, w.item(list, n, s.number, width, loose)...)
		s.number++
	}
	return lines
}

func (w *walk) item(list *ast.List, n ast.Node, number, width int, loose func(ast.Node) bool) []string {
	marker := w.marker(list, number)
	if w.depth >= maxDepth || width < minWidth {
		return w.flat(n, marker, width, loose)
	}
	indent := flow.Cells(marker) + 1
	w.depth++
	w.lists++
	lines := w.blocks(n, max(width-indent, 1), loose)
	w.depth--
	w.lists--
	marker = flow.Paint(w.style.muted, marker)
	if len(lines) == 0 {
		return []string{marker}
	}
	head := marker + " " + lines[0]
	lines = prefix(lines, strings.Repeat(" ", indent))
	lines[0] = head
	return lines
}

// flat lays out an item where there is no room to indent it. One without text is
// still a line.
func (w *walk) flat(n ast.Node, marker string, width int, loose func(ast.Node) bool) []string {
	lines := w.blocks(n, width, loose)
	if len(lines) == 0 {
		return []string{flow.Cut(marker, width)}
	}
	return lines
}

func (w *walk) marker(list *ast.List, number int) string {
	if list.IsOrdered() {
		return strconv.Itoa(number) + string(list.Marker)
	}
	bullets := [...]string{"•", "◦", "▪"}
	return bullets[min(w.lists, len(bullets)-1)]
}
