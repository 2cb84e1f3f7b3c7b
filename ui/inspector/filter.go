package inspector

import (
	"strings"

	"switchboard/ui/cells"
	"switchboard/ui/form"
)

// A filter narrows a list down to the rows that hold what one types.
type filter struct {
	field  form.Field
	typing bool
	column int // where the cursor stands, as last drawn
}

// press takes a key while one types. It tells whether the rows may have changed.
func (f *filter) press(key, text string) bool {
	switch key {
	case "enter", "tab", "down", "up":
		f.typing = false
		return false
	case "esc":
		f.clear()
		return true
	}
	return f.field.Press(key, text)
}

func (f *filter) clear() {
	f.typing = false
	f.field.Clear()
}

// back ends the filter; false when there is none.
func (f *filter) back() bool {
	had := f.on()
	f.clear()
	return had
}

func (f *filter) on() bool { return f.typing || !f.field.Empty() }

// words are the words that a row must hold, all of them, in small letters.
func (f *filter) words() []string { return strings.Fields(strings.ToLower(f.field.Value())) }

// holds tells whether a text has every word in it.
func holds(text string, words []string) bool {
	if len(words) == 0 {
		return true
	}
	text = strings.ToLower(text)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// row draws the filter and how many rows are left of all.
func (f *filter) row(s *sheet, left, all string) {
	if !f.on() {
		return
	}
	label := "/ "
	text, at := f.field.Draw(max(4, s.w-cells.Width(left+all)-10))
	f.column = cells.Width(label) + at
	s.add(cells.Cut(s.theme.Key.Render("/")+" "+text+"  "+s.theme.Faint.Render(left+" of "+all), s.w))
}
