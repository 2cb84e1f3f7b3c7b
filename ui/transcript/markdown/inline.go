package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"switchboard/host/clean"
	"switchboard/ui/transcript/flow"
)

// inline gives the text of a block as spans, each in the sum of the styles
// around it.
func (w *walk) inline(n ast.Node, sgr string) []flow.Span {
	var out spans
	w.children(n, w.around+sgr, &out)
	return out
}

// spans grow by joining what has the same style, so that a grapheme is not torn
// where the parser tore the text.
type spans []flow.Span

func (s *spans) add(text, sgr string) {
	if text == "" {
		return
	}
	if last := len(*s) - 1; last >= 0 && (*s)[last].SGR == sgr {
		(*s)[last].Text += text
		return
	}
	*s = append(*s, flow.Span{Text: text, SGR: sgr})
}

func (w *walk) children(n ast.Node, sgr string, out *spans) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.leaf(c, sgr, out)
	}
}

func (w *walk) leaf(n ast.Node, sgr string, out *spans) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n, sgr, out)
	case *ast.String:
		out.add(oneLine(n.Value), sgr)
	case *ast.Emphasis:
		w.children(n, sgr+w.emphasis(n.Level), out)
	case *extast.Strikethrough:
		w.children(n, sgr+w.style.strike, out)
	case *ast.CodeSpan:
		w.codeSpan(n, sgr, out)
	case *ast.Link:
		w.link(n, string(n.Destination), sgr, out)
	case *ast.Image:
		out.add("image: ", sgr+w.style.muted)
		w.link(n, string(n.Destination), sgr, out)
	case *ast.AutoLink:
		out.add(clean.Line(string(n.Label(w.source))), sgr+w.style.link)
	case *ast.RawHTML:
		w.rawHTML(n, sgr, out)
	case *extast.TaskCheckBox:
		w.checkBox(n, sgr, out)
	default:
		w.children(n, sgr, out)
	}
}

func (w *walk) text(n *ast.Text, sgr string, out *spans) {
	value := n.Segment.Value(w.source)
	if !n.IsRaw() {
		value = decode(value)
	}
	out.add(oneLine(value), sgr)
	switch {
	case n.HardLineBreak():
		out.add("\n", sgr)
	case n.SoftLineBreak():
		out.add(" ", sgr)
	}
}

// decode resolves backslash escapes and entities.
func decode(value []byte) []byte {
	if bytes.IndexByte(value, '&') >= 0 {
		value = util.ResolveEntityNames(util.ResolveNumericReferences(value))
	}
	if bytes.IndexByte(value, '\\') >= 0 {
		value = util.UnescapePunctuations(value)
	}
	return value
}

// oneLine cleans a decoded text: an entity can be an escape character or a line
// feed, whatever the source was before decoding.
func oneLine(value []byte) string {
	s := clean.Prose(string(value))
	if strings.ContainsAny(s, "\n\t") {
		s = strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
	}
	return s
}

func (w *walk) emphasis(level int) string {
	if level >= 2 {
		return w.style.bold
	}
	return w.style.italic
}

// codeSpan keeps its backticks where no colour sets it apart.
func (w *walk) codeSpan(n *ast.CodeSpan, sgr string, out *spans) {
	tick := ""
	if w.style.plain {
		tick = "`"
	}
	out.add(tick, sgr)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			out.add(oneLine(t.Segment.Value(w.source)), sgr+w.style.code)
		}
	}
	out.add(tick, sgr)
}

// link shows the text and, where it differs, the target: what one sees is where
// one would go. No link becomes a terminal hyperlink.
func (w *walk) link(n ast.Node, target, sgr string, out *spans) {
	var label spans
	w.children(n, sgr+w.style.link, &label)
	target = clean.Line(target)
	var shown strings.Builder
	for _, s := range label {
		out.add(s.Text, s.SGR)
		shown.WriteString(s.Text)
	}
	switch {
	case target == "" || shown.String() == target || "mailto:"+shown.String() == target:
	case shown.Len() == 0:
		out.add(target, sgr+w.style.link)
	default:
		out.add(" ("+target+")", sgr+w.style.muted)
	}
}

// rawHTML shows a tag as text, but for the line break that tables need.
func (w *walk) rawHTML(n *ast.RawHTML, sgr string, out *spans) {
	tag := string(n.Segments.Value(w.source))
	switch strings.ToLower(strings.ReplaceAll(tag, " ", "")) {
	case "<br>", "<br/>":
		out.add("\n", sgr)
	default:
		out.add(oneLine([]byte(tag)), sgr+w.style.muted)
	}
}

func (w *walk) checkBox(n *extast.TaskCheckBox, sgr string, out *spans) {
	if n.IsChecked {
		out.add("[x] ", sgr+w.style.accent)
		return
	}
	out.add("[ ] ", sgr+w.style.muted)
}
