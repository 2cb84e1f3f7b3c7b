package tray

import (
	"strings"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/clean/lookalike"
	"switchboard/theme"
	"switchboard/ui/cells"
)

// difference is one change of a definition: what differs, and how, word by word
// where both are known. All of it is foreign, and shown with what hides in it.
func difference(th theme.Theme, c catalog.Change, w int) []string {
	return named(th, changed(c), wording(th, c), w)
}

// changed is what a change is in.
func changed(c catalog.Change) string {
	field, parameter := c.Field.Line(), c.Parameter.Line()
	switch {
	case parameter == "":
		return field + " " + string(c.Kind)
	case field == "":
		return "parameter " + parameter + " " + string(c.Kind)
	}
	return field + " of parameter " + parameter + " " + string(c.Kind)
}

// wording is the change itself.
func wording(th theme.Theme, c catalog.Change) string {
	if len(c.Words) > 0 {
		return segments(th, c.Words)
	}
	var said []catalog.Segment
	if !c.Old.Empty() {
		said = append(said, catalog.Segment{Kind: catalog.Removed, Text: c.Old})
	}
	if !c.New.Empty() {
		said = append(said, catalog.Segment{Kind: catalog.Added, Text: c.New})
	}
	return segments(th, said)
}

// longKept is how many characters of an unchanged run are shown.
const longKept = 160

// segments draws a comparison: what was taken away in [-…-], what came in {+…+}, so
// that it can be read without colours too. Long runs that stayed are shortened.
func segments(th theme.Theme, all []catalog.Segment) string {
	var b strings.Builder
	for _, s := range all {
		text, _ := lookalike.ShowLine(s.Text.Line())
		switch s.Kind {
		case catalog.Removed:
			b.WriteString(th.Bad.Render("[-" + text + "-]"))
		case catalog.Added:
			b.WriteString(th.Good.Render("{+" + text + "+}"))
		default:
			b.WriteString(th.Muted.Render(kept(text)))
		}
	}
	return b.String()
}

// kept is an unchanged run, its middle left out when it is long.
func kept(text string) string {
	r := []rune(text)
	if len(r) <= longKept {
		return text
	}
	return string(r[:longKept/2]) + " … " + string(r[len(r)-longKept/2:])
}

// named puts a name above a text behind a rule.
func named(th theme.Theme, name, text string, w int) []string {
	lines := []string{cells.Cut(th.Warn.Render(clean.Line(name)), w)}
	for _, l := range cells.Wrap(text, max(1, w-2)) {
		lines = append(lines, th.Faint.Render("│ ")+l)
	}
	return lines
}
