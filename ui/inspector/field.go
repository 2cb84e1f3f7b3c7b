package inspector

import (
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/cells"
)

// maxField bounds what one types into a field, in characters.
const maxField = 64 << 10

// A field is one line to type into. What is pasted into it may hold line breaks,
// which it shows as signs.
type field struct {
	text []rune
	at   int // characters before the cursor
}

func newField(text string) field { r := []rune(text); return field{text: r, at: len(r)} }

func (f *field) value() string { return string(f.text) }

func (f *field) empty() bool { return len(f.text) == 0 }

func (f *field) clear() { f.text, f.at = nil, 0 }

// insert puts text at the cursor, line breaks as terminals paste them made plain.
func (f *field) insert(text string) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	add := []rune(text)
	add = add[:max(0, min(len(add), maxField-len(f.text)))]
	rest := append(add, f.text[f.at:]...)
	f.text = append(f.text[:f.at:f.at], rest...)
	f.at += len(add)
}

// press takes a key; text is what it types, "" for none.
func (f *field) press(key, text string) bool {
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
		f.insert(" ")
	default:
		if text == "" {
			return false
		}
		f.insert(text)
	}
	return true
}

func (f *field) remove(from, to int) {
	from, to = max(0, from), min(to, len(f.text))
	if from >= to {
		return
	}
	f.text = append(f.text[:from:from], f.text[to:]...)
	f.at = from
}

// draw is the part of the line around the cursor that fits into w cells, and in
// which cell of it the cursor stands.
func (f *field) draw(w int) (text string, cursor int) {
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
