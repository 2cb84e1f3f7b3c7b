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
	above := len(s.lines)
	blanks, row, column := h.form.Draw(s.theme, s.w)
	s.add(blanks...)
	at, h.x = above+row, column
	button := " call " + clean.Line(h.tool) + " "
	switch {
	case h.sure:
		at = len(s.lines)
		s.add(cells.Cut(s.theme.Warn.Render("it may change or delete for good. y calls it, any other key does not"), s.w))
	case row < 0:
		at, h.x = len(s.lines), 2
		s.add("  " + s.theme.Selected.Render(cells.Cut(button, s.w-2)))
	default:
		s.add("  " + s.theme.Key.Render(cells.Cut(button, s.w-2)))
	}
	return at
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
