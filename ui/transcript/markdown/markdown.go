// Package markdown turns a model's markdown into styled lines of a width, all at
// once ([Renderer.Render]) or while it is being written ([Stream]). It walks
// goldmark's tree itself; nothing but the styles of the theme becomes an escape
// sequence, and every piece of text is cleaned after it has been decoded.
package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"switchboard/theme"
	"switchboard/ui/transcript/flow"
)

// A Renderer renders in one theme. It remembers highlighted code and is to be
// used by one goroutine.
type Renderer struct {
	parser parser.Parser
	style  styles
	code   *highlighter
}

// New makes a renderer for a theme.
func New(t theme.Theme) *Renderer {
	return &Renderer{
		parser: newParser(),
		style:  stylesOf(t),
		code:   newHighlighter(t.Syntax),
	}
}

// Render lays source out in lines of at most width cells. Lines carry no
// trailing padding and close every style they open.
func (r *Renderer) Render(source string, width int) []string {
	w := r.walk([]byte(source), nil)
	w.highlight = true
	lines, _ := w.document(w.root.FirstChild(), nil, seam{}, max(width, 1))
	return lines
}

// walk parses source. References are those defined further up, where source is
// a part of something longer.
func (r *Renderer) walk(source []byte, references []parser.Reference) *walk {
	source = defuse(source)
	ctx := parser.NewContext()
	for _, ref := range references {
		ctx.AddReference(ref)
	}
	root := r.parser.Parse(text.NewReader(source), parser.WithContext(ctx))
	return &walk{Renderer: r, source: source, root: root, references: ctx.References}
}

// A walk goes over one parsed source.
type walk struct {
	*Renderer
	source     []byte
	root       ast.Node
	references func() []parser.Reference
	highlight  bool   // colour code; not while a block still grows
	depth      int    // of nested containers
	lists      int    // of nested lists
	around     string // the style of the container
}

// styles are the sequences that open each style.
type styles struct {
	title, heading, code, link, muted, faint, quote, accent string
	bold, italic, strike                                    string
	plain                                                   bool
}

func stylesOf(t theme.Theme) styles {
	return styles{
		title:   flow.SGR(t.Accent),
		heading: flow.SGR(t.Strong),
		code:    flow.SGR(t.Code),
		link:    flow.SGR(t.Link),
		muted:   flow.SGR(t.Muted),
		faint:   flow.SGR(t.Faint),
		quote:   flow.SGR(t.Quote),
		accent:  flow.SGR(t.Accent),
		bold:    "\x1b[1m",
		italic:  "\x1b[3m",
		strike:  "\x1b[9m",
		plain:   t.Plain,
	}
}
