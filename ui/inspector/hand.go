package inspector

import (
	"encoding/json"

	"switchboard/host/catalog"
	"switchboard/ui/form"
)

// A hand calls one tool: a form, a button, and what came of it.
type hand struct {
	tool     string
	destroys bool
	form     form.Form
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
	n, err := form.Read(t.Schema)
	if err != nil {
		h.problem = "its schema cannot be read, so it is called without arguments: " + err.Error()
		return h
	}
	h.form = form.New(n)
	return h
}

// field is the blank that one types into.
func (h *hand) field() *form.Field {
	if f := h.form.Field(); f != nil && !h.sure && !h.reading {
		return f
	}
	// The button, choices and the question take every key too, so that none of them
	// restarts the server.
	return &form.Field{}
}

// back takes a question or the look at the answer back.
func (h *hand) back() bool {
	was := h.sure || h.reading
	h.sure, h.reading = false, false
	return was
}

// press takes a key. It gives the arguments when the tool is to be called.
func (h *hand) press(key, text string) (arguments json.RawMessage, send bool) {
	button := h.form.OnButton()
	switch {
	case h.sure:
		h.sure = false
		if key == "y" {
			return h.form.Arguments()
		}
	case h.reading:
		if key == "tab" || key == "enter" {
			h.reading = false
		}
		h.page.press(key)
	case key == "ctrl+s", key == "enter" && button:
		return h.submit()
	case key == "pgup", key == "pgdown":
		h.page.press(key)
	case key == "tab" && button && len(h.page.lines) > 0:
		h.reading = true
	default:
		h.form.Press(key, text)
	}
	return nil, false
}

// submit sends the form when everything in it can be sent. A tool that may destroy
// something asks first.
func (h *hand) submit() (json.RawMessage, bool) {
	arguments, ok := h.form.Arguments()
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
	button := h.form.OnButton()
	switch {
	case h.sure:
		return []Key{{"y", "call it"}, {"esc", "no"}}
	case h.reading:
		return []Key{{"up, down", "scroll"}, {"esc", "to the form"}}
	case button && len(h.page.lines) > 0:
		return []Key{{"enter", "call"}, {"tab", "the answer"}, {"esc", "back"}}
	case button:
		return []Key{{"enter", "call"}, {"up", "fill in"}, {"esc", "back"}}
	case h.form.Picks():
		return []Key{{"space", "pick"}, {"tab", "next"}, {"ctrl+s", "call"}, {"esc", "back"}}
	}
	return []Key{{"tab", "next"}, {"ctrl+s", "call"}, {"esc", "back"}}
}
