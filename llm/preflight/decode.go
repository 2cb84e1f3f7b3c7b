package preflight

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	errNotJSON  = errors.New("its schema is not JSON")
	errNoObject = errors.New("its schema is not a JSON object")
	errTooDeep  = errors.New("its schema is nested too deeply to be looked at")
)

// deepest is how deeply the JSON of a schema may be nested.
const deepest = 200

// decode reads a schema; nil stands for one that is absent. Numbers keep their
// text.
func decode(raw []byte) (map[string]any, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, errNotJSON
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errNotJSON
	}
	switch v := v.(type) {
	case nil:
		return nil, nil
	case map[string]any:
		if deeper(v, deepest) {
			return nil, errTooDeep
		}
		return v, nil
	}
	return nil, errNoObject
}

// deeper tells whether a value is nested more than limit times.
func deeper(v any, limit int) bool {
	below := func(x any) bool { return limit == 0 || deeper(x, limit-1) }
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			if below(x) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, below)
	}
	return false
}

// encode writes what decode read, keys sorted.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil { // not possible: every value came out of JSON
		return []byte(`{}`)
	}
	return bytes.TrimSpace(b.Bytes())
}

// brokenText tells whether the schema holds bytes or escapes that are no
// characters, such as half of a surrogate pair.
func brokenText(raw []byte) bool {
	if !utf8.Valid(raw) {
		return true
	}
	const lost = "\ufffd" // what a decoder makes of them
	if bytes.Contains(raw, []byte(lost)) || bytes.Contains(bytes.ToLower(raw), []byte(`\ufffd`)) {
		return false
	}
	v, err := decode(raw)
	return err == nil && bytes.Contains(encode(v), []byte(lost))
}

// clone copies a value of decoded JSON in depth.
func clone[T any](v T) T {
	switch v := any(v).(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, x := range v {
			m[k] = clone(x)
		}
		return any(m).(T)
	case []any:
		l := make([]any, len(v))
		for i, x := range v {
			l[i] = clone(x)
		}
		return any(l).(T)
	}
	return v
}

// same tells whether two values of decoded JSON are equal.
func same(a, b any) bool { return bytes.Equal(encode(a), encode(b)) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// head is the beginning of s, at most limit bytes, with whole characters.
func head(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// texts gives the strings of a list.
func texts(v any) []string {
	list, _ := v.([]any)
	var out []string
	for _, x := range list {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// listOf makes a decoded list of strings.
func listOf(names []string) []any {
	list := make([]any, len(names))
	for i, n := range names {
		list[i] = n
	}
	return list
}

// brief is a value as JSON on a few characters; "" when it is long.
func brief(v any) string {
	s := strings.ToValidUTF8(string(encode(v)), "")
	if len(s) > 120 {
		return ""
	}
	return s
}
