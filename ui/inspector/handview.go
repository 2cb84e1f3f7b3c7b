package inspector

import (
	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// view draws the form in the upper part and the answer below it.
func (h *hand) view(s *sheet, rows int, result host.CallFinished, answered bool) []string {
	s.add(cells.Cut(s.theme.Strong.Render("call "+clean.Line(h.tool))+s.theme.Muted.Render(" by hand"), s.w))
	if h.problem != "" {
		s.prose(s.theme.Warn.Render(h.problem))
	}
	at := h.draw(s)
	formRows := min(len(s.lines), rows)
	if answered || h.waits {
		formRows = min(len(s.lines), max(3, rows*3/5))
	}
	h.top = max(0, min(h.top, at, len(s.lines)-formRows))
	h.top = max(h.top, at-formRows+1)
	h.y = at - h.top
	out := append([]string(nil), s.lines[h.top:h.top+formRows]...)
	return append(out, h.answer(s, rows-formRows, result, answered)...)
}

// draw adds the blanks and the button, and tells which row has the cursor.
func (h *hand) draw(s *sheet) (at int) {
	column := h.column(s.w)
	for i := range h.form.blanks {
		if i == h.form.at {
			at = len(s.lines)
		}
		h.blank(s, &h.form.blanks[i], i == h.form.at, column)
	}
	if h.form.current() == nil {
		at, h.x = len(s.lines), 2
	}
	button := " call " + clean.Line(h.tool) + " "
	switch {
	case h.sure:
		s.add(cells.Cut(s.theme.Warn.Render("it may change or delete for good. y calls it, any other key does not"), s.w))
		at = len(s.lines) - 1
	case h.form.current() == nil:
		s.add("  " + s.theme.Selected.Render(cells.Cut(button, s.w-2)))
	default:
		s.add("  " + s.theme.Key.Render(cells.Cut(button, s.w-2)))
	}
	return at
}

// column is the width of the names of the blanks.
func (h *hand) column(w int) int {
	longest := 4
	for _, b := range h.form.blanks {
		longest = max(longest, cells.Width(clean.Line(b.name))+1)
	}
	return min(longest, max(6, w/3))
}

// blank is one argument: its name, required or not, what is in it; below it what
// it takes, while it has the cursor, or what is wrong with it.
func (h *hand) blank(s *sheet, b *blank, chosen bool, column int) {
	mark, name := " ", clean.Line(b.name)
	if b.required {
		name += "*"
	}
	label := s.theme.Muted.Render(cells.Fit(name, column))
	if chosen {
		mark, label = s.theme.Accent.Render("›"), s.theme.Accent.Render(cells.Fit(name, column))
	}
	value, at := h.value(s, b, s.w-column-4)
	if chosen {
		h.x = column + 3 + at
	}
	s.add(cells.Cut(mark+" "+label+" "+value, s.w))
	indent := cells.Fit("", column+3)
	if b.problem != "" {
		s.add(cells.Cut(indent+s.theme.Bad.Render("✗ "+b.problem), s.w))
	}
	if !chosen {
		return
	}
	hint := b.hint()
	if b.description != "" {
		hint += ": " + clean.Line(b.description)
	}
	for _, l := range cells.Wrap(hint, max(8, s.w-column-4))[:1] {
		s.add(cells.Cut(indent+s.theme.Faint.Render(l), s.w))
	}
}

// value is what is in a blank, and where in it the cursor stands.
func (h *hand) value(s *sheet, b *blank, w int) (text string, cursor int) {
	if b.choices == nil {
		text, cursor = b.field.draw(max(4, w))
		if text == "" {
			text = s.theme.Faint.Render("…")
		}
		return text, cursor
	}
	said := "(none)"
	if b.pick >= 0 {
		said = clean.Line(b.choices[b.pick])
	}
	return "‹ " + said + " ›", 2
}

// answer is what the call gave, in so many rows.
func (h *hand) answer(s *sheet, rows int, result host.CallFinished, answered bool) []string {
	switch {
	case h.waits:
		h.page.lines = nil
		return []string{"", s.theme.Busy.Render("▸ waiting for the answer")}
	case !answered || rows < 2:
		h.page.lines = nil
		return nil
	}
	style, sign := s.theme.Good, "✓ "
	if result.Outcome != host.Succeeded {
		style, sign = s.theme.Bad, "✗ "
	}
	head := style.Render(sign+string(result.Outcome)) + s.theme.Muted.Render("  "+amount.Latency(result.Took)+", "+amount.Bytes(result.Bytes))
	h.page.lines = h.quote.draw(s.theme, result.Text, s.w)
	return append([]string{cells.Cut(head, s.w)}, h.page.view(rows-1)...)
}
