package toolbox

import (
	"strings"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// columns are the widths of a row's parts; 0 leaves one out.
type columns struct{ name, tokens, size, calls, note int }

// columns shares w cells out.
func (b *Toolbox) columns(w int) columns {
	c := columns{tokens: 6, calls: 5}
	if w >= 64 {
		c.size = 10
	}
	c.name = max(10, min(30, w*2/5))
	c.note = w - 2 - c.name - c.tokens - c.calls - 4
	if c.size > 0 {
		c.note -= c.size + 1
	}
	return c
}

// line sets the parts of a row into their columns.
func (c columns) line(mark, name, tokens, size, calls, note string) string {
	parts := []string{cells.Fit(mark, 1), cells.Fit(name, c.name), right(tokens, c.tokens)}
	if c.size > 0 {
		parts = append(parts, right(size, c.size))
	}
	parts = append(parts, right(calls, c.calls))
	if c.note > 4 {
		parts = append(parts, cells.Cut(" "+note, c.note))
	}
	return strings.TrimRight(strings.Join(parts, " "), " ")
}

// right is text at the right edge of its column.
func right(text string, w int) string {
	text = cells.Cut(text, w)
	return strings.Repeat(" ", max(0, w-cells.Width(text))) + text
}

// row is a server, or a tool.
func (b *Toolbox) row(id catalog.ID, chosen bool, w int) string {
	text, style := b.serverRow(id.Server, w), b.theme.Strong
	if id.Tool != "" {
		info := b.tools[id]
		text, style = b.toolRow(info, w), b.theme.Text
		switch {
		case isAside(info):
			style = b.theme.Warn
		case info.Off || info.Name == "" || info.Unlisted:
			style = b.theme.Muted
		}
	}
	if chosen {
		return b.theme.Selected.Render(cells.Fit(text, w))
	}
	return style.Render(cells.Cut(text, w))
}

func (b *Toolbox) toolRow(info host.ToolInfo, w int) string {
	return b.columns(w).line(mark(info), clean.Line(info.Tool.ID.Tool), amount.Short(info.Tokens), amount.Bytes(info.Bytes), calls(info.Calls), note(info))
}

// mark tells at a glance what has become of a tool: • sent, … found by find_tools
// alone, × turned off, ! set aside, – another has its name or a rule denies it.
func mark(info host.ToolInfo) string {
	switch {
	case info.Off:
		return "×"
	case isAside(info):
		return "!"
	case info.Name == "":
		return "–"
	case info.Unlisted:
		return "…"
	}
	return "•"
}

func calls(n int) string {
	if n == 0 {
		return "never"
	}
	return amount.Short(n)
}

// note is the name for the model where it is another one, why, and whether the
// schema was repaired.
func note(info host.ToolInfo) string {
	var said []string
	if info.Name != "" && info.Name != info.Tool.ID.Tool {
		said = append(said, "as "+clean.Line(info.Name))
	}
	if info.Why != "" {
		said = append(said, clean.Line(info.Why))
	}
	if n := len(info.Repairs); n > 0 {
		said = append(said, amount.Count(n, "repair"))
	}
	return strings.Join(said, "; ")
}

// serverRow sums up a server: what the model is sent of it, and all that it brings.
func (b *Toolbox) serverRow(server string, w int) string {
	var tokens, bytes, called, tools int
	for _, info := range b.told.Tools {
		if info.Tool.ID.Server != server {
			continue
		}
		tools++
		called += info.Calls
		if info.Name != "" && !info.Unlisted {
			tokens, bytes = tokens+info.Tokens, bytes+info.Bytes
		}
	}
	counts := b.server(server)
	said := append([]string{amount.Count(tools, "tool")}, beside(counts.Resources, counts.Templates, counts.Prompts)...)
	mark := " "
	if counts.Off {
		mark, said = "×", append([]string{"off"}, said...)
	}
	return b.columns(w).line(mark, clean.Line(server), amount.Short(tokens), amount.Bytes(bytes), calls(called), strings.Join(said, ", "))
}
