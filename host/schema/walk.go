package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// A fault is a [Fault] while it is being found.
type fault struct {
	Fault
	want string // what a wrong type should have been; "" for any other fault
}

// A walker goes through a value and its schema side by side.
type walker struct {
	schema *Schema
	steps  int  // that are left
	over   bool // none were, or the nesting was too deep
}

// check tells what is wrong with v. It evaluates every part that applies, also
// where the first fault would decide: a person wants to hear them all.
func (w *walker) check(schema, v any, path string, depth int) []fault {
	if w.charge(1); w.over || depth > maxNest {
		w.over = true
		return nil
	}
	if allowed, ok := schema.(bool); ok {
		if !allowed {
			return one(path, "is not allowed here")
		}
		return nil
	}
	s := schema.(map[string]any)
	var faults []fault
	if ref, ok := s["$ref"].(string); ok {
		target, _ := w.schema.resolve(ref) // Compile has tried it
		faults = w.check(target, v, path, depth+1)
		if w.schema.rules.draft7 {
			return faults // that draft ignores what stands beside a reference
		}
	}
	own := w.plain(s, v, path)
	faults = append(faults, own...)
	switch v := v.(type) {
	case map[string]any:
		faults = append(faults, w.object(s, v, path, depth)...)
	case []any:
		faults = append(faults, w.array(s, v, path, depth)...)
	}
	return append(faults, w.combined(s, v, path, depth)...)
}

// charge takes steps off the budget.
func (w *walker) charge(steps int) {
	w.steps -= steps
	w.over = w.over || w.steps < 0
}

func one(path, message string) []fault { return []fault{{Fault: Fault{path, message}}} }

func (w *walker) object(s, v map[string]any, path string, depth int) []fault {
	faults := missing(listed(s["required"]), v, path)
	for _, name := range slices.Sorted(maps.Keys(v)) {
		faults = append(faults, w.property(s, name, v[name], path, depth)...)
	}
	if n, ok := s["minProperties"].(float64); ok && float64(len(v)) < n {
		faults = append(faults, one(path, fmt.Sprintf("needs at least %s", count(n, "member")))...)
	}
	if n, ok := s["maxProperties"].(float64); ok && float64(len(v)) > n {
		faults = append(faults, one(path, fmt.Sprintf("may have at most %s", count(n, "member")))...)
	}
	return append(faults, w.dependents(s, v, path, depth)...)
}

// property checks one member by all the keywords that speak of it.
func (w *walker) property(s map[string]any, name string, v any, path string, depth int) []fault {
	at := child(path, name)
	var faults []fault
	properties, _ := s["properties"].(map[string]any)
	own, known := properties[name]
	if known {
		faults = w.check(own, v, at, depth+1)
	}
	patterns, _ := s["patternProperties"].(map[string]any)
	w.charge(len(patterns) * (1 + len(name)/longText))
	for _, pattern := range slices.Sorted(maps.Keys(patterns)) {
		if w.schema.rules.patterns[pattern].MatchString(name) {
			known = true
			faults = append(faults, w.check(patterns[pattern], v, at, depth+1)...)
		}
	}
	if rest, bound := s["additionalProperties"]; bound && !known {
		if rest == false {
			w.charge(len(properties) / 4)
			return one(at, unknown(name, properties))
		}
		faults = append(faults, w.check(rest, v, at, depth+1)...)
	}
	if names, ok := s["propertyNames"]; ok && len(w.check(names, name, at, depth+1)) > 0 {
		faults = append(faults, one(at, "is no possible name here")...)
	}
	if rest, ok := s["unevaluatedProperties"]; ok {
		w.check(rest, v, at, depth+1) // counts its steps; whether it applies only the judge knows
	}
	return faults
}

// dependents are members that ask for more when they are there.
func (w *walker) dependents(s, v map[string]any, path string, depth int) []fault {
	var faults []fault
	for _, key := range []string{"dependencies", "dependentRequired", "dependentSchemas"} {
		if (key == "dependencies") != w.schema.rules.draft7 {
			continue
		}
		asks, _ := s[key].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(asks)) {
			if _, there := v[name]; !there {
				continue
			}
			if names, ok := asks[name].([]any); ok {
				faults = append(faults, missing(listed(names), v, path)...)
			} else {
				faults = append(faults, w.check(asks[name], v, path, depth+1)...)
			}
		}
	}
	return faults
}

func missing(names []string, v map[string]any, path string) []fault {
	var faults []fault
	for _, name := range names {
		if _, there := v[name]; !there {
			faults = append(faults, one(child(path, name), "is missing")...)
		}
	}
	return faults
}

func (w *walker) array(s map[string]any, v []any, path string, depth int) []fault {
	var faults []fault
	fixed, _ := s["prefixItems"].([]any)
	rest, bound := s["items"]
	if list, ok := rest.([]any); ok {
		fixed = list
		rest, bound = s["additionalItems"]
	}
	for i, item := range v {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case i < len(fixed):
			faults = append(faults, w.check(fixed[i], item, at, depth+1)...)
		case bound:
			faults = append(faults, w.check(rest, item, at, depth+1)...)
		}
		for _, key := range []string{"contains", "unevaluatedItems"} {
			if part, ok := s[key]; ok {
				w.check(part, item, at, depth+1) // counts its steps; what follows only the judge knows
			}
		}
	}
	if s["uniqueItems"] == true && repeats(v) {
		faults = append(faults, one(path, "must not have the same item twice")...)
	}
	if n, ok := s["minItems"].(float64); ok && float64(len(v)) < n {
		faults = append(faults, one(path, fmt.Sprintf("needs at least %s, not %d", count(n, "item"), len(v)))...)
	}
	if n, ok := s["maxItems"].(float64); ok && float64(len(v)) > n {
		faults = append(faults, one(path, fmt.Sprintf("may have at most %s, not %d", count(n, "item"), len(v)))...)
	}
	return faults
}

// repeats tells whether two items are the same.
func repeats(items []any) bool {
	seen := map[string]bool{}
	for _, item := range items {
		text, err := json.Marshal(item) // sorts the members of objects
		if err != nil || seen[string(text)] {
			return err == nil
		}
		seen[string(text)] = true
	}
	return false
}
