// Package schema checks the arguments of a tool call against the tool's own JSON
// Schema (drafts 7 and 2020-12) and says in words what is wrong with them. A schema
// comes from a stranger: what makes no sense in it forbids nothing, it is never
// fetched from anywhere, and neither it nor the arguments can make the check run
// long.
package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"switchboard/host/clean"
)

// The bounds of a schema and of a check.
const (
	// MaxSize is the largest schema that is used, in bytes.
	MaxSize = 1 << 20
	// MaxFaults is how many faults a check lists at most.
	MaxFaults = 20

	maxDepth = 64      // of a schema's own nesting
	maxSteps = 100_000 // of a check: a fraction of a second
	maxNest  = 512     // of schemas within schemas while checking
	longText = 64      // bytes of text that cost as much as a step
)

// A Fault is one thing that is wrong with arguments. Both texts are safe to show.
type Fault struct {
	// Path leads to the value, such as labels[2].name; empty for the arguments as
	// a whole.
	Path string
	// Message continues a sentence about the value: "must be a string, not null".
	Message string
}

// String is path and message on one line.
func (f Fault) String() string {
	if f.Path == "" {
		return "the arguments: " + f.Message
	}
	return f.Path + ": " + f.Message
}

// Sentence is all faults in one line, for an error message.
func Sentence(faults []Fault) string {
	said := make([]string, len(faults))
	for i, f := range faults {
		said[i] = f.String()
	}
	return strings.Join(said, "; ")
}

// A Schema is ready to check arguments. It never changes and may be used by many
// at once.
type Schema struct {
	root  any // tidied
	rules rules
	judge *jsonschema.Resolved
}

// Compile prepares a tool's input schema. The error, a clause about the schema,
// means that nothing can be checked with it; the tool may be called all the same.
func Compile(raw json.RawMessage) (s *Schema, err error) {
	defer func() {
		if fault := recover(); fault != nil { // the library asserts what a stranger's schema may break
			s, err = nil, errors.New("it makes no sense to the checker")
		}
	}()
	if len(raw) > MaxSize {
		return nil, fmt.Errorf("it is larger than %d KiB", MaxSize>>10)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, errors.New("it is not valid JSON")
	}
	s = &Schema{rules: newRules(v)}
	if s.root, err = s.rules.tidy(v, 0); err != nil {
		return nil, err
	}
	if err := s.checkRefs(s.root); err != nil {
		return nil, err
	}
	s.judge, err = judgeOf(s.root)
	return s, err
}

// judgeOf has the library read the tidied schema.
func judgeOf(root any) (*jsonschema.Resolved, error) {
	text, err := json.Marshal(root)
	if err != nil {
		return nil, err
	}
	var parsed jsonschema.Schema
	if err := json.Unmarshal(text, &parsed); err != nil {
		return nil, errors.New("the checker cannot read it: " + said(err))
	}
	judge, err := parsed.Resolve(nil)
	if err != nil {
		return nil, errors.New("the checker cannot use it: " + said(err))
	}
	return judge, nil
}

// Validate tells what is wrong with the arguments, a JSON object; none when they
// are as the schema wants them, or when that is too much to find out.
func (s *Schema) Validate(args json.RawMessage) (faults []Fault) {
	defer func() {
		if recover() != nil {
			faults = nil
		}
	}()
	var v any
	if err := json.Unmarshal(args, &v); err != nil {
		return []Fault{{Message: "are not valid JSON"}}
	}
	// The walk goes wherever the judge may go, so its budget bounds both; it knows
	// the words, the judge has the last one.
	w := walker{schema: s, steps: maxSteps}
	found := w.check(s.root, v, "", 0)
	if w.over {
		return nil
	}
	err := s.judge.Validate(v)
	if err == nil {
		return nil
	}
	if len(found) == 0 {
		return []Fault{{Message: said(err)}}
	}
	return publish(found)
}

// publish drops what is said twice and what is too much.
func publish(found []fault) []Fault {
	var faults []Fault
	seen := map[Fault]bool{}
	for _, f := range found {
		if !seen[f.Fault] && len(faults) < MaxFaults {
			seen[f.Fault] = true
			faults = append(faults, f.Fault)
		}
	}
	return faults
}

// said is the last clause of an error of the library, whose first ones are
// pointers into the schema.
func said(err error) string {
	text := err.Error()
	for strings.HasPrefix(text, "validating ") {
		_, rest, found := strings.Cut(text, ": ")
		if !found {
			break
		}
		text = rest
	}
	return short(clean.Line(text), 200)
}
