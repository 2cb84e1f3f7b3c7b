package config

import (
	"maps"
	"math"
	"strings"
)

// A modelSection is the section "model" of one file.
type modelSection struct {
	at      Position
	problem *Problem
	fields  map[string]modelField // by the names of modelKeys
}

// A modelField sets one field of a [Model].
type modelField struct {
	missing []string
	set     func(*Model)
}

// modelSpellings are other ways to write the keys.
var modelSpellings = map[string]string{
	"model": "name", "base_url": "baseUrl", "baseURL": "baseUrl", "api_key": "apiKey", "max_output": "maxOutput",
}

func (r *reader) modelSection(m member) *modelSection {
	s := &modelSection{at: r.position(m.nameAt), fields: map[string]modelField{}}
	if s.problem = r.slipIn(m.v); s.problem != nil {
		return s
	}
	hint := ""
	if m.v.Value.Kind() == '"' {
		hint = `write {"name": "..."}`
	}
	before := len(r.problems)
	for _, field := range m.membersOr("an object", hint) {
		s.read(field)
	}
	s.problem = endpointFault(m, r.problems[before:])
	return s
}

// endpointFault gives the first fault that leaves the endpoint uncertain: one of
// baseUrl or of the section as a whole.
func endpointFault(m member, problems []Problem) *Problem {
	for _, p := range problems {
		name := modelKey(strings.TrimPrefix(p.Key, m.key+"."))
		if !p.Warning && (p.Key == m.key || name == "baseUrl" || meansEndpoint(name)) {
			return &p
		}
	}
	return nil
}

// modelKey gives a key in our spelling.
func modelKey(name string) string {
	if ours, ok := modelSpellings[name]; ok {
		return ours
	}
	return name
}

// meansEndpoint tells whether an unknown key is baseUrl by another name. To pass
// over it would send the key to the wrong endpoint.
func meansEndpoint(name string) bool {
	return foreignEndpoints[name] || nearest(name, modelKeys) == "baseUrl"
}

func (s *modelSection) read(m member) {
	name := modelKey(m.name)
	if _, twice := s.fields[name]; twice {
		m.faultName(`"`+name+`" appears twice, in two spellings; the first one is used`, "remove one of the two")
		return
	}
	if field, ok := readModelField(name, m); ok {
		s.fields[name] = field
	}
}

// readModelField reads the field called name; ok is false when there is nothing
// to set.
func readModelField(name string, m member) (f modelField, ok bool) {
	switch name {
	case "name":
		var s string
		s, ok = m.word("a model's name")
		f.set = func(model *Model) { model.Name = s }
	case "baseUrl":
		s := readURL(m.node, &f.missing)
		f.set, ok = func(model *Model) { model.BaseURL = s }, true
	case "apiKey":
		var s string
		s, ok = readHeader(m.node, &f.missing)
		f.set = func(model *Model) { model.APIKey = s }
	case "headers":
		h := readHeaders(m, &f.missing)
		f.set, ok = func(model *Model) { model.Headers = h }, true
	case "temperature":
		var t float64
		t, ok = m.between("a number from 0 to 2", 0, 2)
		f.set = func(model *Model) { model.Temperature = &t }
	case "effort":
		var s string
		s, ok = m.word(`a word such as "low"`)
		f.set = func(model *Model) { model.Effort = s }
	case "maxOutput":
		var n float64
		n, ok = m.between("a whole number of tokens", 1, math.MaxInt32)
		f.set = func(model *Model) { model.MaxOutput = int(n) }
		if ok && n != math.Trunc(n) {
			m.fault("expected a whole number of tokens, found "+m.literal(), "")
			ok = false
		}
	default:
		if meansEndpoint(name) {
			m.faultName("unknown key", `did you mean "baseUrl"?`)
			break
		}
		m.unknown(modelKeys, nil)
	}
	return f, ok
}

// word gives a text that is not empty.
func (n node) word(want string) (string, bool) {
	s, ok := n.text()
	if !ok {
		return "", false
	}
	if s = n.trimmed(s); s == "" {
		n.fault("expected "+want+", found an empty string", "leave the key out")
		return "", false
	}
	return s, true
}

// between gives a number within bounds.
func (n node) between(want string, low, high float64) (float64, bool) {
	f, ok := n.number(want)
	if ok && (f < low || f > high) {
		n.fault("expected "+want+", found "+n.literal(), "")
		return 0, false
	}
	return f, ok
}

// mergeModels lays the sections over each other, as the package comment says.
func mergeModels(sections []modelSection) Model {
	var model Model
	fields := map[string]modelField{}
	for _, s := range sections {
		model.Source = s.at
		if s.problem != nil {
			model.Problem = s.problem
		}
		if _, own := s.fields["baseUrl"]; own {
			delete(fields, "apiKey")
			delete(fields, "headers")
		}
		maps.Copy(fields, s.fields)
	}
	if model.Problem != nil {
		return model
	}
	var missing []string
	for _, name := range modelKeys {
		if f, ok := fields[name]; ok {
			f.set(&model)
			missing = append(missing, f.missing...)
		}
	}
	model.Missing = distinct(missing)
	return model
}

// distinct leaves out what was there before.
func distinct(names []string) []string {
	seen := map[string]bool{}
	var kept []string
	for _, name := range names {
		if !seen[name] {
			seen[name] = true
			kept = append(kept, name)
		}
	}
	return kept
}
