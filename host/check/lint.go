package check

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/schema"
	"switchboard/llm"
	"switchboard/llm/preflight"
	"switchboard/llm/tokens"
)

// manyTokens of one tool are as much as twenty ordinary ones take.
const manyTokens = 2000

// toolName is what MCP (2025-11-25) wants of a tool's name.
var toolName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,128}$`)

// examine finds what is to be said of one tool.
func examine(t catalog.Tool) Tool {
	size := len(t.ID.Tool) + len(t.Description.Raw()) + len(t.Schema)
	out := Tool{Name: t.ID.Tool, Tokens: tokens.Estimator{}.Tokens(size)}
	out.Problems = slices.Concat(lintText(t), lintHints(t), lintSchema(t))
	if out.Tokens > manyTokens {
		out.Problems = append(out.Problems, problem(Warn, "takes about %d tokens of every request", out.Tokens))
	}
	return out
}

func problem(level Level, format string, args ...any) Problem {
	return Problem{level, clean.Foreign(fmt.Sprintf(format, args...))}
}

// lintText looks at what a model or a person reads of a tool.
func lintText(t catalog.Tool) []Problem {
	var all []Problem
	if !toolName.MatchString(t.ID.Tool) {
		all = append(all, problem(Warn, "its name is none that MCP allows (A-Z a-z 0-9 _ - . and at most 128)"))
	}
	description := t.Description.Raw()
	switch {
	case strings.TrimSpace(description) == "":
		all = append(all, problem(Warn, "has no description: a model has to guess what it does"))
	case len(description) > catalog.MaxDescription:
		all = append(all, problem(Warn, "its description has %d bytes; the model gets the first %d", len(description), catalog.MaxDescription))
	}
	for _, part := range []struct{ name, text string }{
		{"name", t.ID.Tool}, {"title", t.Title.Raw()}, {"description", description}, {"schema", spelled(t.Schema)},
	} {
		if n := clean.Hidden(part.text); n > 0 {
			all = append(all, problem(Warn, "hidden characters in its %s: %d", part.name, n))
		}
	}
	return all
}

// spelled is a schema with its characters in place of escapes, one string a line:
// hidden ones are hidden either way.
func spelled(raw json.RawMessage) string {
	var parts []string
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	for {
		token, err := decoder.Token()
		if err != nil {
			return strings.Join(parts, "\n")
		}
		if s, ok := token.(string); ok {
			parts = append(parts, s)
		}
	}
}

// lintHints looks for annotations that contradict each other. Only what a server
// says counts, not what the protocol fills in.
func lintHints(t catalog.Tool) []Problem {
	var said struct {
		Annotations struct {
			ReadOnly    *bool `json:"readOnlyHint"`
			Destructive *bool `json:"destructiveHint"`
		} `json:"annotations"`
	}
	if json.Unmarshal(t.Raw, &said) != nil {
		return nil
	}
	a := said.Annotations
	if a.ReadOnly != nil && *a.ReadOnly && a.Destructive != nil && *a.Destructive {
		return []Problem{problem(Warn, "says that it only reads and that it destroys")}
	}
	return nil
}

// lintSchema tells which providers would refuse the schema as it is, and whether
// arguments can be checked against it.
func lintSchema(t catalog.Tool) []Problem {
	var all []Problem
	if _, err := schema.Compile(t.Schema); err != nil {
		all = append(all, problem(Warn, "arguments are not checked before a call, its schema is of no use for that: %v", err))
	}
	by := map[preflight.Finding][]string{}
	var order []preflight.Finding
	for _, group := range providers() {
		for _, finding := range preflight.Lint(t.Schema, group.rules) {
			if by[finding] == nil {
				order = append(order, finding)
			}
			by[finding] = append(by[finding], group.names...)
		}
	}
	for _, finding := range order {
		level := Note
		if finding.Repair == "" {
			level = Warn
		}
		all = append(all, problem(level, "%s: %s", strings.Join(by[finding], ", "), finding))
	}
	return all
}

// A group is all providers with the same rules.
type group struct {
	names []string
	rules llm.ToolRules
}

func providers() []group {
	var groups []group
	for _, name := range llm.RuledProviders() {
		rules := llm.RulesFor(name, "")
		rules.MaxTools = 0 // of a request, not of a tool
		i := slices.IndexFunc(groups, func(g group) bool { return g.rules == rules })
		if i < 0 {
			groups = append(groups, group{rules: rules})
			i = len(groups) - 1
		}
		groups[i].names = append(groups[i].names, name)
	}
	return groups
}
