package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"switchboard/host/clean"
)

// maxChoiceDescription bounds what is said of one server where the model picks
// one, in bytes.
const maxChoiceDescription = 256

// selector is the name of the parameter by which the model picks a server: one
// that none of the tools has for itself.
func selector(tools []Tool) string {
	for i, name := 1, "server"; ; i++ {
		if !slices.ContainsFunc(tools, func(t Tool) bool { return t.has(name) }) {
			return name
		}
		name = "mcp_server"
		if i > 1 {
			name = fmt.Sprintf("mcp_server_%d", i)
		}
	}
}

// has tells whether a tool knows a parameter.
func (t Tool) has(parameter string) bool {
	s, err := parseSchema(t.Schema)
	if err != nil {
		return false
	}
	_, known := s.properties[parameter]
	return known || slices.Contains(s.required, parameter)
}

// withSelector adds to a merged schema the parameter that picks a server.
func withSelector(merged json.RawMessage, parameter string, tools []Tool) json.RawMessage {
	s, err := parseSchema(merged)
	if err != nil {
		return merged
	}
	servers := serversOf(tools)
	lines := []string{"The server that answers."}
	for _, t := range tools {
		lines = append(lines, t.ID.Server+": "+clean.Head(ownText(t), maxChoiceDescription))
	}
	s.properties[parameter] = encode(map[string]any{
		"type": "string", "enum": servers, "description": strings.Join(lines, "\n"),
	})
	s.root["properties"] = encode(s.properties)
	s.root["required"] = encode(append([]string{parameter}, s.required...))
	return encode(s.root)
}

func serversOf(tools []Tool) []string {
	servers := make([]string, len(tools))
	for i, t := range tools {
		servers[i] = t.ID.Server
	}
	return servers
}

// A PickError tells that a call did not say which server it is for.
type PickError struct {
	Name, Parameter string
	Said            string // the value of the parameter; "" when there was none
	Servers         []string
}

// Error says it for the model to read.
func (e *PickError) Error() string {
	was := "it was missing"
	if e.Said != "" {
		was = "it was " + shown(e.Said)
	}
	quoted := make([]string, len(e.Servers))
	for i, s := range e.Servers {
		quoted[i] = fmt.Sprintf("%q", clean.Line(s))
	}
	return fmt.Sprintf("the call was not run: the parameter %q of %s says which server answers, one of %s; %s",
		e.Parameter, e.Name, strings.Join(quoted, ", "), was)
}

// Pick finds the tool that the model chose by the parameter of [Describe], and
// the arguments as that tool gets them: without the parameter, every other byte
// of a value as it was. A Resolution of one tool needs no pick and gives both
// back as they are. The error is a [*PickError], or tells that the arguments are
// no JSON object.
func (r Resolution) Pick(arguments json.RawMessage) (Tool, json.RawMessage, error) {
	if r.Parameter == "" && len(r.Tools) == 1 {
		return r.Tools[0], arguments, nil
	}
	fail := &PickError{Name: r.Name, Parameter: r.Parameter, Servers: serversOf(r.Tools)}
	rest, said, err := takeOut(arguments, r.Parameter)
	if err != nil {
		return Tool{}, nil, err
	}
	if said == nil {
		return Tool{}, nil, fail
	}
	if json.Unmarshal(said, &fail.Said) != nil {
		fail.Said = string(said)
	}
	if t, ok := byServer(r.Tools, fail.Said); ok {
		return t, rest, nil
	}
	return Tool{}, nil, fail
}

// byServer finds the tool of a server as a model writes its name.
func byServer(tools []Tool, said string) (Tool, bool) {
	var alike []Tool
	for _, t := range tools {
		if t.ID.Server == said {
			return t, true
		}
		if fold(t.ID.Server) == fold(said) {
			alike = append(alike, t)
		}
	}
	if len(alike) != 1 {
		return Tool{}, false
	}
	return alike[0], true
}

var errArguments = errors.New("the arguments are not a JSON object")

// takeOut removes a member from a JSON object. A member that stands twice is an
// error: what a person approves must not be open to reading.
func takeOut(object json.RawMessage, name string) (rest, value json.RawMessage, err error) {
	if len(bytes.TrimSpace(object)) == 0 {
		return object, nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(object))
	if t, err := d.Token(); err != nil || t != json.Delim('{') || !json.Valid(object) {
		return nil, nil, errArguments
	}
	var members [][]byte
	for d.More() {
		from := d.InputOffset()
		key, _ := d.Token()
		var member json.RawMessage
		if d.Decode(&member) != nil {
			return nil, nil, errArguments
		}
		if key != name {
			members = append(members, bytes.TrimLeft(object[from:d.InputOffset()], ", \t\r\n"))
			continue
		}
		if value != nil {
			return nil, nil, fmt.Errorf("the arguments name the parameter %q twice", name)
		}
		value = member
	}
	return slices.Concat([]byte("{"), bytes.Join(members, []byte(",")), []byte("}")), value, nil
}
