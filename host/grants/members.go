package grants

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// decode reads a JSON object into a struct, and into rest what the struct has no
// field for.
func decode[T any](raw []byte, into *T, rest *members) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if d.Decode(into) == nil {
		return nil // by far the commonest, and several times as fast
	}
	var fresh T
	if err := json.Unmarshal(raw, &fresh); err != nil {
		return err
	}
	var all members
	if err := json.Unmarshal(raw, &all); err != nil {
		return err
	}
	known := fields(reflect.TypeFor[T]())
	for name := range all {
		if known[strings.ToLower(name)] { // as package json matches names
			delete(all, name)
		}
	}
	*into, *rest = fresh, all
	return nil
}

// encode writes a struct as a JSON object, with what decode could not place.
func encode(from any, rest members) ([]byte, error) {
	raw, err := json.Marshal(from)
	if err != nil || len(rest) == 0 {
		return raw, err
	}
	var all members
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	for name, value := range rest {
		all[name] = value
	}
	return json.Marshal(all)
}

// fields lists the JSON names of a struct's fields in lower case, those of embedded
// structs included.
func fields(t reflect.Type) map[string]bool {
	names := map[string]bool{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}

// verbatim is a value of a type that is not ours, written back as it was read: what
// this version does not know of it stays as well.
type verbatim[T any] struct {
	value T
	raw   json.RawMessage // nil when the value was not read
}

// UnmarshalJSON reads the value and keeps how it was written.
func (v *verbatim[T]) UnmarshalJSON(raw []byte) error {
	v.raw = append(json.RawMessage(nil), raw...)
	return json.Unmarshal(raw, &v.value)
}

// MarshalJSON writes the value as it was read, or else anew.
func (v verbatim[T]) MarshalJSON() ([]byte, error) {
	if v.raw != nil {
		return v.raw, nil
	}
	return json.Marshal(v.value)
}
