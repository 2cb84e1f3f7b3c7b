package inspector

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"switchboard/host/clean"
)

// A form asks for the arguments of a tool, one blank for each property of its
// schema.
type form struct {
	blanks []blank
	at     int // the blank under the cursor; len(blanks) is the button below
}

// A blank is one argument to fill in.
type blank struct {
	node
	field   field
	choices []string // JSON texts to pick from; nil when one types
	pick    int      // of choices; -1 for none
	problem string   // why what is in it cannot be sent
}

// newForm makes the blanks of a schema. Defaults are filled in, so that one sees
// what will be sent.
func newForm(n node) form {
	var f form
	for _, child := range n.children {
		f.blanks = append(f.blanks, newBlank(child))
	}
	return f
}

func newBlank(n node) blank {
	b := blank{node: n, pick: -1}
	switch {
	case len(n.enum) > 0 && !strings.HasPrefix(n.kind, "array"):
		for _, e := range n.enum {
			b.choices = append(b.choices, string(e))
		}
	case single(n.kind) == "boolean":
		b.choices = []string{"true", "false"}
	case n.fallback != nil:
		b.field = newField(b.typed(n.fallback))
	}
	for i, c := range b.choices {
		if n.fallback != nil && sameJSON(c, string(n.fallback)) {
			b.pick = i
		}
	}
	return b
}

// typed is a value the way one would type it into this blank.
func (b *blank) typed(raw json.RawMessage) string {
	var s string
	if single(b.kind) == "string" && json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

func sameJSON(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) }

// single is a type without "or null": what one would fill in.
func single(kind string) string {
	for k := range strings.SplitSeq(kind, " or ") {
		if k != "null" {
			return k
		}
	}
	return kind
}

// current is the blank under the cursor; nil on the button.
func (f *form) current() *blank {
	if f.at >= len(f.blanks) {
		return nil
	}
	return &f.blanks[f.at]
}

func (f *form) move(n int) { f.at = max(0, min(f.at+n, len(f.blanks))) }

// cycle picks another of the choices; beyond the last one is none, where nothing
// has to be picked.
func (b *blank) cycle(n int) {
	least := -1
	if b.required {
		least = 0
	}
	count := len(b.choices) - least
	b.pick = least + ((b.pick-least+n)%count+count)%count
}

// arguments are what the form says, as a JSON object; false when something cannot
// be sent, which the blanks then say. Blanks left empty are left out; "" is the
// empty text.
func (f *form) arguments() (json.RawMessage, bool) {
	var out bytes.Buffer
	ok := true
	for i := range f.blanks {
		b := &f.blanks[i]
		value, problem := b.value()
		b.problem = problem
		if problem != "" {
			if ok {
				f.at = i
			}
			ok = false
		}
		if value == nil {
			continue
		}
		name, err := json.Marshal(b.name)
		if err != nil {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(',')
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value)
	}
	return json.RawMessage("{" + out.String() + "}"), ok
}

var integers = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*)$`)

// value is the blank as JSON, nil when it is left out, or why it cannot be sent.
func (b *blank) value() (value json.RawMessage, problem string) {
	if b.choices != nil {
		if b.pick >= 0 {
			return json.RawMessage(b.choices[b.pick]), ""
		}
		return nil, b.absent()
	}
	said := b.field.value()
	if said == "" {
		return nil, b.absent()
	}
	return b.encode(said)
}

func (b *blank) absent() string {
	if b.required {
		return "required"
	}
	return ""
}

func (b *blank) encode(said string) (value json.RawMessage, problem string) {
	kind := single(b.kind)
	if kind == "string" {
		return encodeText(said)
	}
	said = strings.TrimSpace(said)
	if kind == "integer" && !integers.MatchString(said) {
		return nil, "must be a whole number"
	}
	if !json.Valid([]byte(said)) {
		return nil, notJSON(kind)
	}
	first := said[0]
	switch {
	case said == "null" && strings.Contains(b.kind, "null"):
	case kind == "number" && first != '-' && (first < '0' || first > '9'):
		return nil, "must be a number"
	case strings.HasPrefix(kind, "array") && first != '[':
		return nil, `must be a JSON array, such as ["a", "b"]`
	case kind == "object" && first != '{':
		return nil, `must be a JSON object, such as {"a": 1}`
	}
	return json.RawMessage(said), ""
}

func encodeText(said string) (json.RawMessage, string) {
	if said == `""` {
		return json.RawMessage(said), ""
	}
	text, err := json.Marshal(said)
	if err != nil {
		return nil, fmt.Sprintf("cannot be sent: %v", err)
	}
	return text, ""
}

func notJSON(kind string) string {
	switch {
	case kind == "number":
		return "must be a number"
	case strings.HasPrefix(kind, "array"), kind == "object":
		return "must be a JSON " + strings.TrimSuffix(strings.SplitN(kind, " ", 2)[0], " ")
	}
	return `must be JSON: text in quotes, a number, true, false, null, […] or {…}`
}

// hint says what a blank takes.
func (b *blank) hint() string {
	kind := clean.Line(b.kind)
	switch {
	case b.choices != nil:
		return "space picks"
	case strings.HasPrefix(single(b.kind), "array"), single(b.kind) == "object":
		return kind + ", as JSON"
	case kind == "":
		return "any, as JSON"
	}
	return kind
}
