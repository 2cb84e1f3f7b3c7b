// Package form asks a person for the arguments of a tool: one blank for each
// property of its schema, and JSON out of what is in them.
package form

import (
	"bytes"
	"encoding/json"

	"switchboard/host/clean"
)

// A Form is the blanks of one tool. Below them is a button of the caller's.
type Form struct {
	blanks []blank
	at     int // the blank under the cursor; len(blanks) is the button
}

// New makes the blanks of a schema. Defaults are filled in, so that one sees what
// will be sent.
func New(n Node) Form {
	var f Form
	for _, child := range n.Children {
		f.blanks = append(f.blanks, newBlank(child))
	}
	return f
}

// Filled makes the blanks of a schema with the members of a JSON object in them;
// members that the schema does not know get blanks of their own. A blank that is
// left as it is gives back the very bytes of its member. It fails for what is no
// object, or has a member twice.
func Filled(n Node, arguments json.RawMessage) (Form, error) {
	f := Form{}
	for _, child := range n.Children {
		child.Default = nil // what the call leaves out stays left out
		f.blanks = append(f.blanks, newBlank(child))
	}
	if len(bytes.TrimSpace(arguments)) == 0 {
		return f, nil
	}
	given, err := members(arguments)
	if err != nil {
		return Form{}, err
	}
	for _, m := range given {
		b := f.named(m.name)
		if b == nil {
			f.blanks = append(f.blanks, newBlank(Node{Name: m.name}))
			b = &f.blanks[len(f.blanks)-1]
		}
		if b.given != nil {
			return Form{}, twice(m.name)
		}
		b.fill(m.value)
	}
	return f, nil
}

type twice string

func (name twice) Error() string { return clean.Line(string(name)) + " is given twice" }

func (f *Form) named(name string) *blank {
	for i := range f.blanks {
		if f.blanks[i].Name == name {
			return &f.blanks[i]
		}
	}
	return nil
}

// current is the blank under the cursor; nil on the button.
func (f *Form) current() *blank {
	if f.at >= len(f.blanks) {
		return nil
	}
	return &f.blanks[f.at]
}

// OnButton tells whether the cursor is below the blanks.
func (f *Form) OnButton() bool { return f.current() == nil }

// Picks tells whether the blank under the cursor has choices instead of a field.
func (f *Form) Picks() bool { b := f.current(); return b != nil && b.choices != nil }

// Field is the field under the cursor; nil where nothing is typed.
func (f *Form) Field() *Field {
	b := f.current()
	if b == nil || b.choices != nil || b.held != "" {
		return nil
	}
	return &b.field
}

// Press takes a key: from blank to blank, or into the one under the cursor. It is
// false for a key that the form has no use for.
func (f *Form) Press(key, text string) bool {
	b := f.current()
	switch key {
	case "tab", "enter", "down":
		f.move(1)
	case "shift+tab", "up":
		f.move(-1)
	default:
		return b != nil && b.press(key, text)
	}
	return true
}

// Paste puts text into the field under the cursor, if there is one.
func (f *Form) Paste(text string) {
	if field := f.Field(); field != nil {
		f.current().problem = ""
		field.Insert(text)
	}
}

func (f *Form) move(n int) { f.at = max(0, min(f.at+n, len(f.blanks))) }

// Blame says what is wrong with a member, under its blank; false when there is none.
func (f *Form) Blame(name, problem string) bool {
	b := f.named(name)
	if b != nil {
		b.problem = problem
	}
	return b != nil
}

// Arguments are what the form says, as a JSON object; false when something cannot
// be sent, which the blanks then say. Blanks left empty are left out; "" is the
// empty text.
func (f *Form) Arguments() (json.RawMessage, bool) {
	var out bytes.Buffer
	ok := true
	for i := range f.blanks {
		b := &f.blanks[i]
		value, problem := b.value()
		b.problem = problem
		if problem != "" {
			if ok {
				f.at = i
			}
			ok = false
		}
		if value == nil {
			continue
		}
		name, err := json.Marshal(b.Name)
		if err != nil {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(',')
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value)
	}
	return json.RawMessage("{" + out.String() + "}"), ok
}
