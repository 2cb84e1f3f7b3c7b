package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"switchboard/host/clean"
)

// maxDepth is how deeply arguments may be nested to be read.
const maxDepth = 64

// arguments are those of a call, read in a way that leaves no room for another.
type arguments struct {
	values map[string]any
	// unclear says why the call's arguments could mean different things to us and
	// to the server; then no pattern of an allow covers them.
	unclear string
}

// readArguments reads a JSON object; nothing at all counts as an empty one.
func readArguments(raw json.RawMessage) arguments {
	if len(bytes.TrimSpace(raw)) == 0 {
		return arguments{}
	}
	v, err := decode(raw)
	if err != nil {
		return arguments{unclear: err.Error()}
	}
	values, ok := v.(map[string]any)
	if !ok {
		return arguments{unclear: "they are not a JSON object"}
	}
	return arguments{values: values}
}

// outside says what of the arguments the patterns of an allow do not cover; empty
// when they cover all.
func (a arguments) outside(ps Patterns) string {
	if a.unclear != "" {
		return a.unclear
	}
	named := map[string]bool{}
	for _, p := range ps {
		named[p.Name] = true
		v, there := a.values[p.Name]
		switch {
		case p.Value == anything:
		case !there:
			return clean.Line(p.Name) + " is missing"
		case !p.Value.is(v):
			return clean.Line(p.Name) + " is another"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.values)) {
		if !named[name] {
			return clean.Line(name) + " is not among them"
		}
	}
	return ""
}

// decode reads JSON strictly: one value, no name twice in an object, and text that
// is Unicode. What different programs read differently is an error.
func decode(raw []byte) (any, error) {
	if !utf8.Valid(raw) {
		return nil, errors.New("they are not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	v, err := decodeValue(d, 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something follows the JSON")
	}
	return v, nil
}

func decodeValue(d *json.Decoder, depth int) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, errors.New("they are not JSON")
	}
	switch t := token.(type) {
	case json.Delim:
		if depth == maxDepth {
			return nil, fmt.Errorf("they are nested more than %d deep", maxDepth)
		}
		if t == '{' {
			return decodeObject(d, depth+1)
		}
		return decodeList(d, depth+1)
	case string:
		// Half a surrogate pair is read as U+FFFD here and as something else there.
		if strings.ContainsRune(t, utf8.RuneError) {
			return nil, errors.New("a text in them is not Unicode")
		}
	case json.Number:
		return plainNumber(t), nil
	}
	return token, nil
}

func decodeObject(d *json.Decoder, depth int) (any, error) {
	object := map[string]any{}
	for d.More() {
		name, err := decodeValue(d, depth)
		if err != nil {
			return nil, err
		}
		key := name.(string) // the decoder takes nothing else for a name
		if _, twice := object[key]; twice {
			return nil, fmt.Errorf("%s stands twice in them", clean.Line(key))
		}
		if object[key], err = decodeValue(d, depth); err != nil {
			return nil, err
		}
	}
	return object, closing(d)
}

func decodeList(d *json.Decoder, depth int) (any, error) {
	list := []any{}
	for d.More() {
		v, err := decodeValue(d, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, closing(d)
}

// closing reads the bracket that ends an object or a list.
func closing(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return errors.New("they are not JSON")
	}
	return nil
}

// encode writes a decoded value in the one form that we compare: compact, names
// sorted, numbers as [plainNumber] has them.
func encode(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "" // cannot be: v came out of a decoder
	}
	return strings.TrimSuffix(b.String(), "\n")
}
