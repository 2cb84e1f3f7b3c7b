package form

import (
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/cells"
)

// maxField bounds what one types into a field, in characters.
const maxField = 64 << 10

// A Field is one line to type into. What is pasted into it may hold line breaks,
// which it shows as signs.
type Field struct {
	text []rune
	at   int // characters before the cursor
}

// NewField makes a field with a text in it and the cursor behind that.
func NewField(text string) Field { r := []rune(text); return Field{text: r, at: len(r)} }

// Value is what was typed.
func (f *Field) Value() string { return string(f.text) }

// Empty tells whether nothing is typed.
func (f *Field) Empty() bool { return len(f.text) == 0 }

// Clear takes everything away.
func (f *Field) Clear() { f.text, f.at = nil, 0 }

// Insert puts text at the cursor, line breaks as terminals paste them made plain.
func (f *Field) Insert(text string) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	add := []rune(text)
	add = add[:max(0, min(len(add), maxField-len(f.text)))]
	rest := append(add, f.text[f.at:]...)
	f.text = append(f.text[:f.at:f.at], rest...)
	f.at += len(add)
}

// Press takes a key; text is what it types, "" for none. It is false for a key that
// means nothing to a field.
func (f *Field) Press(key, text string) bool {
	switch key {
	case "backspace", "ctrl+h":
		f.remove(f.at-1, f.at)
	case "delete":
		f.remove(f.at, f.at+1)
	case "ctrl+u":
		f.remove(0, f.at)
	case "ctrl+k":
		f.remove(f.at, len(f.text))
	case "left":
		f.at = max(0, f.at-1)
	case "right":
		f.at = min(len(f.text), f.at+1)
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.text)
	case "space":
		f.Insert(" ")
	default:
		if text == "" {
			return false
		}
		f.Insert(text)
	}
	return true
}

func (f *Field) remove(from, to int) {
	from, to = max(0, from), min(to, len(f.text))
	if from >= to {
		return
	}
	f.text = append(f.text[:from:from], f.text[to:]...)
	f.at = from
}

// Draw is the part of the line around the cursor that fits into w cells, and in
// which cell of it the cursor stands.
func (f *Field) Draw(w int) (text string, cursor int) {
	if w < 2 {
		return "", 0
	}
	from := 0
	for cells.Width(clean.Line(string(f.text[from:f.at]))) > w-1 {
		from += max(1, (f.at-from)/8)
	}
	from = min(from, f.at)
	shown := clean.Line(string(f.text[from:min(len(f.text), from+w)]))
	return cells.Cut(shown, w), cells.Width(clean.Line(string(f.text[from:f.at])))
}
