// Package compare draws tools of several servers that share a name: side by side
// where there is room, else one below the other, what differs between them marked.
package compare

import (
	"fmt"
	"strings"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/servers"
)

const (
	// wide is the width from which tools stand side by side, narrow the least that
	// one of them then has.
	wide   = 78
	narrow = 24
	// label is the column for what the rows are about, gap what is between columns.
	label = 13
	gap   = 2
	// longText is how many rows a text may take.
	longText = 8
)

// maxNumbered is how many candidates have a number, which is a key.
const maxNumbered = 9

// A Picture is what is drawn.
type Picture struct {
	Theme      theme.Theme
	Candidates []host.Candidate
	Comparison catalog.Comparison // its columns in the order of Candidates
	// Names are what the model calls them, by column; nil for nothing known.
	Names []string
}

// Lines draws the picture in w cells.
func (p Picture) Lines(w int) []string {
	if column := (w - label - gap*len(p.Candidates)) / max(1, len(p.Candidates)); w >= wide && column >= narrow {
		return p.beside(column)
	}
	return p.stacked(w)
}

// beside draws a column a tool.
func (p Picture) beside(column int) []string {
	heads := make([][]string, len(p.Candidates))
	for i := range p.Candidates {
		heads[i] = p.head(i, column)
	}
	lines := p.row("", heads, column)
	for _, f := range p.fields() {
		texts := make([][]string, len(p.Candidates))
		for i := range p.Candidates {
			texts[i] = wrap(p.text(f, i), column)
		}
		lines = append(lines, p.row(f.name(), texts, column)...)
	}
	return append(lines, p.alike(label+len(p.Candidates)*(column+gap))...)
}

// row puts texts side by side behind what they are about.
func (p Picture) row(name string, texts [][]string, column int) []string {
	names := wrap(p.Theme.Faint.Render(name), label-2)
	height := len(names)
	for _, t := range texts {
		height = max(height, len(t))
	}
	lines := make([]string, height)
	for i := range lines {
		line := cells.Fit(at(names, i), label)
		for _, t := range texts {
			line += cells.Fit(at(t, i), column) + strings.Repeat(" ", gap)
		}
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

// stacked draws one tool below the other, then what differs, field by field.
func (p Picture) stacked(w int) []string {
	var lines []string
	for i := range p.Candidates {
		lines = append(lines, p.head(i, w)...)
	}
	for _, f := range p.fields() {
		lines = append(lines, p.Theme.Faint.Render(cells.Cut(f.name()+":", w)))
		for i, c := range p.Candidates {
			name := cells.Cut(clean.Line(c.Tool.ID.Server), max(4, w/4)) + " "
			for j, l := range wrap(p.text(f, i), max(1, w-cells.Width(name)-4)) {
				if j > 0 {
					name = strings.Repeat(" ", cells.Width(name))
				}
				lines = append(lines, "  "+p.Theme.Muted.Render(name)+p.Theme.Faint.Render("│ ")+l)
			}
		}
	}
	return append(lines, p.alike(w)...)
}

// head names one tool's server, how it does, and what the tool may do.
func (p Picture) head(i, w int) []string {
	c := p.Candidates[i]
	number := " "
	if i < maxNumbered {
		number = fmt.Sprint(i + 1)
	}
	sign, state := servers.Lamp(p.Theme, c.State)
	lines := []string{p.Theme.Key.Render(number) + " " + sign + " " + p.Theme.Strong.Render(clean.Line(c.Tool.ID.Server)) + "  " + state}
	lines = append(lines, "  "+p.Theme.Muted.Render(record(c)))
	words, loud := hints(c.Tool.Hints)
	style := p.Theme.Muted
	if loud {
		style = p.Theme.Warn
	}
	lines = append(lines, "  "+style.Render(words))
	switch {
	case p.Names != nil && p.Names[i] != "":
		lines = append(lines, "  "+p.Theme.Muted.Render("the model calls it "+clean.Line(p.Names[i])))
	case p.Names != nil:
		lines = append(lines, "  "+p.Theme.Muted.Render("not offered"))
	case c.Prefixed != "":
		lines = append(lines, "  "+p.Theme.Faint.Render("prefixed: "+clean.Line(c.Prefixed)))
	}
	for j := range lines {
		lines[j] = cells.Cut(lines[j], w)
	}
	return lines
}

// record says how a server's calls went.
func record(c host.Candidate) string {
	if c.Calls == 0 {
		return "no calls so far"
	}
	said := amount.Count(c.Calls, "call")
	if c.P50 > 0 {
		said = "p50 " + amount.Latency(c.P50) + " · " + said
	}
	return said + fmt.Sprintf(", %d %% failed", (c.Failed*100+c.Calls/2)/c.Calls)
}

// hints says what a tool may do, by its server's own word, which is believed where it
// makes a call look worse.
func hints(h catalog.Hints) (words string, loud bool) {
	var parts []string
	switch {
	case h.ReadOnly:
		parts = append(parts, "only reads, it says")
	case h.Destructive:
		parts, loud = append(parts, "may change or delete"), true
	default:
		parts = append(parts, "may add or change")
	}
	if h.OpenWorld {
		parts = append(parts, "reaches outside")
	}
	return strings.Join(parts, " · "), loud
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// wrap breaks a text to w cells, and cuts it where it is too long.
func wrap(text string, w int) []string {
	lines := cells.Wrap(text, max(1, w))
	if len(lines) > longText {
		lines = append(lines[:longText-1:longText-1], "…")
	}
	return lines
}
