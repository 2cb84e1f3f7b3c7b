package toolbox

import (
	"charm.land/lipgloss/v2"

	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// The heights from which there is room for more than the list: for a few lines
// about the chosen tool, and for all there is to say.
const (
	fair  = 12
	roomy = 18
)

// draw gives exactly h rows of at most w cells.
func (b *Toolbox) draw(w, h int) []string {
	if w <= 0 || h <= 0 {
		return nil
	}
	rows := b.head(w, h)
	foot := []string{b.hints(w)}
	switch {
	case !b.heard || h < fair:
	case h < roomy:
		foot = append(cells.Block(b.detail(w, 2), 2), foot...)
	default:
		foot = append(append([]string{""}, cells.Block(b.detail(w, h/6), h/6)...), foot...)
	}
	b.room = max(1, h-len(rows)-len(foot))
	rows = append(rows, cells.Block(b.body(w), b.room)...)
	return cells.Block(append(rows, foot...), h)
}

// head is the budget, what is worth a look, the filter and the names of the
// columns; where it is low, as much of that as is worth a row.
func (b *Toolbox) head(w, h int) []string {
	if !b.heard {
		return []string{b.theme.Strong.Render("tools")}
	}
	said := tally(b.told)
	if l := limits(b.told.Budget); l != "" {
		said = l + " · " + said
	}
	room := budget(b.told.Budget)
	if h < roomy && cells.Width(room) > w {
		room = brief(b.told.Budget)
	}
	rows := b.paragraph(room, w, h, b.theme.Strong)
	if h >= fair {
		rows = append(rows, b.paragraph(said, w, h, b.theme.Muted)...)
	}
	if h >= roomy {
		rows = append(rows, "")
	}
	if b.filter.On() {
		b.typeAt = len(rows)
		rows = append(rows, b.filter.Row(b.theme, amount.Group(b.left()), amount.Count(len(b.tools), "tool"), w))
	}
	return append(rows, b.theme.Faint.Render(b.columns(w).line("", "tool", "tokens", "size", "calls", "")))
}

// paragraph is text in as many rows as it needs, or in one where it is low.
func (b *Toolbox) paragraph(text string, w, h int, style lipgloss.Style) []string {
	if h < roomy {
		return []string{style.Render(cells.Cut(text, w))}
	}
	var rows []string
	for _, l := range cells.Wrap(text, w) {
		rows = append(rows, style.Render(l))
	}
	return rows
}

// left is how many tools the filter leaves.
func (b *Toolbox) left() int {
	n := 0
	for _, id := range b.list.Keys {
		if id.Tool != "" {
			n++
		}
	}
	return n
}

// body is the rows in sight.
func (b *Toolbox) body(w int) []string {
	switch {
	case !b.heard:
		return []string{b.theme.Muted.Render("asking the servers' catalogue …")}
	case len(b.list.Keys) == 0 && b.filter.On():
		return []string{b.theme.Muted.Render("no tool has these words")}
	case len(b.list.Keys) == 0:
		return []string{b.theme.Muted.Render("no server offers anything yet")}
	}
	var rows []string
	from, to := b.list.Window(b.room)
	for i := from; i < to; i++ {
		rows = append(rows, b.row(b.list.Keys[i], i == b.list.Chosen, w))
	}
	return rows
}

// hints names the keys that work now, as many as there is room for.
func (b *Toolbox) hints(w int) string {
	keys := [][2]string{{"space", "off or on"}, {"S", "all of the server"}, {"/", "filter"}, {"enter", "look into"}, {"esc", "back"}}
	switch {
	case b.filter.Typing:
		keys = [][2]string{{"enter", "to the list"}, {"esc", "all"}}
	case len(b.list.Keys) == 0:
		keys = [][2]string{{"esc", "back"}}
	}
	row, used := "", 0
	for _, k := range keys {
		piece := cells.Width(k[0]) + 1 + cells.Width(k[1])
		if used > 0 {
			piece += 3
		}
		if used+piece > w {
			break
		}
		if used > 0 {
			row += "   "
		}
		row, used = row+b.theme.Key.Render(k[0])+" "+b.theme.Muted.Render(k[1]), used+piece
	}
	return row
}
