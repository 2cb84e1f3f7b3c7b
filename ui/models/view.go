package models

import (
	"fmt"
	"strings"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

const (
	filterRow = 1 // under the title
	headRows  = 3 // title, filter, blank
	footRows  = 2 // blank, keys
)

// draw is the title, the filter, as much of the list as fits, and the keys.
func (s *Sheet) draw(w, h int) []string {
	s.page = max(1, h-headRows-footRows)
	rows := []string{s.title(w), s.filterLine(w), ""}
	rows = append(rows, cells.Block(s.window(s.list(w)), s.page)...)
	return cells.Block(append(rows, "", s.keys(w)), h)
}

func (s *Sheet) title(w int) string {
	title := s.theme.Strong.Render("Models")
	said := "no model yet"
	if s.now.Name != "" {
		said = clean.Line(s.now.Name) + " answers"
	}
	return cells.Cut(title+s.theme.Muted.Render("  "+said), w)
}

// filterLine is what one types, and how many models fit.
func (s *Sheet) filterLine(w int) string {
	all := 0
	for _, src := range s.sources {
		all += len(src.Models)
	}
	count := amount.Count(all, "model")
	if !s.filter.Empty() {
		count = amount.Group(len(s.refs())) + " of " + count
	}
	if !s.done {
		count += ", asking…"
	}
	text, at := s.filter.Draw(max(4, w-cells.Width(count)-4))
	if s.filter.Empty() {
		text += s.theme.Faint.Render("type to search")
	}
	s.column = 2 + at
	return cells.Cut(s.theme.Key.Render("/ ")+text+"  "+s.theme.Faint.Render(count), w)
}

func (s *Sheet) keys(w int) string {
	hint := func(key, does string) string { return s.theme.Key.Render(key) + " " + s.theme.Muted.Render(does) }
	back := "back"
	if !s.filter.Empty() {
		back = "all models"
	}
	line := strings.Join([]string{hint("↑↓", "choose"), hint("enter", "switch"), hint("esc", back)}, "   ")
	if note := "   " + s.theme.Faint.Render("prices are for a million tokens"); cells.Width(line+note) <= w {
		line += note
	}
	return cells.Cut(line, w)
}

// A row is a line of the list.
type row struct {
	text   string
	chosen bool
}

// list draws all sources that have something to show.
func (s *Sheet) list(w int) []row {
	var rows []row
	name := s.nameWidth(w)
	for _, src := range s.sources {
		offers := s.fitting(src)
		if !s.filter.Empty() && len(offers) == 0 {
			continue
		}
		if len(rows) > 0 {
			rows = append(rows, row{})
		}
		rows = append(rows, s.heading(src, w)...)
		for _, o := range offers {
			chosen := s.chosen == host.ModelRef{Source: src.ID, Name: o.Name}
			rows = append(rows, row{s.offer(src, o, name, w), chosen})
		}
	}
	return rows
}

// heading names a source and says where it is, and what is wrong with its list.
func (s *Sheet) heading(src host.ModelSource, w int) []row {
	line := s.theme.Accent.Render(clean.Line(src.Name))
	if src.About != "" && src.About != src.Name {
		line += s.theme.Faint.Render("  " + clean.Line(src.About))
	}
	rows := []row{{text: cells.Cut(line, w)}}
	switch {
	case !src.Problem.Empty():
		for _, l := range cells.Wrap(src.Problem.Line(), max(1, w-2)) {
			rows = append(rows, row{text: "  " + s.theme.Warn.Render(l)})
		}
	case src.Asking:
		rows = append(rows, row{text: "  " + s.theme.Muted.Render("asking for its list…")})
	case src.Key != host.KeyUse{}:
		rows = append(rows, row{text: cells.Cut("  "+s.theme.Muted.Render("not asked yet: enter asks you before the key is used"), w)})
	case len(src.Models) == 0:
		rows = append(rows, row{text: "  " + s.theme.Muted.Render("it lists no model")})
	}
	return rows
}

// offer is a model's row: its name, and what is known of it as far as there is room.
func (s *Sheet) offer(src host.ModelSource, o host.ModelOffer, name, w int) string {
	ref := host.ModelRef{Source: src.ID, Name: o.Name}
	mark, style := "  ", s.theme.Text
	if ref == s.now.Ref {
		mark = s.theme.Good.Render("●") + " "
	}
	if ref == s.chosen {
		mark, style = s.theme.Accent.Render("▸")+" ", s.theme.Strong
	}
	line := mark + style.Render(cells.Fit(clean.Line(o.Name), name))
	window := ""
	if o.Window > 0 {
		window = amount.Short(o.Window)
	}
	line += s.theme.Muted.Render(fmt.Sprintf("  %5s", window))
	return cells.Cut(line+"  "+s.theme.Faint.Render(strings.Join(facts(o, ref == s.now.Ref), " · ")), w)
}

// facts are what else is known of a model, the most telling first.
func facts(o host.ModelOffer, answers bool) []string {
	var all []string
	if answers {
		all = append(all, "answers now")
	}
	if o.About != "" {
		all = append(all, clean.Line(o.About))
	}
	if o.InputPrice > 0 || o.OutputPrice > 0 {
		all = append(all, "$"+dollars(o.InputPrice)+" in, $"+dollars(o.OutputPrice)+" out")
	}
	if o.Vision {
		all = append(all, "sees images")
	}
	if o.Tools {
		all = append(all, "calls tools")
	}
	return all
}

// dollars is a price for a million tokens, with no more digits than it has.
func dollars(f float64) string {
	if f >= 1 {
		return strings.TrimSuffix(fmt.Sprintf("%.2f", f), ".00")
	}
	return fmt.Sprintf("%.3g", f)
}

// nameWidth is the column of the names: the longest one, within half of the view.
func (s *Sheet) nameWidth(w int) int {
	longest := 0
	for _, src := range s.sources {
		for _, o := range src.Models {
			longest = max(longest, cells.Width(clean.Line(o.Name)))
		}
	}
	return max(8, min(longest, w/2, 44))
}

// window is the part of the list around the choice.
func (s *Sheet) window(rows []row) []string {
	at := 0
	for i, r := range rows {
		if r.chosen {
			at = i
		}
	}
	s.top = max(min(s.top, at), at-s.page+1, 0)
	if at < s.page {
		s.top = 0 // with the first heading
	}
	s.top = max(0, min(s.top, len(rows)-s.page))
	var out []string
	for _, r := range rows[s.top:min(len(rows), s.top+s.page)] {
		out = append(out, r.text)
	}
	return out
}
