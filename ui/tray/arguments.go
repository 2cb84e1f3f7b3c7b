package tray

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"switchboard/host/clean"
	"switchboard/host/clean/lookalike"
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
	// hidden counts characters that a terminal would not have shown, twins those
	// that pass for others.
	hidden, twins int
	// name is the key as it came, without what marks letters in it.
	name string
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
		a := blockOf(clean.Block(string(raw)))
		a.key, a.hidden = "not a JSON object", clean.Hidden(string(raw))
		return []argument{a}
	}
	given := map[string]bool{}
	out := make([]argument, len(members))
	for i, m := range members {
		out[i] = readValue(m.Value)
		key, twins := lookalike.ShowLine(m.Name)
		out[i].name, out[i].key, out[i].hidden = m.Name, key, m.Hidden
		out[i].twins += twins
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
		return lineOf(shown)
	}
	var text string
	if json.Unmarshal([]byte(shown), &text) == nil {
		if strings.ContainsAny(text, "\n\r") {
			return blockOf(clean.Block(text))
		}
		return lineOf(shown)
	}
	var indented bytes.Buffer
	if json.Indent(&indented, []byte(shown), "", "  ") != nil {
		return blockOf(shown)
	}
	a := blockOf(indented.String())
	a.bytes = len(shown)
	return a
}

func lineOf(shown string) argument {
	marked, twins := lookalike.ShowLine(countTabs(shown))
	return argument{lines: []string{marked}, bytes: len(shown), twins: twins}
}

func blockOf(text string) argument {
	marked, twins := lookalike.Show(text)
	return argument{lines: countEmpty(strings.Split(marked, "\n")), block: true, bytes: len(text), twins: twins}
}

// manyTabs is a run of tabs that is shown as its length: it could push what follows
// out of sight.
var manyTabs = regexp.MustCompile(`(?:\\t){4,}`)

// countTabs shows long runs of tabs in a JSON text as their length.
func countTabs(shown string) string {
	return manyTabs.ReplaceAllStringFunc(shown, func(run string) string { return fmt.Sprintf("␉×%d", len(run)/2) })
}

// manyEmpty is how many empty lines in a row are shown as their number.
const manyEmpty = 4

// countEmpty shows long runs of empty lines as their number.
func countEmpty(lines []string) []string {
	out := lines[:0:0]
	for i := 0; i < len(lines); {
		n := 0
		for i+n < len(lines) && strings.Trim(lines[i+n], " ") == "" {
			n++
		}
		switch {
		case n >= manyEmpty:
			out = append(out, fmt.Sprintf("␊×%d", n))
		case n > 0:
			out = append(out, lines[i:i+n]...)
		default:
			n = 1
			out = append(out, lines[i])
		}
		i += n
	}
	return out
}

// size tells how big a value is, and what hides in it.
func (a argument) size() string {
	said := amount.Count(len(a.lines), "line") + ", " + amount.Bytes(a.bytes)
	if a.hidden > 0 {
		said += ", " + amount.Count(a.hidden, "hidden character")
	}
	if a.twins > 0 {
		said += ", " + amount.Count(a.twins, "look-alike")
	}
	return said
}
