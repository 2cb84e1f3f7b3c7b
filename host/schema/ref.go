package schema

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"switchboard/host/clean"
)

// checkRefs sees to it that every reference leads somewhere inside of the schema:
// nothing is ever fetched.
func (s *Schema) checkRefs(v any) error {
	switch v := v.(type) {
	case []any:
		for _, part := range v {
			if err := s.checkRefs(part); err != nil {
				return err
			}
		}
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			if _, found := s.resolve(ref); !found {
				return fmt.Errorf("it refers to %q, which is not in it", short(clean.Line(ref), 100))
			}
		}
		for key, part := range v {
			if key == "enum" || key == "const" {
				continue // data, whatever it looks like
			}
			if err := s.checkRefs(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// resolve follows a reference such as #/$defs/place.
func (s *Schema) resolve(ref string) (any, bool) {
	pointer, ok := strings.CutPrefix(ref, "#")
	if !ok {
		return nil, false
	}
	pointer, err := url.PathUnescape(pointer)
	if err != nil || pointer != "" && pointer[0] != '/' {
		return nil, false
	}
	at := s.root
	for i, step := range strings.Split(pointer, "/") {
		if i == 0 {
			continue
		}
		if at, ok = into(at, strings.NewReplacer("~1", "/", "~0", "~").Replace(step)); !ok {
			return nil, false
		}
	}
	switch at.(type) {
	case bool, map[string]any:
		return at, true
	}
	return nil, false
}

// into is one step of a pointer.
func into(v any, step string) (any, bool) {
	switch v := v.(type) {
	case map[string]any:
		next, ok := v[step]
		return next, ok
	case []any:
		i, err := strconv.Atoi(step)
		if err != nil || i < 0 || i >= len(v) {
			return nil, false
		}
		return v[i], true
	}
	return nil, false
}
