package catalog

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"switchboard/host/clean"
)

// A Change is one difference between two definitions of a tool.
type Change struct {
	// Parameter is the property of the input schema that it is in; empty for the
	// tool itself.
	Parameter clean.Text
	// Field is what differs: "description", "type", "required", the key of the
	// definition, and "" for a parameter that came or went as a whole.
	Field clean.Text
	Kind  DiffKind
	// Old and New are texts, or JSON of what is no text; empty where there is none.
	Old, New clean.Text
	// Words compares Old and New where both are texts or JSON; nil otherwise.
	Words []Segment
}

// String says the change for a person, on one line.
func (c Change) String() string {
	what := c.Field.Line()
	switch {
	case !c.Parameter.Empty() && c.Field.Empty():
		what = "parameter " + c.Parameter.Line()
	case !c.Parameter.Empty():
		what = c.Field.Line() + " of parameter " + c.Parameter.Line()
	}
	switch c.Kind {
	case Added:
		return fmt.Sprintf("%s added: %s", what, c.New)
	case Removed:
		return fmt.Sprintf("%s removed: %s", what, c.Old)
	}
	return fmt.Sprintf("%s changed from %s to %s", what, orNothing(c.Old), orNothing(c.New))
}

func orNothing(t clean.Text) string {
	if t.Empty() {
		return "nothing"
	}
	return t.Line()
}

// Diff lists what differs between two definitions of a tool, the tool's own fields
// first and then its parameters, each by name. It is empty exactly when the hashes
// are equal.
func Diff(before, after Tool) []Change {
	old, now := before.definition(), after.definition()
	var changes []Change
	for _, key := range keysOf(old, now) {
		switch key {
		case "inputSchema":
		case "annotations":
			changes = append(changes, members("", "annotation ", "annotations", old[key], now[key])...)
		default:
			changes = append(changes, change("", key, old[key], now[key])...)
		}
	}
	return append(changes, diffSchemas(old["inputSchema"], now["inputSchema"])...)
}

// diffSchemas compares input schemas: first what is no parameter, then parameter
// by parameter.
func diffSchemas(old, now json.RawMessage) []Change {
	a, aErr := parseSchema(old)
	b, bErr := parseSchema(now)
	if aErr != nil || bErr != nil || old == nil || now == nil {
		return change("", "input schema", old, now)
	}
	before, after := tableOf(old), tableOf(now)
	for _, key := range []string{"properties", "required"} {
		if isTable(before[key], key) && isTable(after[key], key) {
			delete(before, key)
			delete(after, key)
		}
	}
	changes := diffTables("", "input schema: ", before, after)
	for _, name := range unique(slices.Concat(keysOf(a.properties, b.properties), a.required, b.required)) {
		changes = append(changes, diffParameter(name, a, b)...)
	}
	if len(changes) == 0 { // what no parameter shows, such as the order of required
		changes = change("", "input schema", old, now)
	}
	return changes
}

// isTable tells whether what Diff compares parameter by parameter can be.
func isTable(value json.RawMessage, key string) bool {
	if key == "properties" {
		return value == nil || tableOf(value) != nil
	}
	var names []string
	return value == nil || json.Unmarshal(value, &names) == nil
}

// diffParameter compares one property of two schemas.
func diffParameter(name string, a, b objectSchema) []Change {
	old, now := a.properties[name], b.properties[name]
	was, is := slices.Contains(a.required, name), slices.Contains(b.required, name)
	if (old == nil) != (now == nil) {
		c := Change{Parameter: clean.Foreign(name), Kind: Added, New: clean.Foreign(sketch(now, is))}
		if now == nil {
			c.Kind, c.Old, c.New = Removed, clean.Foreign(sketch(old, was)), clean.Text{}
		}
		return []Change{c}
	}
	var changes []Change
	if was != is {
		changes = append(changes, Change{
			Parameter: clean.Foreign(name), Field: clean.Foreign("required"), Kind: Changed,
			Old: clean.Foreign(fmt.Sprint(was)), New: clean.Foreign(fmt.Sprint(is)),
		})
	}
	return append(changes, members(name, "", "schema", old, now)...)
}

// members compares two JSON objects member by member, anything else as a whole.
func members(parameter, prefix, whole string, old, now json.RawMessage) []Change {
	a, b := tableOf(old), tableOf(now)
	if old != nil && a == nil || now != nil && b == nil {
		return change(parameter, whole, old, now)
	}
	changes := diffTables(parameter, prefix, a, b)
	if len(changes) == 0 && string(canonical(old)) != string(canonical(now)) {
		return change(parameter, whole, old, now) // absent here, empty there
	}
	return changes
}

func diffTables(parameter, prefix string, a, b map[string]json.RawMessage) []Change {
	var changes []Change
	for _, key := range keysOf(a, b) {
		changes = append(changes, change(parameter, prefix+key, a[key], b[key])...)
	}
	return changes
}

// change compares two values; it is empty when they are the same.
func change(parameter, field string, old, now json.RawMessage) []Change {
	if (old == nil) == (now == nil) && string(canonical(old)) == string(canonical(now)) {
		return nil
	}
	c := Change{Parameter: clean.Foreign(parameter), Field: clean.Foreign(field), Kind: Changed, Old: plain(old), New: plain(now)}
	switch {
	case old == nil:
		c.Kind = Added
	case now == nil:
		c.Kind = Removed
	default:
		c.Words = Words(c.Old, c.New)
	}
	return []Change{c}
}

// plain is a JSON string's text, or the JSON of anything else.
func plain(value json.RawMessage) clean.Text {
	var text string
	if json.Unmarshal(value, &text) == nil && string(value) != "null" {
		return clean.Foreign(text)
	}
	return clean.Foreign(string(canonical(value)))
}

// tableOf is a JSON object's members; nil for anything else.
func tableOf(value json.RawMessage) map[string]json.RawMessage {
	var table map[string]json.RawMessage
	if json.Unmarshal(value, &table) != nil {
		return nil
	}
	return table
}

// keysOf lists the keys of both tables, sorted.
func keysOf(a, b map[string]json.RawMessage) []string {
	return unique(slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b)))
}
