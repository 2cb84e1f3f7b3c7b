package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser builds goldmark's parser for GitHub's dialect, with bounds: its
// inline parsers take quadratic time over marks that never close, two minutes
// for 100 KB of brackets.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(bound(0, parser.NewCodeSpanParser()), 100),
			util.Prioritized(bound(1, parser.NewLinkParser()), 200),
			util.Prioritized(bound(2, parser.NewAutoLinkParser()), 300),
			util.Prioritized(bound(3, parser.NewRawHTMLParser()), 400),
			util.Prioritized(bound(4, parser.NewEmphasisParser()), 500),
			util.Prioritized(bound(5, extension.NewStrikethroughParser()), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(boundTable{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

// maxMarks is how often an inline parser is asked in one block. What comes after
// stays as it was written.
const maxMarks = 500

// attempts is where a parse keeps its counts, one for each bounded parser.
// Goldmark's way to make a key is not safe for several goroutines.
var attempts = parser.NewContextKey()

// A bounded parser gives up after maxMarks attempts in a block.
type bounded struct {
	parser.InlineParser
	slot int
}

func bound(slot int, p parser.InlineParser) parser.InlineParser { return bounded{p, slot} }

func (b bounded) count(pc parser.Context) *int {
	counts := pc.ComputeIfAbsent(attempts, func() any { return new([6]int) })
	return &counts.(*[6]int)[b.slot]
}

func (b bounded) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n := b.count(pc)
	if *n >= maxMarks {
		return nil
	}
	*n++
	return b.InlineParser.Parse(parent, block, pc)
}

// CloseBlock begins the count anew for the next block.
func (b bounded) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	*b.count(pc) = 0
	if c, ok := b.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// maxColumns is how many columns a table may have to be read as one.
const maxColumns = 64

// A boundTable leaves absurdly wide tables as the text they are.
type boundTable struct{ parser.ParagraphTransformer }

func (b boundTable) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		if bytes.Count(line.Value(reader.Source()), []byte("|")) > maxColumns {
			return
		}
	}
	b.ParagraphTransformer.Transform(n, reader, pc)
}
