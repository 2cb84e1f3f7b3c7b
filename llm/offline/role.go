package offline

import (
	"slices"
	"strings"

	"switchboard/llm/find"
)

// A role is what a parameter is for, guessed from its name and description. It
// decides which words of a message can be its value.
type role int

const (
	anything role = iota
	filePath
	filePattern
	address // of the web
	formula
	timeZone
	calendarDate
	timeOfDay
	place
	search
	prose
	title
	identifier
	unit
	owner
	repository
	sort // what sort of thing
)

// roleNames maps the last word of a parameter's name to its role.
var roleNames = rolesOf(map[role]string{
	filePath:     "path paths file files filename filepath dir directory folder source destination",
	filePattern:  "pattern patterns glob",
	address:      "url uri link data",
	formula:      "expression expr formula calculation",
	timeZone:     "timezone zone tz",
	calendarDate: "date",
	timeOfDay:    "time",
	place:        "city location place country town",
	search:       "query q term terms search keyword keywords topic subject",
	prose:        "text body content contents message note comment prompt",
	title:        "title name label branch",
	identifier:   "id number key index",
	unit:         "unit units",
	owner:        "owner",
	repository:   "repo repository",
	sort:         "type",
})

func rolesOf(table map[role]string) map[string]role {
	out := map[string]role{}
	for r, names := range table {
		for _, n := range strings.Fields(names) {
			out[n] = r
		}
	}
	return out
}

// endpoints are names of parameters that come in pairs; what they are the ends of
// stands in the description.
var endpoints = setOf("from to start end source destination target first second a b")

func (p param) role() role {
	ws := find.Words(p.name)
	if len(ws) == 0 {
		return anything
	}
	last := ws[len(ws)-1]
	if slices.Contains(ws, "timezone") || slices.Contains(ws, "zone") {
		return timeZone
	}
	about := strings.ToLower(p.about)
	if endpoints[last] {
		switch {
		case strings.Contains(about, "zone"):
			return timeZone
		case strings.Contains(about, "date"):
			return calendarDate
		case slices.Contains(ws, "unit"):
			return unit
		}
	}
	if slices.Contains(ws, "unit") {
		return unit
	}
	return roleNames[last]
}

func (p param) takesPath() bool { return p.role() == filePath }

// takesRepository tells whether the tool wants an owner and a repository.
func (t *tool) takesRepository() bool {
	has := func(r role) bool {
		return slices.ContainsFunc(t.params, func(p param) bool { return p.required && p.role() == r })
	}
	return has(owner) && has(repository)
}
