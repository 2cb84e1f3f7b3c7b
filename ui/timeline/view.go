package timeline

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// View draws the turn that is shown.
func (t *Timeline) View(w, h int, now time.Time) []string {
	trace, any := t.shown()
	if !any {
		return cells.Block([]string{"", t.theme.Muted.Render(cells.Cut("No turn yet: this shows where the time of each went.", w))}, h)
	}
	head := t.head(trace, w, now)
	rows := max(0, h-len(head)-1)
	t.height = rows
	body := t.body(trace, w, rows, now)
	return append(cells.Block(append(head, body...), h-1), t.foot(w))
}

// head says which turn this is, what was asked, and what it took.
func (t *Timeline) head(trace host.Trace, w int, now time.Time) []string {
	whole := trace.Spans[0]
	title := fmt.Sprintf("turn %d of %d", t.at+1, len(t.turns()))
	line := t.theme.Strong.Render(title) + "  " + t.theme.Muted.Render(amount.Elapsed(whole.Took(now)))
	asked := t.theme.Quote.Render("“" + clean.Line(trace.Prompt) + "”")
	return []string{cells.Cut(line, w), cells.Cut(asked, w), ""}
}

// body draws the spans in sight, each unfolded one with its facts.
func (t *Timeline) body(trace host.Trace, w, h int, now time.Time) []string {
	ids := ordered(trace)
	t.rows.Set(ids)
	from, to := t.rows.Window(h)
	var lines []string
	for i := from; i < to && len(lines) < h; i++ {
		s := trace.Spans[ids[i]-1]
		lines = append(lines, t.row(trace, s, w, i == t.rows.Chosen, now))
		if t.open[s.ID] {
			lines = append(lines, t.facts(s, w)...)
		}
	}
	return lines[:min(len(lines), h)]
}

// ordered lists the ids of the spans, parents before their children, without the
// turn itself.
func ordered(trace host.Trace) []int {
	parts := map[int][]host.TraceSpan{}
	for _, s := range trace.Spans {
		parts[s.Parent] = append(parts[s.Parent], s)
	}
	var ids []int
	for _, s := range parts[1] {
		ids = append(ids, s.ID)
		slices.SortStableFunc(parts[s.ID], func(a, b host.TraceSpan) int { return a.Begin.Compare(b.Begin) })
		for _, part := range parts[s.ID] {
			ids = append(ids, part.ID)
		}
	}
	return ids
}

// columns are the widths of a row: the name, the bar, and the time.
func columns(w int) (name, bar, took int) {
	took = 8
	name = max(10, min(34, w*2/5))
	return name, max(0, w-name-took-4), took
}

func (t *Timeline) row(trace host.Trace, s host.TraceSpan, w int, chosen bool, now time.Time) string {
	name, bar, took := columns(w)
	sign, style := "  ", t.theme.Text
	if chosen {
		sign, style = t.theme.Key.Render("▸ "), t.theme.Strong
	}
	label := s.Name
	if s.Parent != 1 {
		label = "  " + label
	}
	line := sign + style.Render(cells.Fit(clean.Line(label), name)) + " "
	if bar >= 8 {
		line += t.bar(trace.Spans[0], s, bar, now) + " "
	}
	return cells.Cut(line+t.theme.Muted.Render(fmt.Sprintf("%*s", took, amount.Latency(s.Took(now)))), w)
}

// bar draws when a span lay within its turn.
func (t *Timeline) bar(whole, s host.TraceSpan, w int, now time.Time) string {
	total := max(whole.Took(now), time.Millisecond)
	cell := func(d time.Duration) int { return int(float64(d) / float64(total) * float64(w)) }
	from := max(0, min(w-1, cell(s.Begin.Sub(whole.Begin))))
	long := max(1, min(w-from, cell(s.Took(now))))
	style, fill := t.look(s)
	return strings.Repeat(" ", from) + style.Render(strings.Repeat(fill, long)) + strings.Repeat(" ", w-from-long)
}

// look tells the kinds of time apart, also without colours.
func (t *Timeline) look(s host.TraceSpan) (lipgloss.Style, string) {
	switch {
	case s.Failed:
		return t.theme.Bad, "▒"
	case s.Kind == host.ModelSpan:
		return t.theme.Accent, "█"
	case s.Kind == host.PersonSpan:
		return t.theme.Warn, "░"
	case s.Kind == host.ServerSpan:
		return t.theme.Good, "▓"
	}
	return t.theme.Muted, "─"
}

// facts are what is known of an unfolded span.
func (t *Timeline) facts(s host.TraceSpan, w int) []string {
	var lines []string
	for _, f := range s.Facts {
		name := t.theme.Faint.Render("    │ ") + t.theme.Muted.Render(cells.Fit(f.Name, 12)) + " "
		for _, part := range cells.Wrap(clean.Line(f.Value), max(8, w-20)) {
			lines = append(lines, cells.Cut(name+t.theme.Text.Render(part), w))
			name = t.theme.Faint.Render("    │ ") + strings.Repeat(" ", 13)
		}
	}
	return lines
}

func (t *Timeline) foot(w int) string {
	legend := t.theme.Accent.Render("█") + t.theme.Muted.Render(" model  ") +
		t.theme.Good.Render("▓") + t.theme.Muted.Render(" server  ") +
		t.theme.Warn.Render("░") + t.theme.Muted.Render(" you")
	var keys []string
	for _, k := range [][2]string{{"esc", "back"}, {"enter", "unfold"}, {"← →", "turns"}, {"w", "save"}, {"o", "as OTLP"}} {
		keys = append(keys, t.theme.Key.Render(k[0])+" "+t.theme.Muted.Render(k[1]))
	}
	return cells.Cut(legend+"    "+strings.Join(keys, "   "), w)
}
