package markdown

import (
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"switchboard/theme"
	"switchboard/ui/transcript/flow"
)

const (
	maxHighlight   = 16 << 10               // bytes of a block; at 3 ms per KB more would be felt
	highlightLimit = 250 * time.Millisecond // a grammar can be made to backtrack for minutes
	maxRemembered  = 512 << 10              // bytes of code kept highlighted
)

// A highlighter colours code and remembers what it coloured: a finished answer
// is laid out again at every width.
type highlighter struct {
	sgr        map[chroma.TokenType]string
	lexers     map[string]chroma.Lexer
	remembered map[string][][]flow.Span
	bytes      int
}

func newHighlighter(s theme.Syntax) *highlighter {
	return &highlighter{
		sgr: map[chroma.TokenType]string{
			chroma.Keyword:       flow.SGR(s.Keyword),
			chroma.NameFunction:  flow.SGR(s.Name),
			chroma.NameClass:     flow.SGR(s.Name),
			chroma.NameTag:       flow.SGR(s.Keyword),
			chroma.NameAttribute: flow.SGR(s.Name),
			chroma.LiteralString: flow.SGR(s.String),
			chroma.LiteralNumber: flow.SGR(s.Number),
			chroma.Comment:       flow.SGR(s.Comment),
			chroma.Operator:      flow.SGR(s.Operator),
		},
		lexers:     map[string]chroma.Lexer{},
		remembered: map[string][][]flow.Span{},
	}
}

// lines gives cleaned code in colours, a list of spans for each line, or nil when
// it is to be shown plain: no such language, too long, too slow.
func (h *highlighter) lines(language, code string) [][]flow.Span {
	name, ok := languages[strings.ToLower(language)]
	if !ok || len(code) > maxHighlight {
		return nil
	}
	key := name + "\n" + code
	if lines, ok := h.remembered[key]; ok {
		return lines
	}
	lines := h.colour(h.lexer(name), code)
	if h.bytes += len(key); h.bytes > maxRemembered {
		clear(h.remembered)
		h.bytes = len(key)
	}
	h.remembered[key] = lines
	return lines
}

func (h *highlighter) lexer(name string) chroma.Lexer {
	lexer, ok := h.lexers[name]
	if !ok {
		if lexer = lexers.Get(name); lexer != nil {
			lexer = chroma.Coalesce(lexer)
		}
		h.lexers[name] = lexer
	}
	return lexer
}

// colour runs the lexer. A grammar that panics on somebody's text must not cost
// more than its colours.
func (h *highlighter) colour(lexer chroma.Lexer, code string) (lines [][]flow.Span) {
	defer func() {
		if recover() != nil {
			lines = nil
		}
	}()
	if lexer == nil {
		return nil
	}
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: true}, code+"\n")
	if err != nil {
		return nil
	}
	begun := time.Now()
	lines = [][]flow.Span{nil}
	for t := tokens(); t != chroma.EOF; t = tokens() {
		if time.Since(begun) > highlightLimit {
			return nil
		}
		lines = split(lines, t.Value, h.style(t.Type))
	}
	return lines[:max(len(lines)-1, 1)] // the last one follows the final line feed
}

// split adds a token to the last line, and a line for every line feed in it.
func split(lines [][]flow.Span, text, sgr string) [][]flow.Span {
	for i, part := range strings.Split(text, "\n") {
		if i > 0 {
			lines = append(lines, nil)
		}
		if part != "" {
			last := len(lines) - 1
			lines[last] = append(lines[last], flow.Span{Text: part, SGR: sgr})
		}
	}
	return lines
}

// style finds the style of a token's kind, or of the kind above it.
func (h *highlighter) style(t chroma.TokenType) string {
	for _, kind := range [...]chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if sgr, ok := h.sgr[kind]; ok {
			return sgr
		}
	}
	return ""
}
