package offline

import (
	"strings"

	"switchboard/llm"
	"switchboard/llm/find"
)

// A tool is an offered tool with what can be read out of its name and schema.
type tool struct {
	llm.Tool
	plain  string   // its name without the server's in front
	params []param  // in the schema's order
	terms  []string // stems of the plain name
}

func newTool(t llm.Tool) *tool {
	plain := find.PlainName(t.Name, t.Server)
	return &tool{Tool: t, plain: plain, params: paramsOf(t.Schema), terms: find.NameStems(plain)}
}

// title is how replies name the tool: server/tool.
func (t *tool) title() string {
	if t.Server == "" {
		return t.Name
	}
	return t.Server + "/" + t.plain
}

// address is how /call names the tool: server.tool.
func (t *tool) address() string {
	if t.Server == "" {
		return t.Name
	}
	return t.Server + "." + t.plain
}

func (t *tool) param(name string) (param, bool) {
	for _, p := range t.params {
		if strings.EqualFold(p.name, name) {
			return p, true
		}
	}
	return param{}, false
}

// Verbs of tools that take something away, that change something, and that only
// look.
var (
	removingVerbs = stemsOf("delete remove erase drop purge clear destroy forget wipe kill reset revoke cancel uninstall truncate")
	changingVerbs = stemsOf("write edit move overwrite rename replace update create add push merge fork put post send set upload publish close submit")
	readingVerbs  = stemsOf("get list search read find show fetch describe query count view lookup check tell calculate evaluate")
)

func stemsOf(words string) set {
	s := set{}
	for w := range setOf(words) {
		s[find.Stem(w)] = true
	}
	return s
}

// mustBeSaid lists the stems of which a message has to hold one before the tool
// is called: the verbs of a tool that can do harm, or all of its name when it
// tells no verb. It is empty for tools that only look or only add.
func (t *tool) mustBeSaid() []string {
	var removing, changing []string
	reading := false
	for _, w := range t.terms {
		switch {
		case removingVerbs[w]:
			removing = append(removing, w)
		case changingVerbs[w]:
			changing = append(changing, w)
		}
	}
	if len(t.terms) > 0 {
		reading = readingVerbs[t.terms[0]]
	}
	switch {
	case len(removing) > 0:
		return removing
	case !t.Destructive || reading:
		return nil
	case len(changing) > 0:
		return changing
	}
	return t.terms
}
