package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"switchboard/host/clean"
	"switchboard/ui/transcript/flow"
)

const (
	maxDepth = 8  // of containers that indent; deeper ones are laid out flat
	minWidth = 10 // below it nothing is indented any more
)

// A seam is what the blocks before a cut mean to the block after it.
type seam struct {
	heading bool // the block before was a heading
	list    bool // the block after goes on with a list
	number  int  // of the list's next item
	loose   bool // a blank line was before that item
}

// document lays out top-level blocks from first up to but not including end. The
// seam tells what was before first; the one returned is for end. A list that
// goes on in the part after must be cut by the caller; see [Stream].
func (w *walk) document(first, end ast.Node, s seam, width int) ([]string, seam) {
	var lines []string
	for n := first; n != nil && n != end; n = n.NextSibling() {
		block := w.top(n, s, width)
		if len(block) == 0 {
			continue
		}
		if len(lines) > 0 && !s.heading {
			lines = append(lines, "")
		}
		lines = append(lines, block...)
		s = seam{heading: n.Kind() == ast.KindHeading}
	}
	return lines, s
}

// top lays out one top-level block, which may be the rest of a list.
func (w *walk) top(n ast.Node, s seam, width int) []string {
	list, ok := n.(*ast.List)
	if !ok || !s.list {
		return w.block(n, width)
	}
	return w.items(list, list.FirstChild(), nil, s, width)
}

// blocks lays out the children of a container. Loose tells whether a blank line
// comes before a child.
func (w *walk) blocks(parent ast.Node, width int, loose func(ast.Node) bool) []string {
	var lines []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		block := w.block(n, width)
		if len(block) > 0 && len(lines) > 0 && loose(n) {
			lines = append(lines, "")
		}
		lines = append(lines, block...)
	}
	return lines
}

func (w *walk) block(n ast.Node, width int) []string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return flow.Wrap(w.inline(n, ""), width)
	case *ast.Heading:
		return w.heading(n, width)
	case *ast.List:
		return w.items(n, n.FirstChild(), nil, seam{number: n.Start}, width)
	case *ast.Blockquote:
		return w.quote(n, width)
	case *ast.FencedCodeBlock:
		return w.codeBlock(n, string(n.Language(w.source)), width)
	case *ast.CodeBlock:
		return w.codeBlock(n, "", width)
	case *ast.ThematicBreak:
		return []string{flow.Paint(w.style.faint, strings.Repeat("─", min(width, 24)))}
	case *ast.HTMLBlock:
		return w.html(n, width)
	case *extast.Table:
		return w.table(n, width)
	}
	return nil
}

func (w *walk) heading(n *ast.Heading, width int) []string {
	sgr := w.style.heading
	if n.Level <= 2 {
		sgr = w.style.title
	}
	return flow.Wrap(w.inline(n, sgr), width)
}

func (w *walk) quote(n ast.Node, width int) []string {
	always := func(n ast.Node) bool {
		return n.PreviousSibling() == nil || n.PreviousSibling().Kind() != ast.KindHeading
	}
	if w.depth >= maxDepth || width < minWidth {
		return atLeastOne(w.blocks(n, width, always))
	}
	outer := w.around
	w.around = w.style.quote
	w.depth++
	lines := w.blocks(n, width-2, always)
	w.depth--
	w.around = outer
	return prefix(atLeastOne(lines), flow.Paint(w.style.muted, "▎")+" ")
}

// html shows HTML as the text it is.
func (w *walk) html(n *ast.HTMLBlock, width int) []string {
	source := string(n.Lines().Value(w.source))
	if n.HasClosure() {
		source += string(n.ClosureLine.Value(w.source))
	}
	source = clean.Prose(flow.ExpandTabs(strings.TrimRight(source, "\n")))
	return flow.Text(source, w.style.muted, width)
}

// atLeastOne gives a block without text a line: whether a block is there must not
// depend on the width.
func atLeastOne(lines []string) []string {
	if len(lines) == 0 {
		return []string{""}
	}
	return lines
}

// prefix puts p before every line; an empty line gets it without trailing space.
func prefix(lines []string, p string) []string {
	for i, line := range lines {
		if line == "" {
			lines[i] = strings.TrimRight(p, " ")
			continue
		}
		lines[i] = p + line
	}
	return lines
}
