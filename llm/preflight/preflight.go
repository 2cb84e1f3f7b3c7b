// Package preflight finds what a provider would refuse in a tool, and mends it on
// a copy, so that one tool of one server does not cost every request. It is pure:
// what the server sent stays as it is, for whoever validates against it.
package preflight

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"switchboard/llm"
)

// A Finding is one thing that a provider would refuse.
type Finding struct {
	Path    string // where, such as "properties.when.items"; "" for the tool or the whole schema
	Problem string // what, as a clause
	Repair  string // what is done about it on a copy; "" when nothing can be
}

// String is the finding on one line. Its parts may hold foreign text.
func (f Finding) String() string {
	s := f.Problem
	if f.Path != "" {
		s = f.Path + ": " + s
	}
	if f.Repair != "" {
		s += " (" + f.Repair + ")"
	}
	return s
}

// maxPasses bounds how often a schema is gone through: one repair can make
// another one necessary.
const maxPasses = 6

// Check finds what a provider with these rules would refuse in a tool: its name,
// its description and its schema.
func Check(t llm.Tool, rules llm.ToolRules) []Finding {
	if rules == (llm.ToolRules{}) {
		return nil
	}
	return slices.Concat(lintName(t.Name, rules), lintDescription(t.Description, rules), Lint(t.Schema, rules))
}

// Lint finds what a provider with these rules would refuse in a tool's schema.
// No finding means that it would be taken.
func Lint(schema []byte, rules llm.ToolRules) []Finding {
	if rules == (llm.ToolRules{}) {
		return nil
	}
	if limit := rules.MaxSchema; limit > 0 && len(schema) > limit {
		return []Finding{{Problem: fmt.Sprintf("its schema has %d bytes; %d are taken", len(schema), limit)}}
	}
	root, err := decode(schema)
	if err != nil {
		return []Finding{{Problem: err.Error()}}
	}
	var findings []Finding
	if root == nil {
		root = map[string]any{}
		findings = []Finding{{Problem: "there is no schema", Repair: "a schema without arguments"}}
	}
	if brokenText(schema) {
		findings = append(findings, Finding{Problem: "its text is not Unicode", Repair: "broken characters replaced"})
	}
	w := walker{rules: rules, whole: root}
	w.visit(root, place{})
	findings = append(findings, w.findings...)
	if limit := rules.MaxProperties; limit > 0 && w.properties > limit {
		findings = append(findings, Finding{Problem: fmt.Sprintf("its schema has %d properties; %d are taken", w.properties, limit)})
	}
	return findings
}

// Fit gives a tool that a provider with these rules takes, and says what was
// changed for that. What is given is never changed itself. The error tells in
// words why the tool has to be set aside.
//
// A fitted schema allows whatever the raw one allows, except that
//
//   - a list with a schema for each place has items of any of these, at any place;
//   - arguments that only one of several alternatives for all of them knows have
//     that alternative's schema;
//   - a schema that names no type, where a type is needed, has the type that its
//     other keywords are about, or one of several without null;
//   - an optional property whose name is refused is left out.
//
// It often allows more; what it no longer says stands in descriptions.
func Fit(t llm.Tool, rules llm.ToolRules) (fitted llm.Tool, repairs []string, err error) {
	if rules == (llm.ToolRules{}) {
		return t, nil, nil
	}
	if name := lintName(t.Name, rules); len(name) > 0 {
		return t, nil, errors.New(name[0].String())
	}
	schema, notes, repairs, err := fitSchema(t.Schema, rules)
	if err != nil {
		return t, nil, err
	}
	t.Schema = schema
	t.Description, repairs = fitDescription(t.Description, notes, repairs, rules)
	return t, repairs, nil
}

// fitSchema mends a schema until nothing is found in it. Bytes in which nothing
// was found are left as they came. Notes are for the tool's description.
func fitSchema(schema []byte, rules llm.ToolRules) (fitted []byte, notes, repairs []string, err error) {
	for range maxPasses {
		findings := Lint(schema, rules)
		if len(findings) == 0 {
			return schema, notes, repairs, nil
		}
		if i := slices.IndexFunc(findings, func(f Finding) bool { return f.Repair == "" }); i >= 0 {
			return nil, nil, nil, errors.New(findings[i].String())
		}
		root, err := decode(schema)
		if err != nil {
			return nil, nil, nil, err
		}
		if root == nil {
			root = map[string]any{}
		}
		w := walker{rules: rules, whole: clone(root), mend: true}
		w.visit(root, place{})
		notes = appendNew(notes, w.notes...)
		for _, f := range slices.Concat(findings, w.findings) {
			repairs = appendNew(repairs, f.String())
		}
		schema = encode(root)
	}
	return nil, nil, nil, fmt.Errorf("it is not accepted after %d repairs: %s", maxPasses, Lint(schema, rules)[0])
}

// appendNew appends what is not in the list yet.
func appendNew(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// fitDescription adds the notes and cuts what is too long, the notes last.
func fitDescription(text string, notes, repairs []string, rules llm.ToolRules) (string, []string) {
	valid := strings.ToValidUTF8(text, "�")
	if valid != text {
		repairs = append(repairs, "description: broken characters replaced")
	}
	tail := ""
	for _, n := range notes {
		if !strings.Contains(valid, n) {
			tail += "\n" + n
		}
	}
	limit := rules.MaxDescription
	if limit > 0 && len(valid)+len(tail) > limit {
		tail = head(tail, limit/2)
		valid = head(valid, limit-len(tail))
		repairs = append(repairs, fmt.Sprintf("description: cut to %d bytes", limit))
	}
	return valid + tail, repairs
}
