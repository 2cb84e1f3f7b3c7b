package config

import (
	"encoding/json"
	"slices"
)

// A modelEntry is one entry of the section "models".
type modelEntry struct {
	name string
	modelSection
}

// readModels reads the section "models": entries by name, each like "model".
func (r *reader) readModels(m member) {
	for _, entry := range m.members("an object of models by name") {
		switch {
		case entry.name == "":
			entry.faultName("the name is empty", "name the entry")
		case entry.name == "offline":
			entry.faultName(`"offline" is the built-in word matcher`, "choose another name")
		default:
			r.models = append(r.models, modelEntry{entry.name, *r.modelEntry(entry)})
		}
	}
}

// addModels puts the entries of a file behind those of earlier ones; one of the same
// name takes the earlier one's place.
func addModels(all, later []modelEntry) []modelEntry {
	for _, e := range later {
		at := slices.IndexFunc(all, func(known modelEntry) bool { return known.name == e.name })
		if at >= 0 {
			all[at] = e
			continue
		}
		all = append(all, e)
	}
	return all
}

// ownFields are the fields of a request that are ours to write.
var ownFields = []string{"model", "messages", "input", "instructions", "tools", "stream"}

// readExtraBody gives the fields that go into every request as they are written; nil
// when there are none.
func readExtraBody(m member) map[string]json.RawMessage {
	var extra map[string]json.RawMessage
	for _, field := range m.members("an object") {
		if slices.Contains(ownFields, field.name) {
			field.faultName("this field of a request is not to be set here", "leave it out")
			continue
		}
		value := field.v.Clone()
		value.Standardize()
		value.Minimize()
		if !json.Valid(value.Pack()) {
			field.fault("this is not valid JSON", "")
			continue
		}
		if extra == nil {
			extra = map[string]json.RawMessage{}
		}
		extra[field.name] = value.Pack()
	}
	return extra
}
