package catalog

import (
	"encoding/json"
	"fmt"
	"strings"

	"switchboard/host/clean"
)

// MaxDescription bounds a description for the model, in bytes.
const MaxDescription = 4096

// entry is what the model is told of a slot.
func (s slot) entry() Entry {
	e := Entry{Name: s.name, Tools: s.tools, Parameter: s.parameter, Hints: s.tools[0].Hints}
	for _, t := range s.tools[1:] {
		e.Hints = e.Hints.worst(t.Hints)
	}
	e.Destructive = e.Hints.MayDestroy()
	e.Description = describe(s.tools, s.parameter)
	e.Schema = schemaOf(s.tools)
	if s.parameter != "" {
		e.Schema = withSelector(e.Schema, s.parameter, s.tools)
	}
	return e
}

// describe is a tool's own text, or every server's part of a shared name.
func describe(tools []Tool, parameter string) string {
	if len(tools) == 1 {
		return clean.Head(ownText(tools[0]), MaxDescription)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d servers offer this tool; ", len(tools))
	if parameter == "" {
		b.WriteString("the user picks which of them answers.")
	} else {
		fmt.Fprintf(&b, "the parameter %s says which of them answers.", parameter)
	}
	room := (MaxDescription - b.Len()) / len(tools)
	for _, t := range tools {
		b.WriteString(clean.Head(fmt.Sprintf("\n\nOn %s: %s", t.ID.Server, ownText(t)), room))
	}
	return clean.Head(b.String(), MaxDescription)
}

// ownText is how a server describes its tool.
func ownText(t Tool) string {
	if t.Description.Empty() {
		return t.Title.Raw()
	}
	return t.Description.Raw()
}

// schemaOf is a tool's own schema, or what fits every tool of a shared name.
// [Catalog.accept] has seen to it that each can be parsed.
func schemaOf(tools []Tool) json.RawMessage {
	variants := make([]variant, 0, len(tools))
	for _, t := range tools {
		variants = append(variants, variant{t.ID.Server, t.Schema})
	}
	if len(variants) == 1 {
		own, _ := parseSchema(variants[0].schema)
		return own.raw
	}
	return mergeObjects(variants)
}
