package compare

import (
	"slices"
	"strings"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/cells"
)

// A field is the tool's own description or one parameter, with the rows of the
// comparison that are about it.
type field struct {
	parameter bool
	rows      []catalog.Row
}

func (f field) name() string {
	if f.parameter {
		return f.rows[0].Parameter.Line()
	}
	return f.rows[0].Field.Line()
}

func (f field) same() bool {
	return !slices.ContainsFunc(f.rows, func(r catalog.Row) bool { return !r.Same })
}

// shown are the tool's own fields that are drawn even where all agree; the hints
// stand under each name.
func shown(r catalog.Row) bool {
	switch r.Field.Raw() {
	case "description":
		return true
	case "title", "idempotent":
		return !r.Same
	}
	return false
}

// fields are those to be drawn: the tool's own, then the parameters that differ.
func (p Picture) fields() []field {
	var all []field
	for _, f := range p.grouped() {
		if !f.same() || !f.parameter {
			all = append(all, f)
		}
	}
	return all
}

// grouped gathers the rows of the comparison by what they are about.
func (p Picture) grouped() []field {
	var all []field
	for _, r := range p.Comparison.Rows {
		last := len(all) - 1
		switch {
		case r.Parameter.Empty():
			if shown(r) {
				all = append(all, field{rows: []catalog.Row{r}})
			}
		case last >= 0 && all[last].parameter && all[last].rows[0].Parameter == r.Parameter:
			all[last].rows = append(all[last].rows, r)
		default:
			all = append(all, field{parameter: true, rows: []catalog.Row{r}})
		}
	}
	return all
}

// alike names the parameters in which all tools agree.
func (p Picture) alike(w int) []string {
	var names []string
	for _, f := range p.grouped() {
		if f.parameter && f.same() {
			names = append(names, f.name())
		}
	}
	if names == nil {
		return nil
	}
	return []string{p.Theme.Faint.Render(cells.Cut("the same in all: "+strings.Join(names, ", "), w))}
}

// text is what one tool says of a field, styled.
func (p Picture) text(f field, column int) string {
	if !f.parameter {
		if text := p.cell(f.rows[0], column); text != "" {
			return text
		}
		return p.Theme.Faint.Render("says nothing")
	}
	var parts []string
	for _, r := range f.rows {
		if r.Field.Raw() == "required" {
			r = required(r)
		}
		if text := p.cell(r, column); text != "" {
			parts = append(parts, text)
		}
	}
	if parts == nil {
		return p.Theme.Faint.Render("does not have it")
	}
	return strings.Join(parts, p.Theme.Muted.Render(", "))
}

// cell is one text of the comparison, what the others do not say marked.
func (p Picture) cell(r catalog.Row, column int) string {
	if r.Cells[column].Empty() {
		return ""
	}
	if r.Same || r.Marked == nil {
		return p.Theme.Muted.Render(strings.TrimSpace(r.Cells[column].Line()))
	}
	var b strings.Builder
	for _, s := range r.Marked[column] {
		text := s.Text.Line()
		switch {
		case s.Kind != catalog.Added || strings.TrimSpace(text) == "":
			b.WriteString(p.Theme.Muted.Render(text))
		case p.Theme.Plain:
			b.WriteString("[" + text + "]")
		default:
			b.WriteString(p.Theme.Accent.Render(text))
		}
	}
	return b.String()
}

// required spells a yes or no as a word of its own.
func required(r catalog.Row) catalog.Row {
	r.Marked = nil
	r.Cells = slices.Clone(r.Cells)
	for i, c := range r.Cells {
		switch c.Raw() {
		case "yes":
			r.Cells[i] = requiredText
		case "no":
			r.Cells[i] = optionalText
		}
	}
	return r
}

// The words for whether a parameter must be given.
var (
	requiredText = clean.Foreign("required")
	optionalText = clean.Foreign("optional")
)
