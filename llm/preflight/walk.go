package preflight

import (
	"fmt"
	"slices"

	"switchboard/llm"
)

// A walker goes through a schema and all schemas in it, the outer before the
// inner, and applies the rules to each.
type walker struct {
	rules llm.ToolRules
	whole map[string]any // what references are resolved in
	mend  bool           // change what is wrong

	findings   []Finding
	notes      []string // what the outermost schema no longer says
	properties int
	copied     int // bytes that were put into other places
}

// A place is where in the schema the walker stands.
type place struct {
	path  string
	depth int      // the outermost schema has 0
	open  []string // references that lead here; following one again would not end
}

func (p place) in(name string) place {
	p.depth++
	if p.path != "" {
		p.path += "."
	}
	p.path += name
	return p
}

func (p place) root() bool { return p.depth == 0 }

// A node is one schema, and where it stands.
type node struct {
	s  map[string]any
	at place
	w  *walker
}

// A flaw is what a rule found at a node. A flaw without mend cannot be repaired.
type flaw struct {
	problem, repair string
	mend            func()
}

// A rule finds the first of what it is about at a node; nil when there is nothing.
type rule func(*node) *flaw

// rules in their order: what the later look at, the earlier have put right.
func rules() []rule {
	return []rule{
		malformed, unknownType, tuples, references, rootType, atRoot, allOfs, oneOfs, constants, nullType, typeLists,
		enums, lonelyAnyOf, missingType, ownKeywords, missingProperties, missingItems, unmetRequired, propertyNames,
		formats, refusedKeywords, tooDeep,
	}
}

// mendsPerRule bounds the repairs of one rule at one schema.
const mendsPerRule = 200

// visit applies the rules to what stands at a place and to what is in it. It
// gives back what belongs there.
func (w *walker) visit(v any, at place) any {
	s, ok := v.(map[string]any)
	if !ok {
		if s, ok = w.noObject(v, at); !ok {
			return v
		}
	}
	n := &node{s: s, at: at, w: w}
	for _, r := range rules() {
		w.apply(r, n)
	}
	if properties, ok := s["properties"].(map[string]any); ok {
		w.properties += len(properties)
	}
	for _, c := range children(s) {
		if n.refuses(c.key) {
			continue // it goes, and what is in it
		}
		before := n.turned(c)
		c.put(w.visit(c.schema, n.at.in(c.name)))
		n.loosen(c.key, before)
	}
	return s
}

func (w *walker) apply(r rule, n *node) {
	for range mendsPerRule {
		f := r(n)
		if f == nil {
			return
		}
		if f.mend == nil {
			f.repair = ""
		}
		w.findings = append(w.findings, Finding{Path: n.at.path, Problem: f.problem, Repair: f.repair})
		if !w.mend || f.mend == nil {
			return
		}
		f.mend()
	}
}

// noObject deals with what stands in place of a schema: true and false, which
// some take for one, or what is none. The second result tells that a schema
// takes its place.
func (w *walker) noObject(v any, at place) (map[string]any, bool) {
	b, isBool := v.(bool)
	if isBool && !w.rules.NoBooleans {
		return nil, false
	}
	f := Finding{Path: at.path, Problem: "there is no schema", Repair: "anything is allowed"}
	s := map[string]any{}
	if isBool {
		f.Problem = fmt.Sprintf("%v stands in place of a schema", b)
		if !b {
			f.Repair = "the description says that it must not be given"
			s["description"] = "must not be given"
		}
	}
	w.findings = append(w.findings, f)
	return s, w.mend
}

// A child is a schema within a schema.
type child struct {
	key    string // of the outer schema
	name   string
	schema any
	put    func(any)
}

// The keywords that hold schemas: by name, in a list, or one.
var (
	schemaMaps  = []string{"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"}
	schemaLists = []string{"anyOf", "oneOf", "allOf", "prefixItems"}
	schemaOnes  = []string{
		"items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems",
		"unevaluatedProperties", "additionalItems", "contentSchema",
	}
)

// switches are keywords in which true and false are as common as a schema; those
// who refuse these elsewhere take them here.
var switches = []string{"additionalProperties", "additionalItems", "unevaluatedProperties", "unevaluatedItems"}

// children lists the schemas in a schema, by keyword and name.
func children(s map[string]any) []child {
	var all []child
	for _, key := range sortedKeys(s) {
		switch v := s[key].(type) {
		case map[string]any:
			switch {
			case slices.Contains(schemaMaps, key):
				for _, name := range sortedKeys(v) {
					all = append(all, child{key, key + "." + name, v[name], func(x any) { v[name] = x }})
				}
			case slices.Contains(schemaOnes, key):
				all = append(all, child{key, key, v, func(x any) { s[key] = x }})
			}
		case []any:
			if slices.Contains(schemaLists, key) {
				for i, x := range v {
					all = append(all, child{key, fmt.Sprintf("%s[%d]", key, i), x, func(x any) { v[i] = x }})
				}
			}
		case bool:
			if slices.Contains(schemaOnes, key) && !slices.Contains(switches, key) {
				all = append(all, child{key, key, v, func(x any) { s[key] = x }})
			}
		}
	}
	return all
}

// note keeps in words what the schema no longer says.
func (n *node) note(text string) {
	if text == "" {
		return
	}
	if n.at.root() {
		n.w.notes = appendNew(n.w.notes, text)
		return
	}
	n.s["description"] = withNote(n.s["description"], text)
}
