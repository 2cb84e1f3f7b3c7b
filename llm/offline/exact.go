package offline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"switchboard/llm/find"
)

const exactForm = "`/call server.tool key=value …` or `/call server.tool {\"key\": \"value\"}`"

// exactPlan reads "/call server.tool key=value …" or "/call tool {json}", s being
// what stands behind "/call". What is wrong with it becomes the plan's question.
func exactPlan(s string, ix *index) plan {
	target, rest := cutField(s)
	if target == "" {
		return plan{question: "Name the tool: " + exactForm + "."}
	}
	t, problem := ix.resolve(target)
	if problem != "" {
		return plan{question: problem}
	}
	args, err := t.parseArguments(rest)
	if err != nil {
		return plan{question: fmt.Sprintf("%s was not called: %v. For example:\n\n`%s`",
			t.title(), err, candidate{tool: t}.example())}
	}
	return plan{steps: []step{{t, args}}}
}

func cutField(s string) (field, rest string) {
	if i := strings.IndexAny(s, " \t\n"); i >= 0 {
		return s[:i], strings.TrimSpace(s[i:])
	}
	return s, ""
}

// resolve finds the tool by the name the model sees, by server.tool or
// server/tool, or by its plain name when only one server has it. A tool that
// several servers share goes by its name behind any server's: the host asks the
// person which of them takes the call.
func (ix *index) resolve(target string) (*tool, string) {
	for _, t := range ix.tools {
		if t.Name == target {
			return t, ""
		}
	}
	found := ix.called(target)
	if len(found) == 0 {
		found = ix.shared(target)
	}
	switch len(found) {
	case 0:
		return nil, ix.noSuchTool(target)
	case 1:
		return found[0], ""
	}
	return nil, "More than one tool has the name " + target + ": " + addresses(found) + "."
}

// called lists the tools that target can name, with their server or without.
func (ix *index) called(target string) []*tool {
	var found []*tool
	for _, t := range ix.tools {
		names := []string{t.plain, t.address(), t.title(), t.Server + "." + t.Name, t.Server + "/" + t.Name}
		if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, target) }) {
			found = append(found, t)
		}
	}
	return found
}

// shared lists the tools without a server of their own whose name stands behind
// one in target.
func (ix *index) shared(target string) []*tool {
	var found []*tool
	for _, t := range ix.tools {
		for _, joint := range []string{".", "/"} {
			tail := joint + t.Name
			at := len(target) - len(tail)
			if t.Server == "" && at > 0 && strings.EqualFold(target[at:], tail) {
				found = append(found, t)
			}
		}
	}
	return found
}

// noSuchTool names the tools whose words come closest.
func (ix *index) noSuchTool(target string) string {
	var close []candidate
	for i, t := range ix.tools {
		if s := ix.words.Score(find.Ask(target), i); s > 0 {
			close = append(close, candidate{tool: t, score: s})
		}
	}
	problem := fmt.Sprintf("No tool is called %s.", target)
	if len(close) == 0 {
		return problem
	}
	var tools []*tool
	for _, c := range best(close)[:min(len(close), 3)] {
		tools = append(tools, c.tool)
	}
	return problem + " The closest: " + addresses(tools) + "."
}

func addresses(tools []*tool) string {
	var out []string
	for _, t := range tools {
		out = append(out, "`"+t.address()+"`")
	}
	return strings.Join(out, ", ")
}

// parseArguments reads a JSON object or key=value pairs and checks them against
// the parameters.
func (t *tool) parseArguments(s string) (map[string]any, error) {
	args := map[string]any{}
	read := t.readPairs
	if strings.HasPrefix(s, "{") {
		read = t.readObject
	}
	if err := read(s, args); err != nil {
		return nil, err
	}
	for _, p := range t.params {
		if _, ok := args[p.name]; !ok && p.required {
			return nil, fmt.Errorf("it needs %s", p.describe())
		}
	}
	return args, nil
}

func (t *tool) readObject(s string, args map[string]any) error {
	if !json.Valid([]byte(s)) {
		return fmt.Errorf("the arguments are no JSON object")
	}
	for _, m := range members([]byte(s)) {
		p, err := t.declared(m.key)
		if err != nil {
			return err
		}
		args[p.name] = m.value
	}
	return nil
}

func (t *tool) readPairs(s string, args map[string]any) error {
	for s != "" {
		key, rest, ok := strings.Cut(s, "=")
		if !ok || strings.ContainsAny(strings.TrimSpace(key), " \t\n") {
			return fmt.Errorf("%q is not of the form key=value (quote values that hold spaces)", shorten(s, 40))
		}
		p, err := t.declared(strings.TrimSpace(key))
		if err != nil {
			return err
		}
		value, rest := cutValue(rest)
		if args[p.name], err = p.parse(value); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		s = strings.TrimSpace(rest)
	}
	return nil
}

// cutValue takes a quoted value, a JSON list or object, or all up to a space.
func cutValue(s string) (value, rest string) {
	d := json.NewDecoder(strings.NewReader(s))
	var raw json.RawMessage
	if s != "" && strings.ContainsAny(s[:1], `["{`) && d.Decode(&raw) == nil {
		rest = s[d.InputOffset():]
		if unquoted, err := strconv.Unquote(string(raw)); err == nil {
			return unquoted, rest
		}
		return string(raw), rest
	}
	for _, quote := range []string{"'", `"`} {
		if body, ok := strings.CutPrefix(s, quote); ok {
			if value, rest, ok = strings.Cut(body, quote); ok {
				return value, rest
			}
		}
	}
	return cutField(s)
}

func (t *tool) declared(key string) (param, error) {
	if p, ok := t.param(key); ok {
		return p, nil
	}
	var names []string
	for _, p := range t.params {
		names = append(names, p.name)
	}
	if len(names) == 0 {
		return param{}, fmt.Errorf("it takes no arguments")
	}
	return param{}, fmt.Errorf("it has no parameter %s, but %s", key, strings.Join(names, ", "))
}
