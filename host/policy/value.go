package policy

import (
	"encoding/json"
	"fmt"
	"strings"
)

// A Value is a pattern for the value of an argument: either one that * and ? leave
// open, or exactly one JSON value.
type Value struct {
	glob  string // a pattern for a text; "*" for any value at all
	exact string // JSON as [encode] writes it; used when glob is empty
}

// anything is the value *.
var anything = Value{glob: "*"}

// Exact is the pattern for one JSON value and no other. It fails for what is no
// JSON, or JSON that programs read differently.
func Exact(value json.RawMessage) (Value, error) {
	v, err := decode(value)
	if err != nil {
		return Value{}, fmt.Errorf("no pattern can stand for the value: %w", err)
	}
	return Value{exact: encode(v)}, nil
}

// is tells whether an allow covers the value: a pattern never covers a text that
// may lead out of where it points; see [straight].
func (v Value) is(value any) bool {
	if v == anything {
		return true
	}
	if v.glob == "" {
		return encode(value) == v.exact
	}
	s, ok := value.(string)
	return ok && straight(s) && match(v.glob, s)
}

// within tells whether an ask or a deny finds its value: the value itself or
// anything inside it, a text in any of its [spellings].
func (v Value) within(value any) bool {
	if v == anything {
		return true
	}
	switch value := value.(type) {
	case string:
		return v.spelled(value)
	case []any:
		for _, e := range value {
			if v.within(e) {
				return true
			}
		}
	case map[string]any:
		for _, e := range value {
			if v.within(e) {
				return true
			}
		}
	}
	return v.glob == "" && encode(value) == v.exact
}

func (v Value) spelled(text string) bool {
	for _, s := range spellings(text) {
		if v.glob != "" && match(v.glob, s) || v.glob == "" && encode(s) == v.exact {
			return true
		}
	}
	return false
}

// String is the written form: bare where that can be read back, else JSON.
func (v Value) String() string {
	if v.glob != "" {
		return v.glob
	}
	var text string
	if json.Unmarshal([]byte(v.exact), &text) == nil && strings.HasPrefix(v.exact, `"`) &&
		!strings.ContainsAny(text, "*?") && checkBare(text) == nil && !json.Valid([]byte(text)) {
		return text
	}
	return readable(v.exact)
}
