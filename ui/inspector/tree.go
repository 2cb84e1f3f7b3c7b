package inspector

import (
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/cells"
	"switchboard/ui/form"
)

// tree draws the properties of a schema: name, type and what is required on a
// line, the rest beneath, one level of indent for each level of the value.
func (s *sheet) tree(n form.Node) {
	if len(n.Children) == 0 {
		s.add(s.theme.Muted.Render("no arguments"))
		return
	}
	for _, child := range n.Children {
		s.branch(child, 0)
	}
}

// deepest is how far branches are indented, so that the text keeps some room.
const deepest = 6

func (s *sheet) branch(n form.Node, depth int) {
	indent := strings.Repeat("  ", min(depth, deepest))
	name := clean.Line(n.Name)
	if name == "" {
		name = "(each)"
	}
	kind := clean.Line(n.Kind)
	if kind == "" {
		kind = "any"
	}
	head := indent + s.theme.Strong.Render(name) + "  " + s.theme.Code.Render(kind)
	if n.Required {
		head += "  " + s.theme.Warn.Render("required")
	}
	s.add(cells.Cut(head, s.w))
	for _, l := range notes(n) {
		for _, part := range cells.Wrap(l, max(8, s.w-len(indent)-4)) {
			s.add(cells.Cut(indent+"    "+s.theme.Muted.Render(part), s.w))
		}
	}
	for _, child := range n.Children {
		s.branch(child, depth+1)
	}
}

// notes are what there is to say of a value beside its name and type.
func notes(n form.Node) []string {
	var notes []string
	if n.Description != "" {
		notes = append(notes, strings.Split(strings.TrimRight(clean.Block(n.Description), "\n"), "\n")...)
	}
	if len(n.Enum) > 0 {
		notes = append(notes, "one of "+form.Choices(n.Enum))
	}
	for _, l := range n.Limits {
		notes = append(notes, clean.Line(l))
	}
	if n.Default != nil {
		notes = append(notes, "default "+clean.Line(string(n.Default)))
	}
	return notes
}
