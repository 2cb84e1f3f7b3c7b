package server

import (
	"bytes"
	"encoding/json"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// anyObject is the schema of a tool whose own is none.
var anyObject = json.RawMessage(`{"type":"object"}`)

// decodeTool reads one element of tools/list field by field, so that a fault in
// one field costs only that field. It says false for an element without a name.
func decodeTool(server string, raw json.RawMessage) (catalog.Tool, bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return catalog.Tool{}, false
	}
	name := text(fields["name"])
	if name == "" {
		return catalog.Tool{}, false
	}
	var notes map[string]json.RawMessage
	_ = json.Unmarshal(fields["annotations"], &notes)
	title := text(fields["title"])
	if title == "" {
		title = text(notes["title"])
	}
	hints := catalog.DefaultHints()
	flag(notes["readOnlyHint"], &hints.ReadOnly)
	flag(notes["destructiveHint"], &hints.Destructive)
	flag(notes["idempotentHint"], &hints.Idempotent)
	flag(notes["openWorldHint"], &hints.OpenWorld)
	return catalog.Tool{
		ID:          catalog.ID{Server: server, Tool: name},
		Title:       clean.Foreign(title),
		Description: clean.Foreign(text(fields["description"])),
		Schema:      schema(fields["inputSchema"]),
		Hints:       hints,
		Raw:         bytes.Clone(raw),
	}, true
}

// text is a JSON string's value; "" for anything else.
func text(raw json.RawMessage) (s string) {
	_ = json.Unmarshal(raw, &s)
	return s
}

// flag sets b if raw is a JSON boolean.
func flag(raw json.RawMessage, b *bool) {
	var v *bool
	if json.Unmarshal(raw, &v) == nil && v != nil {
		*b = *v
	}
}

// schema keeps an object byte for byte; anything else, such as the true of JSON
// Schema, becomes the schema that allows every object.
func schema(raw json.RawMessage) json.RawMessage {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] != '{' {
		return anyObject
	}
	return bytes.Clone(raw)
}
