package schema

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// draft7 is how the library wants that draft to be named.
const draft7 = "http://json-schema.org/draft-07/schema#"

// rules are what a schema's own words amount to.
type rules struct {
	draft7   bool
	patterns map[string]*regexp.Regexp
}

// newRules looks at which draft a schema is written for. Those before 7 differ in
// nothing that is checked here; anything else counts as the newest.
func newRules(root any) rules {
	r := rules{patterns: map[string]*regexp.Regexp{}}
	if object, ok := root.(map[string]any); ok {
		named, _ := object["$schema"].(string)
		r.draft7 = slices.ContainsFunc([]string{"draft-07", "draft-06", "draft-04", "draft-03"},
			func(draft string) bool { return strings.Contains(named, draft) })
	}
	return r
}

// tidy copies a schema with what can be checked and makes sense, and nothing else:
// no descriptions, no names to refer to from elsewhere, no value of a wrong type.
func (r rules) tidy(v any, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("it is nested more than %d deep", maxDepth)
	}
	if _, ok := v.(bool); ok && depth > 0 {
		return v, nil
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("it, or a part of it, is no object")
	}
	out := map[string]any{}
	if depth == 0 && r.draft7 {
		out["$schema"] = draft7
	}
	for key, value := range object {
		kept, err := r.keyword(key, value, depth)
		if err != nil {
			return nil, err
		}
		if kept != nil {
			out[key] = kept
		}
	}
	r.settle(object, out)
	return out, nil
}

// keyword gives what is kept of a keyword's value; nil for nothing.
func (r rules) keyword(key string, value any, depth int) (any, error) {
	switch holds[key] {
	case aSchema:
		if list, ok := value.([]any); ok && key == "items" {
			return r.list(list, depth)
		}
		return r.part(value, depth)
	case someSchemas:
		list, ok := value.([]any)
		if !ok || len(list) == 0 {
			return nil, nil
		}
		return r.list(list, depth)
	case namedSchemas:
		return r.named(key, value, depth)
	}
	if fits, known := plain[key]; known && fits(value) {
		return value, nil
	}
	if key == "$dynamicRef" || key == "$recursiveRef" {
		return nil, errors.New("it uses " + key)
	}
	return nil, nil
}

// part is a schema within a schema; what is none at all forbids nothing.
func (r rules) part(value any, depth int) (any, error) {
	switch value.(type) {
	case bool, map[string]any:
		return r.tidy(value, depth+1)
	}
	return nil, nil
}

func (r rules) list(values []any, depth int) (any, error) {
	out := make([]any, len(values))
	for i, value := range values {
		part, err := r.part(value, depth)
		if err != nil {
			return nil, err
		}
		if out[i] = part; part == nil {
			out[i] = true
		}
	}
	return out, nil
}

func (r rules) named(key string, value any, depth int) (any, error) {
	object, ok := value.(map[string]any)
	if !ok {
		return nil, nil
	}
	out := map[string]any{}
	for name, value := range object {
		if key == "patternProperties" && !r.compiles(name) {
			continue
		}
		if strings := texts(value); key == "dependencies" && strings {
			out[name] = value
			continue
		}
		part, err := r.part(value, depth)
		if err != nil {
			return nil, err
		}
		if out[name] = part; part == nil {
			out[name] = true
		}
	}
	return out, nil
}

// settle deals with keywords that depend on each other.
func (r rules) settle(from, to map[string]any) {
	if p, ok := to["pattern"].(string); ok && !r.compiles(p) {
		delete(to, "pattern")
	}
	given, _ := from["patternProperties"].(map[string]any)
	kept, _ := to["patternProperties"].(map[string]any)
	if len(given) > len(kept) { // what a dropped pattern would have let through
		delete(to, "additionalProperties")
	}
	if list, ok := to["items"].([]any); ok && !r.draft7 {
		delete(to, "items")
		to["prefixItems"] = list
		if rest, ok := to["additionalItems"]; ok {
			to["items"] = rest
		}
	}
	if nullable, _ := from["nullable"].(bool); nullable {
		if kind, ok := to["type"].(string); ok && kind != "null" {
			to["type"] = []any{kind, "null"}
		}
	}
}

// compiles tells whether Go knows a pattern; it leaves out look-around, whose cost
// has no bound.
func (r rules) compiles(pattern string) bool {
	if _, known := r.patterns[pattern]; known {
		return true
	}
	compiled, err := regexp.Compile(pattern)
	if err == nil {
		r.patterns[pattern] = compiled
	}
	return err == nil
}
