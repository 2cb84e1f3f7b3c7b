package desk

import (
	"strings"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/cells"
	"switchboard/ui/compare"
)

// View draws the rows, below them what there is to know of the chosen one, or what
// can be done with it, and the keys.
func (d *Desk) View(w, h int, now time.Time) []string {
	lines := []string{d.title(w), ""}
	if !d.known {
		return cells.Block(append(lines, d.theme.Muted.Render("looking …")), h)
	}
	room := max(2, h-len(lines)-2)
	rows := d.list(w, now, min(room, max(3, room*2/5)))
	lines = append(lines, rows...)
	lines = append(lines, d.theme.Faint.Render(strings.Repeat("─", w)))
	below := h - len(lines) - 1
	lines = append(lines, cells.Block(d.below(w, below, len(lines), now), below)...)
	lines = append(lines, d.keys(w))
	for i := range lines {
		lines[i] = cells.Cut(lines[i], w)
	}
	return cells.Block(lines, h)
}

func (d *Desk) title(w int) string {
	holds := "for this session"
	if d.always {
		holds = "for always"
	}
	title := d.theme.Strong.Render("collisions")
	if said := d.theme.Muted.Render("  what you change holds " + holds); cells.Width(title+said) <= w {
		title += said
	}
	return title
}

// list is the rows around the chosen one, each kind under its title.
func (d *Desk) list(w int, now time.Time, h int) []string {
	var lines []string
	at := 0
	last := kind(-1)
	for i, k := range d.rows.Keys {
		if k.kind != last {
			lines = append(lines, d.theme.Faint.Render(cells.Cut(titles[k.kind], w)))
			last = k.kind
		}
		if i == d.rows.Chosen {
			at = len(lines)
		}
		lines = append(lines, d.row(d.at[k], i == d.rows.Chosen, w, now))
	}
	d.page = max(1, h-1)
	top := max(0, min(at-h/2, len(lines)-h))
	return cells.Block(lines[top:], min(h, len(lines)))
}

// row is one entry on a line.
func (d *Desk) row(e entry, chosen bool, w int, now time.Time) string {
	mark, style := "  ", d.theme.Text
	if chosen {
		mark, style = d.theme.Accent.Render("▸ "), d.theme.Accent
	}
	tone := d.theme.Muted
	if e.loud {
		tone = d.theme.Warn
	}
	column := min(36, max(10, w*2/5))
	said := e.says
	if said == "" {
		said = string(e.ruling.Strategy) + ": " + e.ruling.By + since(e.ruling.Since, now) + e.calls()
	}
	return mark + style.Render(cells.Fit(e.name, column)) + "  " + tone.Render(cells.Cut(clean.Line(said), max(4, w-column-4)))
}

// below is the menu, the field, or the details of the chosen row; row is where it
// begins.
func (d *Desk) below(w, h, row int, now time.Time) []string {
	switch {
	case d.naming != nil:
		return d.field(w, row)
	case d.menu != nil && d.has(d.menu.of):
		return d.choices(w, h)
	}
	d.menu = nil
	e, ok := d.chosen()
	if !ok {
		return nil
	}
	lines := d.about(e, w, now)
	d.details = max(0, min(d.details, len(lines)-h))
	return lines[min(d.details, len(lines)):]
}

// field is where a name is typed, with what stands against it.
func (d *Desk) field(w, row int) []string {
	const prompt = "name: "
	text, at := d.naming.field.Draw(max(4, w-len(prompt)))
	d.cursor = [2]int{len(prompt) + at, row + 1}
	lines := []string{
		d.theme.Muted.Render(cells.Cut("what the model calls "+clean.Line(d.naming.of.id.String())+", "+strings.TrimSpace(string(d.scope())), w)),
		d.theme.Key.Render(prompt) + text,
	}
	if err := d.now.Names.Check(d.naming.of.id, strings.TrimSpace(d.naming.field.Value())); err != nil {
		return append(lines, cells.Wrap(d.theme.Bad.Render("✗ "+clean.Line(err.Error())), w)...)
	}
	return append(lines, d.theme.Good.Render("✓ free"))
}

