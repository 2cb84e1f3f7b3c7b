package tray

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// An argument is one top-level member of a call's arguments, ready to be shown.
type argument struct {
	key   string // cleaned
	lines []string
	block bool // the value is text of several lines, or too deep for one
	bytes int
	// hidden counts characters that a terminal would not have shown.
	hidden int
}

// readArguments takes a call's arguments apart without losing anything: order,
// members that occur twice, digits of numbers. What is no JSON object is shown
// as the bytes it is.
func readArguments(raw json.RawMessage) []argument {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	members, err := readMembers(raw)
	if err != nil {
		whole := string(raw)
		return []argument{{
			key: "not a JSON object", lines: strings.Split(clean.Block(whole), "\n"),
			block: true, bytes: len(whole), hidden: hidden(whole),
		}}
	}
	return members
}

func readMembers(raw json.RawMessage) ([]argument, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("no object")
	}
	var out []argument
	given := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("reading a key: %w", err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, fmt.Errorf("reading the value of %v: %w", key, err)
		}
		name := key.(string) // an object's key is a string, or Token had failed
		a := readValue(value)
		a.key = clean.Line(name)
		a.hidden += hidden(name)
		if given[name] {
			a.key += " (given twice)"
		}
		given[name] = true
		out = append(out, a)
	}
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("reading the end: %w", err)
	}
	if d.More() {
		return nil, errors.New("more than one value")
	}
	return out, nil
}

// shortText is how many bytes a value may have to be shown as JSON on one line,
// even if it is text of several lines.
const shortText = 60

// readValue shows text of several lines as those lines, and everything else as
// JSON: on one line while that is short, indented when it is not.
func readValue(value json.RawMessage) argument {
	var s string
	if value[0] == '"' && json.Unmarshal(value, &s) == nil {
		if strings.ContainsAny(s, "\n\r") && len(s) > shortText {
			return argument{lines: strings.Split(clean.Block(s), "\n"), block: true, bytes: len(s), hidden: hidden(s)}
		}
		return argument{lines: []string{clean.Line(quote(s))}, bytes: len(s), hidden: hidden(s)}
	}
	flat, deep := canonical(value, ""), ""
	if len(flat) > shortText {
		deep = canonical(value, "  ")
	}
	a := argument{lines: []string{clean.Line(flat)}, bytes: len(value), hidden: hidden(flat)}
	if strings.Contains(deep, "\n") {
		a.lines, a.block = strings.Split(clean.Block(deep), "\n"), true
	}
	return a
}

// quote writes a string as JSON does, with nothing escaped that need not be.
func quote(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return `"` + s + `"`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// hidden counts the characters of s that [clean] had to make visible: it writes
// them as ‹U+202E› or as control pictures.
func hidden(s string) int { return max(0, marks(clean.Block(s))-marks(s)) }

func marks(s string) int {
	n := 0
	for _, r := range s {
		if r == '‹' || r >= '\u2400' && r <= '\u2421' {
			n++
		}
	}
	return n
}

// size tells how big a folded value is, and what hides in it.
func (a argument) size() string {
	said := amount.Count(len(a.lines), "line") + ", " + amount.Bytes(a.bytes)
	if a.hidden > 0 {
		said += ", " + amount.Count(a.hidden, "hidden character")
	}
	return said
}
