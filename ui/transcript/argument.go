package transcript

import (
	"encoding/json"
	"slices"
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/transcript/flow"
)

// An argument of a call: its key cleaned, its value as it came. A string is
// decoded, anything else is JSON.
type argument struct {
	key, value string
	text       bool // the value is a string
}

// parseArguments reads a JSON object, keeping the order of its keys. What is no
// object becomes one argument without a key.
func parseArguments(raw json.RawMessage) []argument {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return unparsed(raw)
	}
	var arguments []argument
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return unparsed(raw)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return unparsed(raw)
		}
		name, _ := key.(string)
		arguments = append(arguments, newArgument(name, value))
	}
	return arguments
}

func unparsed(raw json.RawMessage) []argument {
	if len(raw) == 0 {
		return nil
	}
	return []argument{{value: string(raw)}}
}

func newArgument(key string, value json.RawMessage) argument {
	a := argument{key: clean.Line(clean.Head(key, maxKey))}
	if json.Unmarshal(value, &a.value) == nil && value[0] == '"' {
		a.text = true
		return a
	}
	a.value = string(value)
	return a
}

const (
	maxKey       = 128 // bytes
	maxOnLine    = 512 // bytes of a value that are looked at for the line
	maxArguments = 24  // of an open call
	valueLines   = 6   // of one value of an open call
	keyColumn    = 16  // cells; longer keys stand out
)

// speaking are keys whose values say most of what a call is about, best first.
var speaking = []string{"query", "q", "path", "file", "expression", "city", "location", "title", "name", "text", "url", "command", "id"}

// summarise writes the arguments on one line, the one that says most first. Its
// length is bounded, not fitted.
func summarise(arguments []argument) string {
	parts := make([]string, 0, len(arguments))
	bytes := 0
	for _, a := range mainFirst(arguments) {
		part := a.short()
		parts = append(parts, part)
		if bytes += len(part); bytes > 2*maxOnLine {
			break
		}
	}
	return strings.Join(parts, "  ")
}

func mainFirst(arguments []argument) []argument {
	for _, key := range speaking {
		i := slices.IndexFunc(arguments, func(a argument) bool { return a.key == key })
		if i > 0 {
			return slices.Concat(arguments[i:i+1], arguments[:i], arguments[i+1:])
		}
		if i == 0 {
			break
		}
	}
	return arguments
}

func (a argument) short() string {
	value := clean.Line(clean.Head(a.value, maxOnLine))
	if len(a.value) > maxOnLine {
		value += "…"
	}
	if a.text {
		value = `"` + value + `"`
	}
	if a.key == "" {
		return value
	}
	return a.key + "=" + value
}

// lines lays the argument out beside its key, up to limit lines. It tells whether
// that was all.
func (a argument) lines(p *pen, column, width, limit int) ([]string, bool) {
	head := clean.Head(a.value, max(limit*width, 1))
	value := flow.Text(clean.Line(head), "", max(width-column, 1))
	if len(value) == 0 {
		value = []string{`""`}
	}
	all := len(value) <= limit && len(head) == len(a.value)
	value = value[:min(limit, len(value))]
	if !all {
		value[len(value)-1] = flow.Cut(value[len(value)-1], max(width-column-1, 1)) + "…"
	}
	key := flow.Cut(a.key, max(column-1, 1))
	for i, line := range value {
		if i > 0 {
			key = ""
		}
		pad := strings.Repeat(" ", max(column-flow.Cells(key), 0))
		value[i] = strings.TrimRight(flow.Paint(p.muted, key)+pad+line, " ")
	}
	return value, all
}
