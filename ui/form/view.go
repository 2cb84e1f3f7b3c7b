package form

import (
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/cells"
)

// Draw draws the blanks, w cells wide, and tells in which row and column of that
// the cursor stands; row is -1 on the button.
func (f *Form) Draw(th theme.Theme, w int) (lines []string, row, column int) {
	row = -1
	names := f.names(w)
	for i := range f.blanks {
		b := &f.blanks[i]
		if i != f.at {
			lines = append(lines, b.draw(th, w, names)...)
			continue
		}
		row = len(lines)
		chosen, at := b.drawChosen(th, w, names)
		lines, column = append(lines, chosen...), at
	}
	return lines, row, column
}

// names is the width of the names of the blanks.
func (f *Form) names(w int) int {
	longest := 4
	for _, b := range f.blanks {
		longest = max(longest, cells.Width(clean.Line(b.Name))+1)
	}
	return min(longest, max(6, w/3))
}

// label is the name, with a star where something is required.
func (b *blank) label(w int) string {
	name := clean.Line(b.Name)
	if b.Required {
		name += "*"
	}
	return cells.Fit(name, w)
}

func (b *blank) draw(th theme.Theme, w, names int) []string {
	value, _ := b.content(th, w-names-4)
	lines := []string{cells.Cut("  "+th.Muted.Render(b.label(names))+" "+value, w)}
	return append(lines, b.blame(th, w, names)...)
}

// drawChosen adds what the blank takes, and tells where in the line the cursor is.
func (b *blank) drawChosen(th theme.Theme, w, names int) (lines []string, column int) {
	value, at := b.content(th, w-names-4)
	lines = []string{cells.Cut(th.Accent.Render("›")+" "+th.Accent.Render(b.label(names))+" "+value, w)}
	lines = append(lines, b.blame(th, w, names)...)
	hint := b.hint()
	if b.Description != "" {
		hint += ": " + clean.Line(b.Description)
	}
	for _, l := range cells.Wrap(hint, max(8, w-names-4))[:1] {
		lines = append(lines, cells.Cut(cells.Fit("", names+3)+th.Faint.Render(l), w))
	}
	return lines, names + 3 + at
}

// blame is what is wrong with the blank, if anything is.
func (b *blank) blame(th theme.Theme, w, names int) []string {
	if b.problem == "" {
		return nil
	}
	return []string{cells.Cut(cells.Fit("", names+3)+th.Bad.Render("✗ "+b.problem), w)}
}

// content is what is in a blank, and where in it the cursor stands.
func (b *blank) content(th theme.Theme, w int) (text string, cursor int) {
	switch {
	case b.held != "":
		return th.Faint.Render(b.held), 0
	case b.choices == nil:
		text, cursor = b.field.Draw(max(4, w))
		if text == "" {
			text = th.Faint.Render("…")
		}
		return text, cursor
	}
	said := "(none)"
	if b.pick >= 0 {
		said = clean.Line(b.choices[b.pick])
	}
	return "‹ " + said + " ›", 2
}
