package transcript

import (
	"strings"

	"switchboard/ui/transcript/flow"
)

// The welcome says what this is and how to begin. The prompts work with the
// built-in servers and the offline model, without a network: two servers in one
// turn, a call that changes something, and a name that two servers offer.
var (
	invitation = "One conversation, many MCP servers. The model picks the tools; you decide which calls go through."
	examples   = []string{
		"What time is it in Tokyo, and what is 12.5% of 840?",
		"Note that the release is on Friday",
		"Search for release",
	}
	hints = [][2]string{{"enter", "send"}, {"ctrl+j", "new line"}, {"f1", "help"}, {"ctrl+c", "quit"}}
)

// open draws the screen before the first turn: the welcome, and below it what
// the program had to say so far.
func (t *Transcript) open() {
	news := t.news()
	if len(news) > 0 && len(news) < t.height/3 {
		news = append([]string{""}, news...)
	}
	lines := welcome(&t.pen, t.height-len(news), t.builtin || !t.served)
	room := t.height - len(news) - len(lines)
	for range max(room/3, 0) {
		t.rows = append(t.rows, "")
	}
	for _, line := range lines {
		t.rows = append(t.rows, t.indent(line))
	}
	for len(t.rows) < t.height-len(news) {
		t.rows = append(t.rows, "")
	}
	t.rows = append(t.rows, news...)
}

// news are the newest rows of what came before the first turn, at most a third
// of the screen.
func (t *Transcript) news() []string {
	top, offset := t.lastPage(max(t.height/3, 1))
	t.draw(top, offset, max(t.height/3, 1))
	news := append([]string(nil), t.rows...)
	t.rows = t.rows[:0]
	return news
}

func (t *Transcript) indent(line string) string {
	if line == "" {
		return ""
	}
	return flow.Cut(strings.Repeat(" ", gutter)+line, t.width)
}

// welcome gives as much of the welcome as fits into the height; the examples only
// where the built-in servers can answer them.
func welcome(p *pen, height int, examples bool) []string {
	for _, form := range welcomes(p, examples) {
		if len(form) <= height {
			return form
		}
	}
	return nil
}

// welcomes are the forms of the welcome, the longest first.
func welcomes(p *pen, examples bool) [][]string {
	title, blank := []string{flow.Paint(p.accent, "Switchboard")}, []string{""}
	about := flow.Text(invitation, p.muted, min(p.width, 64))
	keys := keyLines(p)
	if !examples {
		return [][]string{join(title, about, blank, keys), join(title, blank, keys), title}
	}
	try := exampleLines(p)
	heading := []string{"", flow.Paint(p.faint, "Try")}
	return [][]string{
		join(title, about, heading, try, blank, keys),
		join(title, blank, try, blank, keys),
		try,
		title,
	}
}

func join(parts ...[]string) []string {
	var all []string
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func exampleLines(p *pen) []string {
	var lines []string
	for _, example := range examples {
		wrapped := flow.Text(example, "", max(p.width-2, 1))
		for i, line := range wrapped {
			mark := flow.Paint(p.you, "❯")
			if i > 0 {
				mark = " "
			}
			lines = append(lines, mark+" "+line)
		}
	}
	return lines
}

// keyLines lays the hints out side by side, as many lines as they need.
func keyLines(p *pen) []string {
	var lines []string
	line, cells := "", 0
	for _, h := range hints {
		hint := flow.Paint(p.strong, h[0]) + flow.Paint(p.muted, " "+h[1])
		w := flow.Cells(hint)
		if cells > 0 && cells+3+w > p.width {
			lines = append(lines, line)
			line, cells = "", 0
		}
		if cells > 0 {
			line += "   "
			cells += 3
		}
		line += hint
		cells += w
	}
	return append(lines, line)
}