// choices are the menu's options around the chosen one.
func (d *Desk) choices(w, h int) []string {
	var lines []string
	for i, o := range d.menu.options {
		mark, style := "  ", d.theme.Text
		if i == d.menu.at {
			mark, style = "▸ ", d.theme.Accent
		}
		lines = append(lines, style.Render(cells.Cut(mark+o.label, w)))
	}
	return lines[max(0, min(d.menu.at-h/2, len(lines)-h)):]
}

// about is what there is to know of a row.
func (d *Desk) about(e entry, w int, now time.Time) []string {
	switch e.kind {
	case clashRow:
		return d.aboutClash(e, w, now)
	case rememberedRow:
		return d.aboutRemembered(e.remembered, w)
	case ownRow:
		return cells.Wrap(d.theme.Muted.Render(e.name+" is "+e.says), w)
	}
	said := "decides for every name that nothing closer decides"
	if e.kind == serverRow {
		said = "decides for the names that this server shares with others, before the default"
	}
	return cells.Wrap(d.theme.Muted.Render(said+". It changes for this session; the configuration's section collisions keeps it."), w)
}

// aboutClash explains a clash and sets its candidates side by side.
func (d *Desk) aboutClash(e entry, w int, now time.Time) []string {
	c := e.clash
	why := meanings[c.Ruling.Strategy]
	if owner, owned := c.Ruling.Strategy.Owner(); owned {
		why = "the name goes to " + clean.Line(owner)
	}
	lines := cells.Wrap(d.theme.Text.Render(why+" ("+c.Ruling.By+since(c.Ruling.Since, now)+")"), w)
	warn := func(text string) { lines = append(lines, cells.Wrap(d.theme.Warn.Render(text), w)...) }
	for _, change := range c.Changes {
		warn("since you chose: " + change.String())
	}
	if c.Holder != "" {
		warn("until you choose calls go to " + clean.Line(c.Holder) + ", as the model was told")
	}
	if c.SameEndpoint {
		warn("all of them reach one and the same endpoint: a server that is configured several times")
	}
	p := compare.Picture{Theme: d.theme, Comparison: c.Comparison, Names: []string{}}
	for _, k := range c.Candidates {
		p.Candidates, p.Names = append(p.Candidates, k.Candidate), append(p.Names, k.Offered)
	}
	return append(append(lines, ""), p.Lines(w)...)
}

func (d *Desk) aboutRemembered(r host.RememberedChoice, w int) []string {
	lines := cells.Wrap(d.theme.Text.Render(r.Text), w)
	lines = append(lines, d.theme.Muted.Render(cells.Cut(r.Origin+" on "+r.Created.Local().Format(time.DateOnly+" 15:04"), w)))
	for _, doubt := range r.Doubts {
		lines = append(lines, cells.Wrap(d.theme.Warn.Render("does not hold as things stand: "+doubt), w)...)
	}
	if r.Idle {
		lines = append(lines, d.theme.Muted.Render(cells.Cut("something closer decides about "+clean.Line(r.Tool)+" now", w)))
	}
	return lines
}

// keys are those that work now.
func (d *Desk) keys(w int) string {
	hints := [][2]string{{"enter", "change"}, {"a", "session/always"}, {"[ ]", "scroll"}, {"esc", "back"}}
	switch {
	case d.naming != nil:
		hints = [][2]string{{"enter", "use this name"}, {"esc", "back"}}
	case d.menu != nil:
		hints = [][2]string{{"enter", "do it"}, {"a", "session/always"}, {"esc", "back"}}
	}
	var said []string
	for _, h := range hints {
		said = append(said, d.theme.Key.Render(h[0])+" "+d.theme.Muted.Render(h[1]))
	}
	return cells.Cut(strings.Join(said, "   "), w)
}
