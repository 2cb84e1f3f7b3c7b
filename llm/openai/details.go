package openai

import (
	"encoding/json"
	"slices"
)

// details puts OpenRouter's reasoning_details together from their pieces: they
// must go back as if they had never been streamed. Pieces of one block share its
// type and index; text grows, every other field is the last one said.
type details struct{ list []fields }

// growing are the fields of a block that come in pieces.
var growing = []string{"text", "summary", "data"}

// add takes the pieces of one event. What is no list of objects is passed over.
func (d *details) add(raw json.RawMessage) {
	if !said(raw) {
		return
	}
	var pieces []fields
	if json.Unmarshal(raw, &pieces) != nil {
		return
	}
	for _, p := range pieces {
		if p != nil {
			d.addPiece(p)
		}
	}
}

func (d *details) addPiece(p fields) {
	n := len(d.list)
	if n == 0 || !sameBlock(d.list[n-1], p) {
		d.list = append(d.list, p)
		return
	}
	block := d.list[n-1]
	for name, value := range p {
		switch {
		case string(value) == "null":
		case slices.Contains(growing, name):
			block[name] = joinStrings(block[name], value)
		default:
			block[name] = value
		}
	}
}

// sameBlock tells whether a piece goes on with a block. Encrypted blocks come
// whole, and pieces without an index are blocks of their own.
func sameBlock(block, piece fields) bool {
	return string(piece["type"]) != `"reasoning.encrypted"` &&
		piece["index"] != nil && string(piece["index"]) == string(block["index"]) &&
		string(piece["type"]) == string(block["type"])
}

// joinStrings joins two JSON strings; what is none counts as empty.
func joinStrings(a, b json.RawMessage) json.RawMessage {
	var first, second string
	_ = json.Unmarshal(a, &first)
	_ = json.Unmarshal(b, &second)
	out, err := json.Marshal(first + second)
	if err != nil { // not possible: a string can always be written
		return a
	}
	return out
}

// json is the list as it goes back.
func (d *details) json() json.RawMessage {
	raw, err := json.Marshal(d.list)
	if err != nil { // not possible: every member came out of a JSON text
		return json.RawMessage("[]")
	}
	return raw
}
