package inspector

import (
	"encoding/json"

	"switchboard/host/catalog"
)

// A hand calls one tool: a form, a button, and what came of it.
type hand struct {
	tool     string
	destroys bool
	form     form
	problem  string // why there is no form
	sure     bool   // asks once more, because the tool may destroy something
	waits    bool   // for the answer
	page     page
	quote    quote // the answer, laid out
	reading  bool  // the keys scroll through the answer
	x, y     int   // of the cursor, as last drawn
	top      int   // the first row of the form in sight
}

func newHand(t catalog.Tool) *hand {
	h := &hand{tool: t.ID.Tool, destroys: t.Hints.MayDestroy()}
	n, err := readSchema(t.Schema)
	if err != nil {
		h.problem = "its schema cannot be read, so it is called without arguments: " + err.Error()
		return h
	}
	h.form = newForm(n)
	return h
}

// field is the blank that one types into.
func (h *hand) field() *field {
	if b := h.form.current(); b != nil && !h.sure && !h.reading {
		return &b.field
	}
	// The button and the question take every key too, so that none of them
	// restarts the server.
	return &field{}
}

// back takes a question or the look at the answer back.
func (h *hand) back() bool {
	was := h.sure || h.reading
	h.sure, h.reading = false, false
	return was
}

// press takes a key. It gives the arguments when the tool is to be called.
func (h *hand) press(key, text string) (arguments json.RawMessage, send bool) {
	b := h.form.current()
	switch {
	case h.sure:
		h.sure = false
		if key == "y" {
			return h.form.arguments()
		}
	case h.reading:
		if key == "tab" || key == "enter" {
			h.reading = false
		}
		h.page.press(key)
	case key == "ctrl+s", key == "enter" && b == nil:
		return h.submit()
	case key == "pgup", key == "pgdown":
		h.page.press(key)
	case h.moves(key):
	case b == nil:
	case b.choices != nil:
		b.press(key)
	default:
		b.problem = ""
		b.field.press(key, text)
	}
	return nil, false
}

// moves takes the keys that go from blank to blank; tab on the button goes on to
// the answer.
func (h *hand) moves(key string) bool {
	switch key {
	case "tab":
		if h.form.current() == nil && len(h.page.lines) > 0 {
			h.reading = true
			return true
		}
		h.form.move(1)
	case "enter", "down":
		h.form.move(1)
	case "shift+tab", "up":
		h.form.move(-1)
	default:
		return false
	}
	return true
}

func (b *blank) press(key string) {
	b.problem = ""
	switch key {
	case "space", "right":
		b.cycle(1)
	case "left", "backspace":
		b.cycle(-1)
	}
}

// submit sends the form when everything in it can be sent. A tool that may destroy
// something asks first.
func (h *hand) submit() (json.RawMessage, bool) {
	arguments, ok := h.form.arguments()
	if h.waits || !ok {
		return nil, false
	}
	if h.destroys {
		h.sure = true
		return nil, false
	}
	return arguments, true
}

func (h *hand) keys() []Key {
	b := h.form.current()
	switch {
	case h.sure:
		return []Key{{"y", "call it"}, {"esc", "no"}}
	case h.reading:
		return []Key{{"up, down", "scroll"}, {"esc", "to the form"}}
	case b == nil && len(h.page.lines) > 0:
		return []Key{{"enter", "call"}, {"tab", "the answer"}, {"esc", "back"}}
	case b == nil:
		return []Key{{"enter", "call"}, {"up", "fill in"}, {"esc", "back"}}
	case b.choices != nil:
		return []Key{{"space", "pick"}, {"tab", "next"}, {"ctrl+s", "call"}, {"esc", "back"}}
	}
	return []Key{{"tab", "next"}, {"ctrl+s", "call"}, {"esc", "back"}}
}
