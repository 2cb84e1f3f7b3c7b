package inspector

import (
	"fmt"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/form"
	"switchboard/ui/list"
)

// prompts are the prompts that the server offers.
type prompts struct {
	*subject
	list   list.List[string]
	byName map[string]catalog.Prompt
	filter list.Filter
	room   int
	open   bool
	page   page
}

func newPrompts(s *subject) *prompts { return &prompts{subject: s} }

func (p *prompts) refresh() {
	p.byName = make(map[string]catalog.Prompt, len(p.data.Prompts))
	words := p.filter.Words()
	var keys []string
	for _, prompt := range p.data.Prompts {
		p.byName[prompt.Name] = prompt
		if list.Holds(prompt.Name+" "+prompt.Title.Raw()+" "+prompt.Description.Raw(), words) {
			keys = append(keys, prompt.Name)
		}
	}
	p.list.Set(keys)
}

func (p *prompts) field() *form.Field {
	if p.filter.Typing {
		return p.filter.Field()
	}
	return nil
}

func (p *prompts) typed()             { p.refresh() }
func (p *prompts) cursor() (x, y int) { return p.filter.Column, 0 }

func (p *prompts) back() bool {
	if p.open {
		p.open = false
		return true
	}
	had := p.filter.Back()
	p.refresh()
	return had
}

func (p *prompts) press(key, text string) Action {
	switch {
	case p.filter.Typing:
		if p.filter.Press(key, text) {
			p.refresh()
		}
	case p.open:
		p.page.press(key)
	case key == "/":
		p.filter.Typing = true
	case key == "enter" || key == "space":
		p.open, p.page = len(p.list.Keys) > 0, page{}
	default:
		p.list.Press(key, p.room)
	}
	return Action{}
}

func (p *prompts) keys() []Key {
	switch {
	case p.filter.Typing:
		return []Key{{"enter", "to the list"}, {"esc", "all"}}
	case p.open:
		return []Key{{"esc", "back"}}
	case len(p.byName) == 0:
		return nil
	}
	return []Key{{"enter", "look"}, {"/", "filter"}}
}

func (p *prompts) view(w, h int, now time.Time) []string {
	s := &sheet{theme: p.theme, w: w}
	key, _ := p.list.Key()
	switch {
	case len(p.byName) == 0:
		s.prose(p.theme.Muted.Render("no prompts"))
		return s.lines
	case p.open:
		p.describe(s, p.byName[key])
		p.page.lines = s.lines
		return p.page.view(h)
	}
	s.filterRow(&p.filter, fmt.Sprint(len(p.list.Keys)), amount.Count(len(p.byName), "prompt"))
	p.room = max(1, h-len(s.lines))
	from, to := p.list.Window(p.room)
	for i := from; i < to; i++ {
		prompt := p.byName[p.list.Keys[i]]
		s.row(clean.Line(prompt.Name), firstOf(prompt.Title.Line(), prompt.Description.Line()), i == p.list.Chosen)
	}
	return s.lines
}

func (p *prompts) describe(s *sheet, prompt catalog.Prompt) {
	s.add(cells.Cut(s.theme.Strong.Render(clean.Line(prompt.Name))+"  "+s.theme.Muted.Render(prompt.Title.Line()), s.w))
	s.prose(prompt.Description.Block())
	s.heading("arguments")
	n := form.Node{}
	for _, a := range prompt.Arguments {
		n.Children = append(n.Children, form.Node{Name: a.Name, Kind: "string", Required: a.Required, Description: a.Description.Raw()})
	}
	s.tree(n)
}

// row is one row of a list: a name and what there is to say of it.
func (s *sheet) row(name, said string, chosen bool) {
	column := max(8, min(34, s.w*2/5))
	name = cells.Fit(name, column)
	if chosen {
		s.add(s.theme.Selected.Render(cells.Fit("  "+name+"  "+said, s.w)))
		return
	}
	s.add(cells.Cut("  "+name+"  "+s.theme.Muted.Render(said), s.w))
}
