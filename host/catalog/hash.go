package catalog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
)

// Hash identifies a tool's definition: "sha256:" and 64 hex digits over its raw
// name, description and schema. The order of keys and white space in the schema
// do not count; who offers the tool does not either.
func (t Tool) Hash() string {
	sum := sha256.Sum256(encode(map[string]any{
		"name":        t.ID.Tool,
		"description": t.Description.Raw(),
		"schema":      string(canonical(t.Schema)),
	}))
	return "sha256:" + hex.EncodeToString(sum[:])
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
