package tray

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/cells"
	"switchboard/ui/form"
)

// A namesPanel gives the candidates names of the person's own, each checked while it
// is typed. One that is left empty keeps the name.
type namesPanel struct {
	of     *collisionCard
	fields []form.Field
	cur    int // the field that is typed into
	row    int // of the last body, where that is
	column int
}

func newNamesPanel(c *collisionCard) *namesPanel {
	p := &namesPanel{of: c}
	for _, cand := range c.Candidates {
		p.fields = append(p.fields, form.NewField(suggestion(c.Collision, cand)))
	}
	return p
}

// suggestion is a name to begin with: the tool's with its server's behind it or,
// where that cannot be, the prefixed one.
func suggestion(q host.Collision, cand host.Candidate) string {
	for _, name := range []string{cand.Tool.ID.Tool + "_" + cand.Tool.ID.Server, cand.Prefixed} {
		if q.Names.Check(cand.Tool.ID, name) == nil {
			return name
		}
	}
	return ""
}

// names are those that were typed, by server.
func (p *namesPanel) names() map[string]string {
	names := map[string]string{}
	for i, cand := range p.of.Candidates {
		if name := strings.TrimSpace(p.fields[i].Value()); name != "" {
			names[cand.Tool.ID.Server] = name
		}
	}
	return names
}

func (p *namesPanel) body(th theme.Theme, w int) ([]string, int) {
	said := "what the model calls them, " + lasting(p.of.settling()) + "; an empty one keeps the name"
	lines := append(cells.Wrap(th.Muted.Render(said), w), "")
	column := min(p.widest(), max(6, w/3))
	for i, cand := range p.of.Candidates {
		mark := "  "
		if i == p.cur {
			mark = th.Accent.Render("▸ ")
		}
		text, at := p.fields[i].Draw(max(2, w-column-4))
		if i == p.cur {
			p.row, p.column = len(lines), column+4+at
		}
		lines = append(lines, mark+th.Strong.Render(cells.Fit(clean.Line(cand.Tool.ID.Server), column))+"  "+text)
		lines = append(lines, p.verdict(th, cand.Tool.ID, p.fields[i].Value(), w)...)
	}
	if err := p.of.CheckNames(p.names()); err != nil {
		lines = append(lines, cells.Wrap(th.Bad.Render("✗ "+clean.Line(err.Error())), w)...)
	}
	return lines, 0
}

// verdict says whether a name can be given.
func (p *namesPanel) verdict(th theme.Theme, id catalog.ID, name string, w int) []string {
	name = strings.TrimSpace(name)
	err := p.of.Names.Check(id, name)
	switch {
	case name == "":
		return []string{th.Faint.Render(cells.Cut("    keeps the name", w))}
	case err != nil:
		return cells.Wrap(th.Bad.Render("    ✗ "+clean.Line(err.Error())), w)
	}
	return []string{th.Good.Render("    ✓ free")}
}

func (p *namesPanel) widest() int {
	widest := 0
	for _, cand := range p.of.Candidates {
		widest = max(widest, cells.Width(clean.Line(cand.Tool.ID.Server)))
	}
	return widest
}

// keys give the names once all of them can be given.
func (p *namesPanel) keys() []choice {
	names := p.names()
	if p.of.CheckNames(names) != nil {
		return nil
	}
	return []choice{{key: "enter", label: "use these names", answer: host.Name{Aliases: names, Scope: p.of.settling()}}}
}

func (p *namesPanel) press(k tea.KeyPressMsg) bool {
	n := len(p.fields)
	switch k.String() {
	case "down", "tab":
		p.cur = (p.cur + 1) % n
	case "up", "shift+tab":
		p.cur = (p.cur + n - 1) % n
	case "enter": // where the names cannot be given
	default:
		return p.fields[p.cur].Press(k.String(), k.Text)
	}
	return true
}

// paste makes one word of what was pasted.
func (p *namesPanel) paste(text string) {
	p.fields[p.cur].Insert(strings.Join(strings.Fields(text), "_"))
}

func (p *namesPanel) at() (row, column int) { return p.row, p.column }
