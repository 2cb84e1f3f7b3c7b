package tray

import (
	"time"

	"switchboard/host"
	"switchboard/host/clean"
)

// A Draft is a text that the person changes in their own editor; the zero value is
// none.
type Draft struct {
	For  host.QuestionID
	Text string
	// JSON tells what the text is, for the file's name; else it is plain.
	JSON bool
}

// A change is what a key does to what is shown; the zero value only draws anew.
type change struct {
	close bool   // the panel
	open  panel  // this one, unless it is open
	again bool   // what was seen has to be seen anew
	note  string // for the person
	draft *Draft // to be changed in an editor
}

// A drafter is a card whose text can be changed in an editor.
type drafter interface{ drafted(text string) change }

// act does what a key amounts to.
func (t *Tray) act(e *entry, c change, now time.Time) Outcome {
	switch {
	case c.close:
		t.closePanel()
	case c.open != nil && c.open != t.panel:
		t.open(c.open, now)
	}
	if c.again {
		e.sight = sight{}
		t.guard.appeared(now)
	}
	t.Scroll(0)
	out := Outcome{Note: c.note}
	if c.draft != nil {
		out.Draft = *c.draft
		out.Draft.For = e.id
	}
	return out
}

// Drafted takes a text back from the person's editor, or why there is none. The
// question may be gone by then, or another be on the screen.
func (t *Tray) Drafted(id host.QuestionID, text string, err error, now time.Time) Outcome {
	t.guard.touch(now)
	i := t.find(id)
	if i < 0 {
		return Outcome{Note: "the question is gone: what you wrote is not used"}
	}
	d, can := t.waiting[i].card.(drafter)
	switch {
	case err != nil:
		return Outcome{Note: "nothing is changed: " + clean.Line(err.Error())}
	case !can:
		return Outcome{}
	}
	if i != t.current {
		t.show(i, now)
	}
	return t.act(t.waiting[i], d.drafted(text), now)
}
