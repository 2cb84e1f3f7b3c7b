package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// growing finds the top-level block from which on more text may change what is
// there: the last one, with what the parser took out of the same paragraph.
func growing(root ast.Node) ast.Node {
	n := root.LastChild()
	for n != nil && n.PreviousSibling() != nil && belongsTo(n, n.PreviousSibling()) {
		n = n.PreviousSibling()
	}
	return n
}

// belongsTo tells whether n may have begun as a part of prev's paragraph.
func belongsTo(n, prev ast.Node) bool {
	if prev.Kind() == ast.KindLinkReferenceDefinition {
		return true
	}
	return n.Kind() == extast.KindTable && prev.Kind() == ast.KindParagraph && !n.HasBlankPreviousLines()
}

// lineStart gives where the line begins on which n begins, or -1 when source may
// not be cut there: a part that begins with four spaces would become code.
func lineStart(source []byte, n ast.Node) int {
	pos := n.Pos()
	if pos < 0 || pos > len(source) {
		return -1
	}
	start := bytes.LastIndexByte(source[:pos], '\n') + 1
	line := source[start:]
	if n.Kind() != ast.KindCodeBlock && len(line)-len(bytes.TrimLeft(line, " ")) > 3 {
		return -1
	}
	if n.Kind() != ast.KindCodeBlock && bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("\t")) {
		return -1
	}
	return start
}
