package config

import (
	"maps"
	"slices"
)

// mergeModel lays the sections "model" over each other, as the package comment says.
// A name of an entry takes the place of all before it. The problem is one that no
// single file shows.
func mergeModel(sections []modelSection, entries map[string]modelSection) (Model, *Problem) {
	var model Model
	var lost *Problem
	fields := map[string]modelField{}
	for _, s := range sections {
		if s.use != "" {
			model.Entry, fields = s.use, map[string]modelField{}
			s, lost = s.named(entries)
		} else if len(s.fields) > 0 {
			model.Entry = "" // with other fields it is another model
		}
		model.Source = s.at
		if s.problem != nil {
			model.Problem = s.problem
		}
		s.layOver(fields)
	}
	if model.Problem != nil {
		return Model{Source: model.Source, Problem: model.Problem}, lost
	}
	model.fill(fields)
	return model, lost
}

// named is the entry of "models" that the section names, at the section's place; a
// section at fault where there is none.
func (s modelSection) named(entries map[string]modelSection) (entry modelSection, lost *Problem) {
	entry, known := entries[s.use]
	entry.at = s.at
	if known {
		return entry, nil
	}
	p := Problem{
		At: s.usedAt, Key: "model",
		Message: `no entry of "models" is called ` + quoted(s.use),
		Hint:    didYouMean(s.use, slices.Sorted(maps.Keys(entries))),
	}
	if p.Hint == "" {
		p.Hint = `write {"name": "..."} for a model that is none`
	}
	entry.problem = &p
	return entry, &p
}

// layOver puts the section's fields over those of earlier ones. A secret stays with
// the endpoint that it was written for.
func (s modelSection) layOver(fields map[string]modelField) {
	if _, own := s.fields["baseUrl"]; own {
		delete(fields, "apiKey")
		delete(fields, "headers")
	}
	maps.Copy(fields, s.fields)
}

// fill sets the fields, in the order of their keys.
func (m *Model) fill(fields map[string]modelField) {
	var missing []string
	for _, name := range modelKeys {
		if f, ok := fields[name]; ok {
			f.set(m)
			missing = append(missing, f.missing...)
		}
	}
	m.Missing = distinct(missing)
}

// model is an entry of "models" on its own.
func (s modelSection) model(name string) Model {
	m := Model{Entry: name, Source: s.at, Problem: s.problem}
	if s.problem == nil {
		m.fill(s.fields)
	}
	return m
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
