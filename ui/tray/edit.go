package tray

import (
	"bytes"
	"encoding/json"
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host/clean"
	"switchboard/host/schema"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/form"
)

// An editPanel lets the person change the arguments before they allow the call:
// short values in a form, everything in their own editor. What comes of it is shown
// once more before it can be sent.
type editPanel struct {
	of     *approvalCard
	form   form.Form
	noForm string   // why there is none
	faults []string // of what was written, by the tool's schema
	draft  string   // what an editor gave back and cannot be sent as it is
	row    int
	column int
}

// edit opens the form on what is shown now.
func (c *approvalCard) edit() panel {
	p := &editPanel{of: c, row: -1, column: -1}
	n, err := form.Read(c.Tool.Schema)
	if err != nil {
		n = form.Node{}
	}
	if p.form, err = form.Filled(n, c.current()); err != nil {
		p.noForm = "no form can show these arguments: " + clean.Line(err.Error())
	}
	c.form = p
	return p
}

// current are the arguments that are on the screen.
func (c *approvalCard) current() json.RawMessage {
	if c.edited != nil {
		return c.edited
	}
	return c.Arguments
}

func (p *editPanel) body(th theme.Theme, w int) ([]string, int) {
	lines := []string{th.Muted.Render(cells.Cut("change what is sent; you see it once more before it goes", w))}
	if p.noForm != "" {
		lines = append(lines, cells.Wrap(th.Warn.Render(p.noForm), w)...)
	}
	for _, f := range p.faults {
		lines = append(lines, cells.Wrap(th.Bad.Render("✗ "+f), w)...)
	}
	above := len(lines)
	blanks, row, column := p.form.Draw(th, w)
	p.row, p.column = above+row, column
	if row < 0 || p.form.Field() == nil {
		p.column = -1
	}
	if row < 0 {
		p.row = above + len(blanks) - 1
	}
	return append(lines, blanks...), 0
}

func (p *editPanel) keys() []choice {
	keys := []choice{{key: "ctrl+g", label: "your editor", do: p.open}}
	if p.noForm == "" {
		keys = append([]choice{{key: "ctrl+s", label: "use these", do: p.use}}, keys...)
	}
	return keys
}

func (p *editPanel) press(k tea.KeyPressMsg) bool {
	if key := k.String(); key == "pgup" || key == "pgdown" {
		return false
	}
	p.form.Press(k.String(), k.Text)
	return true // no letter of a form is a key of the tray
}

func (p *editPanel) paste(text string) { p.form.Paste(text) }

func (p *editPanel) at() (row, column int) { return p.row, p.column }

// use takes what the form says, if it can be sent.
func (p *editPanel) use() change {
	arguments, ok := p.form.Arguments()
	if !ok {
		return change{note: "something in it cannot be sent"}
	}
	return p.check(arguments)
}

// open hands everything to the person's editor, indented; what they wrote last, if
// that could not be used.
func (p *editPanel) open() change {
	text := p.draft
	if text == "" {
		var out bytes.Buffer
		if json.Indent(&out, p.of.current(), "", "  ") != nil {
			out.Reset()
			out.Write(p.of.current())
		}
		text = out.String() + "\n"
	}
	return change{draft: &Draft{Text: text, JSON: true}}
}

// drafted takes what an editor gave back. Unchanged, it changes nothing.
func (c *approvalCard) drafted(text string) change {
	p := c.form
	if p == nil {
		return change{}
	}
	p.draft = text
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		p.faults = []string{"not a JSON object: " + clean.Line(err.Error())}
		return change{open: p, note: "that cannot be sent: ctrl+g opens it again"}
	}
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(text)) != nil {
		return change{}
	}
	return p.check(compact.Bytes())
}

// check holds arguments against the tool's schema. Faults are shown with the path to
// them, each under its blank where it has one.
func (p *editPanel) check(arguments json.RawMessage) change {
	if sameBytes(arguments, p.of.Arguments) {
		return p.of.take(nil)
	}
	p.faults = nil
	s, err := schema.Compile(p.of.Tool.Schema)
	if err != nil { // nothing can be checked; the server does
		return p.of.take(arguments)
	}
	faults := s.Validate(arguments)
	for _, f := range faults {
		if strings.ContainsAny(f.Path, ".[") || !p.form.Blame(f.Path, f.Message) {
			p.faults = append(p.faults, f.String())
		}
	}
	if len(faults) > 0 {
		return change{open: p, note: amount.Count(len(faults), "fault") + " by the tool's schema"}
	}
	return p.of.take(arguments)
}

// sameBytes tells whether two texts are the same JSON, white space aside.
func sameBytes(a, b json.RawMessage) bool {
	var x, y bytes.Buffer
	return json.Compact(&x, a) == nil && json.Compact(&y, b) == nil && bytes.Equal(x.Bytes(), y.Bytes())
}
