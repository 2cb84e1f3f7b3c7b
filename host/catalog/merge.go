package catalog

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"switchboard/host/clean"
)

// maxPartDescription bounds what one server says of one shared property, in
// bytes.
const maxPartDescription = 512

// A variant is how one server spells a schema.
type variant struct {
	server string
	schema json.RawMessage
}

// mergeObjects makes one object schema that every server's arguments fit: all
// properties, and required where every server requires it. Keywords that would
// forbid more are left out.
func mergeObjects(variants []variant) json.RawMessage {
	properties := map[string][]variant{}
	definitions := map[string]map[string][]variant{"$defs": {}, "definitions": {}}
	required := map[string]int{}
	for _, v := range variants {
		s, err := parseSchema(v.schema)
		if err != nil {
			continue
		}
		collect(properties, v.server, s.properties)
		for keyword, all := range definitions {
			var own map[string]json.RawMessage
			if s.part(keyword, &own) == nil {
				collect(all, v.server, own)
			}
		}
		for _, name := range unique(s.required) {
			required[name]++
		}
	}
	merged := map[string]any{"type": "object", "properties": mergeAll(properties, permissive)}
	for keyword, all := range definitions {
		if len(all) > 0 {
			merged[keyword] = mergeAll(all, agreed)
		}
	}
	if names := inAll(required, len(variants)); len(names) > 0 {
		merged["required"] = names
	}
	return encode(merged)
}

func collect(into map[string][]variant, server string, named map[string]json.RawMessage) {
	for name, schema := range named {
		into[name] = append(into[name], variant{server, schema})
	}
}

func mergeAll(named map[string][]variant, merge func([]variant) json.RawMessage) map[string]json.RawMessage {
	merged := map[string]json.RawMessage{}
	for name, variants := range named {
		merged[name] = merge(variants)
	}
	return merged
}

// inAll lists the names that were counted n times.
func inAll(count map[string]int, n int) []string {
	maps.DeleteFunc(count, func(_ string, times int) bool { return times < n })
	return slices.Sorted(maps.Keys(count))
}

// agreed is the schema all variants spell, or the one that permits anything.
func agreed(variants []variant) json.RawMessage {
	first := canonical(variants[0].schema)
	for _, v := range variants[1:] {
		if string(canonical(v.schema)) != string(first) {
			return json.RawMessage(`{}`)
		}
	}
	return variants[0].schema
}

// permissive is a schema for a property that fits whatever any variant fits:
// types, values and descriptions side by side, no other bounds.
func permissive(variants []variant) json.RawMessage {
	if same := agreed(variants); string(same) != "{}" {
		return same
	}
	parts := keywords(variants)
	merged := map[string]any{}
	types := union(parts, "type", typeNames)
	if slices.Equal(types, []string{"object"}) {
		merged = mergedObject(variants)
	}
	switch len(types) {
	case 0:
	case 1:
		merged["type"] = types[0]
	default:
		merged["type"] = types
	}
	if slices.Contains(types, "array") {
		merged["items"] = items(variants, parts)
	}
	if values := union(parts, "enum", rawList); len(values) > 0 {
		merged["enum"] = rawValues(values)
	}
	if text := sideBySide(variants, parts); text != "" {
		merged["description"] = text
	}
	return encode(merged)
}

func mergedObject(variants []variant) map[string]any {
	merged := map[string]any{}
	if json.Unmarshal(mergeObjects(variants), &merged) != nil {
		return map[string]any{}
	}
	return merged
}

// keywords decodes each variant; one that is no object (true, for one) has none.
func keywords(variants []variant) []map[string]json.RawMessage {
	parts := make([]map[string]json.RawMessage, len(variants))
	for i, v := range variants {
		if json.Unmarshal(v.schema, &parts[i]) != nil {
			parts[i] = nil
		}
	}
	return parts
}

// union gathers a keyword's values, sorted. It is empty when a variant does
// without the keyword, for that variant allows anything.
func union(parts []map[string]json.RawMessage, keyword string, list func(json.RawMessage) []string) []string {
	var all []string
	for _, p := range parts {
		values := list(p[keyword])
		if len(values) == 0 {
			return nil
		}
		all = append(all, values...)
	}
	return unique(all)
}

// rawList lists the values of a JSON array, each in its canonical text.
func rawList(value json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(value, &list) != nil {
		return nil
	}
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = string(canonical(v))
	}
	return texts
}

func rawValues(texts []string) []json.RawMessage {
	values := make([]json.RawMessage, len(texts))
	for i, t := range texts {
		values[i] = json.RawMessage(t)
	}
	return values
}

// items merges what arrays hold; a variant that does not say allows anything.
func items(variants []variant, parts []map[string]json.RawMessage) json.RawMessage {
	var held []variant
	for i, p := range parts {
		if !names(p["type"], "array") {
			continue
		}
		if p["items"] == nil || p["prefixItems"] != nil {
			return json.RawMessage(`{}`)
		}
		held = append(held, variant{variants[i].server, p["items"]})
	}
	return permissive(held)
}

// sideBySide joins what the servers say of a property, naming each.
func sideBySide(variants []variant, parts []map[string]json.RawMessage) string {
	var lines []string
	for i, p := range parts {
		var text string
		if json.Unmarshal(p["description"], &text) == nil && text != "" {
			lines = append(lines, fmt.Sprintf("%s: %s", variants[i].server, clean.Head(text, maxPartDescription)))
		}
	}
	return strings.Join(lines, "\n")
}

func unique(texts []string) []string {
	sorted := slices.Clone(texts)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
