package list

import (
	"strings"

	"switchboard/theme"
	"switchboard/ui/cells"
	"switchboard/ui/form"
)

// A Filter narrows a list down to the rows that hold what one types.
type Filter struct {
	Typing bool // keys are text for it
	Column int  // where the cursor stands, as last drawn
	field  form.Field
}

// Press takes a key while one types. It tells whether the rows may have changed.
func (f *Filter) Press(key, text string) bool {
	switch key {
	case "enter", "tab", "down", "up":
		f.Typing = false
		return false
	case "esc":
		f.Clear()
		return true
	}
	return f.field.Press(key, text)
}

// Clear ends the filter.
func (f *Filter) Clear() {
	f.Typing = false
	f.field.Clear()
}

// Back ends the filter; false when there is none.
func (f *Filter) Back() bool {
	had := f.On()
	f.Clear()
	return had
}

// On tells whether the filter is in sight.
func (f *Filter) On() bool { return f.Typing || !f.field.Empty() }

// Field is where one types.
func (f *Filter) Field() *form.Field { return &f.field }

// Words are the words that a row must hold, all of them, in small letters.
func (f *Filter) Words() []string { return strings.Fields(strings.ToLower(f.field.Value())) }

// Holds tells whether a text has every word in it.
func Holds(text string, words []string) bool {
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

// Row draws the filter, and how many rows are left of all, in w cells.
func (f *Filter) Row(t theme.Theme, left, all string, w int) string {
	label := "/ "
	text, at := f.field.Draw(max(4, w-cells.Width(left+all)-10))
	f.Column = cells.Width(label) + at
	return cells.Cut(t.Key.Render("/")+" "+text+"  "+t.Faint.Render(left+" of "+all), w)
}
