package tray

import (
	"bytes"
	"encoding/json"
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// shortText is how many bytes a value may have to be shown as JSON on one line,
// even if it is text of several lines or an object.
const shortText = 60

// An argument is one top-level member of a call's arguments, ready to be shown.
type argument struct {
	key   string // cleaned
	lines []string
	block bool // the value stands below its key
	bytes int  // as it is shown
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
	members, ok := clean.Members(raw)
	if !ok {
		a := block(clean.Block(string(raw)))
		a.key, a.hidden = "not a JSON object", clean.Hidden(string(raw))
		return []argument{a}
	}
	given := map[string]bool{}
	out := make([]argument, len(members))
	for i, m := range members {
		out[i] = readValue(m.Value)
		out[i].key, out[i].hidden = m.Name, m.Hidden
		if given[m.Name] {
			out[i].key += " (given twice)"
		}
		given[m.Name] = true
	}
	return out
}

// readValue takes a value that [clean] has made visible, which leaves it JSON.
// Long text is shown as its lines, long objects and lists are indented.
func readValue(shown string) argument {
	if len(shown) <= shortText {
		return argument{lines: []string{shown}, bytes: len(shown)}
	}
	var text string
	if json.Unmarshal([]byte(shown), &text) == nil {
		if strings.ContainsAny(text, "\n\r") {
			return block(clean.Block(text))
		}
		return argument{lines: []string{shown}, bytes: len(shown)}
	}
	var indented bytes.Buffer
	if json.Indent(&indented, []byte(shown), "", "  ") != nil {
		return block(shown)
	}
	a := block(indented.String())
	a.bytes = len(shown)
	return a
}

func block(text string) argument {
	return argument{lines: strings.Split(text, "\n"), block: true, bytes: len(text)}
}

// size tells how big a value is, and what hides in it.
func (a argument) size() string {
	said := amount.Count(len(a.lines), "line") + ", " + amount.Bytes(a.bytes)
	if a.hidden > 0 {
		said += ", " + amount.Count(a.hidden, "hidden character")
	}
	return said
}
