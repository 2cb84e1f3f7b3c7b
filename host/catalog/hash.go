package catalog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
)

// Hash identifies a tool's definition: "sha256:" and 64 hex digits over all of it,
// name, title, description, schemas and annotations. The order of keys and white
// space do not count; who offers the tool does not either, nor does _meta, which
// no model and no person is shown and which servers fill with what changes from
// one listing to the next.
func (t Tool) Hash() string {
	sum := sha256.Sum256(encode(t.definition()))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// definition is what counts of a tool's definition, each part canonical JSON.
func (t Tool) definition() map[string]json.RawMessage {
	var parts map[string]json.RawMessage
	if json.Unmarshal(t.Raw, &parts) != nil || parts == nil {
		parts = t.assembled()
	}
	delete(parts, "_meta")
	for key, part := range parts {
		parts[key] = canonical(part)
	}
	return parts
}

// assembled is the definition of a tool that did not come over a wire.
func (t Tool) assembled() map[string]json.RawMessage {
	parts := map[string]json.RawMessage{
		"name":        encode(t.ID.Tool),
		"description": encode(t.Description.Raw()),
		"title":       encode(t.Title.Raw()),
		"annotations": encode(map[string]bool{
			"readOnlyHint": t.Hints.ReadOnly, "destructiveHint": t.Hints.Destructive,
			"idempotentHint": t.Hints.Idempotent, "openWorldHint": t.Hints.OpenWorld,
		}),
	}
	switch {
	case json.Valid(t.Schema):
		parts["inputSchema"] = t.Schema
	case len(t.Schema) > 0:
		parts["inputSchema"] = encode(string(t.Schema))
	}
	return parts
}

// canonical writes JSON compactly with sorted keys and numbers as they were
// spelled. What is not JSON comes back as it is.
func canonical(raw json.RawMessage) json.RawMessage {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return raw
	}
	if _, err := d.Token(); err != io.EOF {
		return raw
	}
	return encode(v)
}
