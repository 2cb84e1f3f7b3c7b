package toolbox

import (
	"strings"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// detail is what is known of the chosen tool beyond its row, in at most h rows of
// w cells: what it does, how it stands and what was repaired.
func (b *Toolbox) detail(w, h int) []string {
	id, ok := b.list.Key()
	if !ok {
		return nil
	}
	if id.Tool == "" {
		return cells.Wrap(b.theme.Muted.Render(b.contents(id.Server)), w)
	}
	info := b.tools[id]
	var rows []string
	add := func(text string) { rows = append(rows, cells.Wrap(text, w)...) }
	add(b.theme.Strong.Render(clean.Line(id.String())) + "  " + b.theme.Muted.Render(standing(info)))
	for _, r := range info.Repairs {
		add("repaired: " + clean.Line(r))
	}
	if about := info.Tool.Description.Line(); about != "" {
		add(b.theme.Muted.Render(about))
	}
	if len(rows) > h && h > 0 {
		rows = append(rows[:h-1], cells.Cut(rows[h-1]+" …", w))
	}
	return rows
}

// contents says what a server brings.
func (b *Toolbox) contents(server string) string {
	counts := b.server(server)
	said := append([]string{amount.Count(counts.Tools, "tool")}, beside(counts.Resources, counts.Templates, counts.Prompts)...)
	text := clean.Line(server) + " brings " + strings.Join(said, ", ")
	if counts.Off {
		text += "; its tools are off for this session"
	}
	return text
}

// standing says under which name the model has a tool, or why it does not.
func standing(info host.ToolInfo) string {
	said := "not sent"
	switch {
	case info.Unlisted:
		said = "as " + clean.Line(info.Name)
	case info.Name != "":
		said = "sent as " + clean.Line(info.Name) + ", " + amount.Bytes(info.Bytes) + " with every request"
	}
	if info.Why != "" {
		said += ": " + clean.Line(info.Why)
	}
	return said
}
