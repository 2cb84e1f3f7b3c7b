package offline

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

var (
	errNumber  = errors.New("a number is needed")
	errInteger = errors.New("a whole number is needed")
	errTruth   = errors.New("true or false is needed")
	errJSON    = errors.New("JSON is needed")
)

// parse reads a value that was written as key=value.
func (p param) parse(s string) (any, error) {
	if len(p.choices) > 0 {
		return p.parseChoice(s)
	}
	switch p.kind {
	case "number", "integer":
		return p.parseNumber(s)
	case "boolean":
		return parseTruth(s)
	case "array":
		return p.parseList(s)
	case "object":
		if len(members([]byte(s))) == 0 && s != "{}" || !json.Valid([]byte(s)) {
			return nil, errJSON
		}
		return json.RawMessage(s), nil
	}
	return s, nil
}

func (p param) parseChoice(s string) (any, error) {
	var all []string
	for _, c := range p.choices {
		text := fmt.Sprint(c)
		if strings.EqualFold(text, s) {
			return c, nil
		}
		all = append(all, text)
	}
	return nil, fmt.Errorf("one of %s is needed", strings.Join(all, ", "))
}

func (p param) parseNumber(s string) (any, error) {
	n := json.Number(plain(s))
	if !json.Valid([]byte(n)) {
		return nil, errNumber
	}
	if _, err := n.Float64(); err != nil {
		return nil, errNumber
	}
	if _, err := n.Int64(); p.kind == "integer" && err != nil {
		return nil, errInteger
	}
	return n, nil
}

func parseTruth(s string) (any, error) {
	switch strings.ToLower(s) {
	case "true", "yes", "on":
		return true, nil
	case "false", "no", "off":
		return false, nil
	}
	return nil, errTruth
}

// parseList reads a JSON list, or items between commas.
func (p param) parseList(s string) (any, error) {
	if strings.HasPrefix(s, "[") {
		if !json.Valid([]byte(s)) {
			return nil, errJSON
		}
		return json.RawMessage(s), nil
	}
	var out []any
	for item := range strings.SplitSeq(s, ",") {
		v := any(strings.TrimSpace(item))
		if p.items != nil {
			var err error
			if v, err = p.items.parse(strings.TrimSpace(item)); err != nil {
				return nil, err
			}
		}
		out = append(out, v)
	}
	return out, nil
}
