package tray

import (
	"bytes"
	"encoding/json"
	"strings"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/cells"
)

// An aboutPanel shows what a server says of its tool: title, description and the
// whole definition, everything hidden made visible. It is the server's word, and
// kept away from what the person decides by.
type aboutPanel struct {
	still
	tool  catalog.Tool
	why   []string // why the person is asked
	lines []string
	width int
}

func (p *aboutPanel) body(th theme.Theme, w int) ([]string, int) {
	if p.lines != nil && p.width == w {
		return p.lines, 0
	}
	p.width, p.lines = w, nil
	for _, why := range p.why {
		p.lines = append(p.lines, cells.Wrap(th.Text.Render(why), w)...)
	}
	server := clean.Line(p.tool.ID.Server)
	p.say(th, server+" calls it", p.tool.Title.Block())
	p.say(th, server+" says of it", p.tool.Description.Block())
	p.say(th, "its definition", pretty(p.tool))
	return p.lines, 0
}

// say puts a server's text behind a rule.
func (p *aboutPanel) say(th theme.Theme, name, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	p.lines = append(p.lines, th.Faint.Render(cells.Cut(name+":", p.width)))
	for l := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		for _, part := range cells.Chop(l, max(1, p.width-2)) {
			p.lines = append(p.lines, th.Faint.Render("│ ")+th.Muted.Render(part))
		}
	}
}

// pretty is a tool's definition as it came, or else its schema, indented.
func pretty(t catalog.Tool) string {
	raw := t.Raw
	if raw == nil {
		raw = t.Schema
	}
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "  ") != nil {
		return clean.Block(string(raw))
	}
	return clean.Block(out.String())
}

func (p *aboutPanel) keys() []choice { return nil }
