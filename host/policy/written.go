package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
)

// plainName is an argument's name that needs no quotes.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_.$-]+$`)

// parsePatterns reads what follows the opening parenthesis of a rule.
func parsePatterns(s string) (Patterns, error) {
	ps := Patterns{}
	s = strings.TrimLeft(s, " ")
	for done := strings.HasPrefix(s, ")"); !done; {
		p, rest, err := parsePattern(s)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(ps, func(o Pattern) bool { return o.Name == p.Name }) {
			return nil, fmt.Errorf("it names the argument %s twice", quoted(p.Name))
		}
		ps = append(ps, p)
		s = strings.TrimLeft(rest, " ")
		done = strings.HasPrefix(s, ")")
		if !done && !strings.HasPrefix(s, ",") {
			return nil, fmt.Errorf("after the value of %s it has neither a comma nor the closing parenthesis", quoted(p.Name))
		}
		if !done {
			s = strings.TrimLeft(s[1:], " ")
		}
	}
	if s != ")" {
		return nil, errors.New("something follows the closing parenthesis")
	}
	slices.SortFunc(ps, func(a, b Pattern) int { return strings.Compare(a.Name, b.Name) })
	return ps, nil
}

// parsePattern reads "name=value" and gives what follows it.
func parsePattern(s string) (Pattern, string, error) {
	var p Pattern
	rest, err := p.readName(s)
	if err != nil {
		return p, "", err
	}
	rest = strings.TrimLeft(rest, " ")
	if rest != "" && strings.ContainsRune(`"{[`, rune(rest[0])) {
		p.Value, rest, err = parseJSON(rest)
	} else {
		end := strings.IndexAny(rest, ",)")
		if end < 0 {
			end = len(rest)
		}
		p.Value, err = parseBare(strings.TrimRight(rest[:end], " "))
		rest = rest[end:]
	}
	if err != nil {
		return p, "", fmt.Errorf("its argument %s: %w", quoted(p.Name), err)
	}
	return p, rest, nil
}

// readName takes the name and the equals sign, and gives what follows them.
func (p *Pattern) readName(s string) (rest string, err error) {
	if strings.HasPrefix(s, `"`) {
		var name Value
		if name, rest, err = parseJSON(s); err != nil {
			return "", fmt.Errorf("the name of an argument: %w", err)
		}
		if err := json.Unmarshal([]byte(name.exact), &p.Name); err != nil {
			return "", fmt.Errorf("the name of an argument: %w", err)
		}
		if rest, ok := strings.CutPrefix(strings.TrimLeft(rest, " "), "="); ok {
			return rest, nil
		}
		return "", fmt.Errorf("its argument %s has no value (write =* for any)", quoted(p.Name))
	}
	name, rest, ok := strings.Cut(s, "=")
	p.Name = strings.TrimRight(name, " ")
	switch {
	case !ok:
		return "", errors.New("an argument in it has no value (write name=value; * means any)")
	case !plainName.MatchString(p.Name):
		return "", fmt.Errorf("the argument's name %s needs to stand in quotes", quoted(p.Name))
	}
	return rest, nil
}

// parseJSON reads the JSON value that s begins with, and gives what follows it.
func parseJSON(s string) (Value, string, error) {
	d := json.NewDecoder(strings.NewReader(s))
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return Value{}, "", fmt.Errorf("what begins with %c is no JSON: %w", s[0], err)
	}
	if !visible(string(raw)) {
		return Value{}, "", errors.New("it holds characters that cannot be seen (write them as \\u escapes)")
	}
	v, err := Exact(raw)
	return v, s[d.InputOffset():], err
}

// parseBare reads a value without quotes: a pattern if it has * or ?, a JSON
// number or word, else the text itself.
func parseBare(s string) (Value, error) {
	if err := checkBare(s); err != nil {
		return Value{}, err
	}
	switch {
	case strings.ContainsAny(s, "*?"):
		return Value{glob: s}, nil
	case json.Valid([]byte(s)):
		return Exact(json.RawMessage(s))
	}
	return Value{exact: encode(s)}, nil
}

// checkBare tells why a text cannot stand without quotes.
func checkBare(s string) error {
	switch {
	case s == "":
		return errors.New(`it has no value ("" means the empty text, * means any)`)
	case strings.ContainsAny(s, `,()"=`), strings.ContainsAny(s[:1], "{["):
		return errors.New(`a value with one of , ( ) " = needs to stand in quotes, in a pattern ? stands for it`)
	case s != strings.TrimSpace(s):
		return errors.New("its value begins or ends with a space (put it in quotes)")
	case !visible(s):
		return errors.New(`its value holds characters that cannot be seen (put it in quotes, with \u escapes)`)
	}
	return nil
}

// readable writes an escape for every character of JSON that one cannot see, and
// for spaces beside spaces. Where characters are hidden only beside others, it
// does so for all that is not ASCII.
func readable(compact string) string {
	s := escape(compact, func(r rune) bool { return !visible(string(r)) })
	if visible(s) {
		return s
	}
	return escape(compact, func(r rune) bool { return r > '~' })
}

// escape writes JSON with \u escapes for some characters of its texts.
func escape(compact string, hidden func(rune) bool) string {
	var b strings.Builder
	var before rune
	for _, r := range compact {
		switch high, low := utf16.EncodeRune(r); {
		case !hidden(r) && (r != ' ' || before != ' '):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		before = r
	}
	return b.String()
}
