package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"switchboard/ui/transcript/flow"
)

const (
	between   = 3 // cells between columns: space, rule, space
	minColumn = 6 // a column narrower than this reads worse than a list
)

// A grid is a table's cells, row by row; the first row is the header.
type grid struct {
	rows  [][][]flow.Span
	align []extast.Alignment
}

// table lays out a table in columns, or as one field a line when the columns
// would be too narrow. Cells wrap; the last column ends without a border.
func (w *walk) table(n *extast.Table, width int) []string {
	g := w.grid(n)
	if len(g.align) == 0 {
		return nil
	}
	columns, ok := fit(g.widths(), width-between*(len(g.align)-1))
	if !ok {
		return w.records(g, width)
	}
	var lines []string
	for i, row := range g.rows {
		lines = append(lines, w.row(row, columns, g.align)...)
		if i == 0 {
			lines = append(lines, w.underline(columns))
		}
	}
	return lines
}

func (w *walk) grid(n *extast.Table) grid {
	g := grid{align: n.Alignments}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		sgr := ""
		if row.Kind() == extast.KindTableHeader {
			sgr = w.style.heading
		}
		g.rows = append(g.rows, w.cells(row, sgr, len(g.align)))
	}
	return g
}

func (w *walk) cells(row ast.Node, sgr string, count int) [][]flow.Span {
	cells := make([][]flow.Span, 0, count)
	for c := row.FirstChild(); c != nil && len(cells) < count; c = c.NextSibling() {
		cells = append(cells, w.inline(c, sgr))
	}
	for len(cells) < count {
		cells = append(cells, nil)
	}
	return cells
}

// widths gives each column's natural width, at least 1.
func (g grid) widths() []int {
	widths := make([]int, len(g.align))
	for _, row := range g.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], natural(cell), 1)
		}
	}
	return widths
}

func natural(cell []flow.Span) int {
	longest, cells := 0, 0
	for _, s := range cell {
		for i, part := range strings.Split(s.Text, "\n") {
			if i > 0 {
				cells = 0
			}
			cells += flow.Cells(part)
			longest = max(longest, cells)
		}
	}
	return longest
}

// fit narrows the widest columns until all fit into the space. It fails when one
// would become too narrow to read.
func fit(widths []int, space int) ([]int, bool) {
	sum := 0
	for _, w := range widths {
		sum += w
	}
	for sum > space {
		widest, second := 0, 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		for i, w := range widths {
			if i != widest {
				second = max(second, w)
			}
		}
		cut := min(sum-space, max(widths[widest]-second, 1))
		if widths[widest]-cut < minColumn {
			return nil, false
		}
		widths[widest] -= cut
		sum -= cut
	}
	return widths, true
}

// row lays out one row, as many lines as its tallest cell has.
func (w *walk) row(cells [][]flow.Span, columns []int, align []extast.Alignment) []string {
	height := 1
	wrapped := make([][]string, len(cells))
	for i, cell := range cells {
		wrapped[i] = flow.Wrap(cell, columns[i])
		height = max(height, len(wrapped[i]))
	}
	rule := flow.Paint(w.style.faint, "│")
	lines := make([]string, height)
	for y := range lines {
		var line strings.Builder
		for x, cell := range wrapped {
			if x > 0 {
				line.WriteString(" " + rule + " ")
			}
			text := ""
			if y < len(cell) {
				text = cell[y]
			}
			line.WriteString(pad(text, columns[x], align[x], x == len(wrapped)-1))
		}
		lines[y] = strings.TrimRight(line.String(), " ")
	}
	return lines
}

func pad(text string, width int, align extast.Alignment, last bool) string {
	space := max(width-flow.Cells(text), 0)
	left := 0
	switch align {
	case extast.AlignRight:
		left = space
	case extast.AlignCenter:
		left = space / 2
	}
	if text == "" {
		left = 0
	}
	right := space - left
	if last {
		right = 0
	}
	return strings.Repeat(" ", left) + text + strings.Repeat(" ", right)
}

func (w *walk) underline(columns []int) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = strings.Repeat("─", c)
	}
	return flow.Paint(w.style.faint, strings.Join(parts, "─┼─"))
}

// records shows each row as a list of named fields.
func (w *walk) records(g grid, width int) []string {
	var lines []string
	if len(g.rows) == 1 {
		return atLeastOne(flow.Wrap(g.rows[0][0], width))
	}
	for i, row := range g.rows[1:] {
		if i > 0 {
			lines = append(lines, "")
		}
		for x, cell := range row {
			field := append(append(spans{}, g.rows[0][x]...), flow.Span{Text: ": ", SGR: w.style.muted})
			lines = append(lines, flow.Wrap(append(field, cell...), width)...)
		}
	}
	return lines
}
