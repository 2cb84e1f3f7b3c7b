package config

import (
	"math"
	"strings"
)

// A modelSection is the section "model" of one file, or an entry of "models".
type modelSection struct {
	at      Position
	problem *Problem
	fields  map[string]modelField // by the names of modelKeys
	// use is the name of an entry of "models" that stands in place of fields; usedAt
	// is where it is written.
	use    string
	usedAt Position
}

// A modelField sets one field of a [Model].
type modelField struct {
	missing []string
	set     func(*Model)
}

// modelSpellings are other ways to write the keys.
var modelSpellings = map[string]string{
	"model": "name", "base_url": "baseUrl", "baseURL": "baseUrl", "api_key": "apiKey", "max_output": "maxOutput",
	"extra_body": "extraBody", "contextWindow": "window", "context_window": "window",
}

// modelSection reads the section "model": fields, or the name of an entry.
func (r *reader) modelSection(m member) *modelSection {
	if m.v.Value.Kind() != '"' {
		return r.modelEntry(m)
	}
	s := &modelSection{at: r.position(m.nameAt), usedAt: r.position(m.v.StartOffset)}
	if s.problem = r.slipIn(m.v); s.problem != nil {
		return s
	}
	before := len(r.problems)
	s.use, _ = m.word(`the name of an entry of "models"`)
	s.problem = r.firstFault(before)
	return s
}

// modelEntry reads the fields that say which model to ask, and how.
func (r *reader) modelEntry(m member) *modelSection {
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
		var n int
		n, ok = m.tokens()
		f.set = func(model *Model) { model.MaxOutput = n }
	case "window":
		var n int
		n, ok = m.tokens()
		f.set = func(model *Model) { model.Window = n }
	case "vision":
		var sees bool
		sees, ok = m.flag()
		f.set = func(model *Model) { model.Vision = &sees }
	case "extraBody":
		extra := readExtraBody(m)
		f.set, ok = func(model *Model) { model.ExtraBody = extra }, extra != nil
	default:
		if meansEndpoint(name) {
			m.faultName("unknown key", `did you mean "baseUrl"?`)
			break
		}
		m.unknown(modelKeys, nil)
	}
	return f, ok
}

// tokens gives a whole number of tokens, one at least.
func (n node) tokens() (int, bool) {
	const want = "a whole number of tokens"
	f, ok := n.between(want, 1, math.MaxInt32)
	if ok && f != math.Trunc(f) {
		n.fault("expected "+want+", found "+n.literal(), "")
		return 0, false
	}
	return int(f), ok
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
