package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"switchboard/host/clean"
	"switchboard/host/near"
)

// Bounds of what a message repeats, in characters, and lists.
const (
	maxValue   = 60
	maxChoices = 12
)

// plain checks the keywords that speak of the value alone.
func (w *walker) plain(s map[string]any, v any, path string) []fault {
	if types := typesOf(s["type"]); len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return is(v, t) }) {
		return []fault{wrong(path, words(types), found(v))}
	}
	choices, ok := s["enum"].([]any)
	w.charge(len(choices) / 4)
	if ok && !slices.ContainsFunc(choices, func(c any) bool { return reflect.DeepEqual(c, v) }) {
		return one(path, "must be "+oneOf(choices)+", not "+value(v))
	}
	if only, ok := s["const"]; ok && !reflect.DeepEqual(only, v) {
		return one(path, "must be "+value(only)+", not "+value(v))
	}
	switch v := v.(type) {
	case float64:
		return numberFaults(s, v, path)
	case string:
		return w.textFaults(s, v, path)
	}
	return nil
}

func wrong(path, want, found string) fault {
	return fault{Fault{path, "must be " + want + ", not " + found}, want}
}

func typesOf(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	return listed(v)
}

func is(v any, kind string) bool {
	switch v := v.(type) {
	case nil:
		return kind == "null"
	case bool:
		return kind == "boolean"
	case string:
		return kind == "string"
	case float64:
		return kind == "number" || kind == "integer" && v == math.Trunc(v)
	case []any:
		return kind == "array"
	}
	return kind == "object"
}

// kindWords are the types in words.
var kindWords = map[string]string{
	"string": "a string", "integer": "a whole number", "number": "a number", "boolean": "true or false",
	"array": "a list", "object": "an object", "null": "null",
}

func words(types []string) string {
	var said []string
	for _, t := range types {
		said = append(said, kindWords[t])
	}
	return strings.Join(said, " or ")
}

// found names a value of the wrong type.
func found(v any) string {
	switch v := v.(type) {
	case string:
		return "the string " + value(v)
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return value(v)
}

// value repeats a value, cut and cleaned.
func value(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "a value"
	}
	return short(clean.Line(string(text)), maxValue)
}

func short(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

func oneOf(choices []any) string {
	var said []string
	for i, c := range choices {
		if i == maxChoices {
			said = append(said, fmt.Sprintf("… (%d in all)", len(choices)))
			break
		}
		said = append(said, value(c))
	}
	if len(said) == 1 {
		return said[0]
	}
	return "one of " + strings.Join(said, ", ")
}

func numberFaults(s map[string]any, v float64, path string) []fault {
	for _, bound := range []struct {
		key, words string
		holds      func(limit float64) bool
	}{
		{"minimum", "at least", func(l float64) bool { return v >= l }},
		{"maximum", "at most", func(l float64) bool { return v <= l }},
		{"exclusiveMinimum", "more than", func(l float64) bool { return v > l }},
		{"exclusiveMaximum", "less than", func(l float64) bool { return v < l }},
		{"multipleOf", "a multiple of", func(l float64) bool { return math.Mod(v, l) == 0 }},
	} {
		if limit, ok := s[bound.key].(float64); ok && !bound.holds(limit) {
			return one(path, fmt.Sprintf("must be %s %s, not %s", bound.words, value(limit), value(v)))
		}
	}
	return nil
}

func (w *walker) textFaults(s map[string]any, v, path string) []fault {
	w.charge(len(v) / longText)
	n := float64(utf8.RuneCountInString(v))
	least, hasLeast := s["minLength"].(float64)
	most, hasMost := s["maxLength"].(float64)
	pattern, _ := s["pattern"].(string)
	switch {
	case hasLeast && least == 1 && n == 0:
		return one(path, "must not be empty")
	case hasLeast && n < least:
		return one(path, fmt.Sprintf("needs at least %s, not %.0f", count(least, "character"), n))
	case hasMost && n > most:
		return one(path, fmt.Sprintf("may have at most %s, not %.0f", count(most, "character"), n))
	case pattern != "" && !w.schema.rules.patterns[pattern].MatchString(v):
		return one(path, "must match the pattern "+short(clean.Line(pattern), maxValue)+", not be "+value(v))
	}
	return nil
}

func count(n float64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%.0f %ss", n, thing)
}

// plainName is a member's name that needs no quotes in a path.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_$-]{1,60}$`)

// child is the path of a member.
func child(path, name string) string {
	switch {
	case !plainName.MatchString(name):
		return path + "[" + short(clean.Line(strconv.Quote(name)), maxValue) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

// unknown says that there is no such parameter, and which may have been meant.
func unknown(name string, known map[string]any) string {
	if len(known) == 0 {
		return "is no parameter here; there are none"
	}
	spellings := func(yield func(string, string) bool) {
		for k := range known {
			if !yield(strings.ToLower(k), k) {
				return
			}
		}
	}
	if names := near.Names(strings.ToLower(name), spellings, 1); len(names) == 1 {
		return "is no parameter here; did you mean " + value(names[0]) + "?"
	}
	names := slices.Sorted(maps.Keys(known))
	return "is no parameter here; known are: " + short(clean.Line(strings.Join(names, ", ")), 200)
}
