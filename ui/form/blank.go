package form

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// A blank is one argument to fill in.
type blank struct {
	Node
	field   Field
	choices []string // JSON texts to pick from; nil when one types
	pick    int      // of choices; -1 for none
	problem string   // why what is in it cannot be sent

	// given is the value that the blank was filled with, and typed how that looks
	// in the field.
	given json.RawMessage
	typed string
	// held says why the value cannot be typed here; then it stays as it was given.
	held string
}

func newBlank(n Node) blank {
	b := blank{Node: n, pick: -1}
	switch {
	case len(n.Enum) > 0 && !strings.HasPrefix(n.Kind, "array"):
		for _, e := range n.Enum {
			b.choices = append(b.choices, string(e))
		}
	case single(n.Kind) == "boolean":
		b.choices = []string{"true", "false"}
	case n.Default != nil:
		b.field = NewField(b.spelled(n.Default))
	}
	if n.Default != nil {
		b.pick = b.choice(string(n.Default))
	}
	return b
}

// choice is the index of a JSON text among the choices; -1 for none.
func (b *blank) choice(raw string) int {
	for i, c := range b.choices {
		if sameJSON(c, raw) {
			return i
		}
	}
	return -1
}

// spelled is a value the way one would type it into this blank.
func (b *blank) spelled(raw json.RawMessage) string {
	var s string
	if single(b.Kind) == "string" && json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// longest is how many bytes of a given value are typed on in one line.
const longest = 400

// fill puts a value in. What is too long for one line, or is none of the choices,
// is held.
func (b *blank) fill(value json.RawMessage) {
	b.given = value
	switch {
	case b.choices != nil:
		if b.pick = b.choice(string(value)); b.pick < 0 {
			b.choices = append(b.choices, string(value))
			b.pick = len(b.choices) - 1
		}
	case len(value) > longest:
		b.held = amount.Bytes(len(value)) + ", kept as it is"
	default:
		b.typed = b.spelled(value)
		b.field = NewField(b.typed)
	}
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

func (b *blank) press(key, text string) bool {
	b.problem = ""
	switch {
	case b.held != "":
		return false
	case b.choices == nil:
		return b.field.Press(key, text)
	case key == "space" || key == "right":
		b.cycle(1)
	case key == "left" || key == "backspace":
		b.cycle(-1)
	default:
		return false
	}
	return true
}

// cycle picks another of the choices; beyond the last one is none, where nothing
// has to be picked.
func (b *blank) cycle(n int) {
	least := -1
	if b.Required {
		least = 0
	}
	count := len(b.choices) - least
	b.pick = least + ((b.pick-least+n)%count+count)%count
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
	said := b.field.Value()
	switch {
	case b.given != nil && (b.held != "" || said == b.typed):
		return b.given, ""
	case said == "":
		return nil, b.absent()
	}
	return b.encode(said)
}

func (b *blank) absent() string {
	if b.Required {
		return "required"
	}
	return ""
}

func (b *blank) encode(said string) (value json.RawMessage, problem string) {
	kind := single(b.Kind)
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
	case said == "null" && strings.Contains(b.Kind, "null"):
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
	kind := clean.Line(b.Kind)
	switch {
	case b.choices != nil:
		return "space picks"
	case b.held != "":
		return "too long to type on here"
	case strings.HasPrefix(single(b.Kind), "array"), single(b.Kind) == "object":
		return kind + ", as JSON"
	case kind == "":
		return "any, as JSON"
	}
	return kind
}
