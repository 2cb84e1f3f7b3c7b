package catalog

import (
	"encoding/json"
	"slices"

	"switchboard/host/clean"
)

// A Comparison sets tools that share a name side by side.
type Comparison struct {
	Servers []string // the columns
	Rows    []Row    // the tool's own fields, then parameter by parameter
}

// A Row is one field of all tools.
type Row struct {
	Parameter clean.Text // empty for the tool itself
	Field     clean.Text // "description", "read only", "type", …
	// Cells are what each tool says, by column. A text without any is a tool that
	// says nothing of the field, or does not have the parameter.
	Cells []clean.Text
	Same  bool // all cells are equal
	// Marked are the cells in words: [Kept] what the first column says as well (in
	// the first column: what the second does), [Added] what it alone has. Nil where
	// the cells are the same.
	Marked [][]Segment
}

// Differing is the comparison without the rows in which all tools agree.
func (c Comparison) Differing() Comparison {
	c.Rows = slices.DeleteFunc(slices.Clone(c.Rows), func(r Row) bool { return r.Same })
	return c
}

// Compare tells field by field what is the same and what differs between tools.
func Compare(tools []Tool) Comparison {
	c := Comparison{Servers: serversOf(tools)}
	c.add("", "title", tools, func(t Tool) string { return t.Title.Raw() })
	c.add("", "description", tools, func(t Tool) string { return t.Description.Raw() })
	c.add("", "read only", tools, func(t Tool) string { return yesNo(t.Hints.ReadOnly) })
	c.add("", "may destroy", tools, func(t Tool) string { return yesNo(t.Hints.MayDestroy()) })
	c.add("", "idempotent", tools, func(t Tool) string { return yesNo(t.Hints.Idempotent) })
	c.add("", "open world", tools, func(t Tool) string { return yesNo(t.Hints.OpenWorld) })
	schemas := make([]objectSchema, len(tools))
	all := map[string]json.RawMessage{}
	for i, t := range tools {
		schemas[i], _ = parseSchema(t.Schema) // one that is none has no properties
		for name, property := range schemas[i].properties {
			all[name] = property
		}
	}
	for _, name := range keysOf(all, nil) {
		c.addParameter(name, schemas)
	}
	return c
}

// addParameter adds the rows of one property.
func (c *Comparison) addParameter(name string, schemas []objectSchema) {
	row := func(field string, cell func(s objectSchema, property json.RawMessage) string) {
		cells := make([]string, len(schemas))
		for i, s := range schemas {
			if property, has := s.properties[name]; has {
				cells[i] = cell(s, property)
			}
		}
		c.addRow(name, field, cells)
	}
	row("type", func(_ objectSchema, p json.RawMessage) string { return typeOf(p, maxParameterDepth) })
	row("required", func(s objectSchema, _ json.RawMessage) string { return yesNo(slices.Contains(s.required, name)) })
	row("description", func(_ objectSchema, p json.RawMessage) string { return plain(tableOf(p)["description"]).Raw() })
	row("also", func(_ objectSchema, p json.RawMessage) string { return besides(p) })
}

func (c *Comparison) add(parameter, field string, tools []Tool, cell func(Tool) string) {
	cells := make([]string, len(tools))
	for i, t := range tools {
		cells[i] = cell(t)
	}
	c.addRow(parameter, field, cells)
}

// addRow adds a row unless nobody has anything to say in it.
func (c *Comparison) addRow(parameter, field string, texts []string) {
	distinct := unique(texts)
	if len(distinct) == 0 || distinct[len(distinct)-1] == "" {
		return
	}
	r := Row{Parameter: clean.Foreign(parameter), Field: clean.Foreign(field), Same: len(distinct) == 1}
	for _, text := range texts {
		r.Cells = append(r.Cells, clean.Foreign(text))
	}
	if !r.Same {
		r.Marked = marked(r.Cells)
	}
	c.Rows = append(c.Rows, r)
}

// marked compares every cell with the first, and the first with the second.
func marked(cells []clean.Text) [][]Segment {
	all := make([][]Segment, len(cells))
	for i, cell := range cells {
		other := cells[0]
		if i == 0 {
			other = cells[1]
		}
		all[i] = slices.DeleteFunc(Words(other, cell), func(s Segment) bool { return s.Kind == Removed })
	}
	return all
}

// besides is what a property says beyond the rows it has for itself, as JSON.
func besides(property json.RawMessage) string {
	rest := tableOf(property)
	for _, key := range []string{"type", "enum", "description"} {
		delete(rest, key)
	}
	if len(rest) == 0 {
		return ""
	}
	return string(canonical(encode(rest)))
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
