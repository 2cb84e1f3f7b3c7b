package find

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"switchboard/llm"
)

// NameStems are the stems by which a tool's name is found; plain is the name
// without its server's. When all of it says little, as "now" does, it is the name
// all the same.
func NameStems(plain string) []string {
	if stems := Terms(plain); len(stems) > 0 {
		return stems
	}
	return Stems(plain)
}

// PlainName takes the server's name off a namespaced name such as files__search.
func PlainName(name, server string) string {
	for _, joint := range []string{"__", "_", "-", "."} {
		if rest, ok := strings.CutPrefix(name, server+joint); ok && server != "" && rest != "" {
			return rest
		}
	}
	if _, rest, ok := strings.Cut(name, "__"); ok && rest != "" {
		return rest
	}
	return name
}

// Of is the document of an offered tool, its outermost parameters included.
func Of(t llm.Tool) Document {
	return Document{
		Name:        NameStems(PlainName(t.Name, t.Server)),
		Server:      t.Server,
		Description: t.Description,
		Parameters:  parametersOf(t.Schema),
	}
}

// parametersOf reads what can be read of a schema's properties, by name.
func parametersOf(schema []byte) []Parameter {
	var s struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if json.Unmarshal(schema, &s) != nil {
		return nil
	}
	var all []Parameter
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := Parameter{Name: name}
		var about struct {
			Description string `json:"description"`
			Enum        []any  `json:"enum"`
		}
		// A field of the wrong type costs itself: the decoder goes on behind it.
		_ = json.Unmarshal(s.Properties[name], &about)
		p.About = about.Description
		for _, c := range about.Enum {
			if word, ok := c.(string); ok {
				p.Choices = append(p.Choices, word)
			}
		}
		all = append(all, p)
	}
	return all
}
