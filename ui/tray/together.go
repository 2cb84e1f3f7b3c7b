package tray

import (
	"fmt"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/cells"
)

// A togetherPanel allows several calls at once: all that wait, when all are of one
// server that is trusted to say that they only read. All their arguments stand in
// it, unfolded, and have to be seen.
type togetherPanel struct {
	still
	ids   []host.QuestionID
	cards []*approvalCard
	lines []string
	width int
}

// together is the panel for all calls that wait; nil where they cannot be allowed
// at once.
func (t *Tray) together() *togetherPanel {
	p := &togetherPanel{}
	for _, e := range t.waiting {
		c, ok := e.card.(*approvalCard)
		switch {
		case !ok && !e.holds:
			continue // a question about a name: no call waits for it
		case !ok, !c.Risk.Reads, c.edited != nil, c.server() != t.waiting[0].serverName():
			return nil
		}
		p.ids, p.cards = append(p.ids, e.id), append(p.cards, c)
	}
	if len(p.ids) < 2 {
		return nil
	}
	return p
}

// serverName is whose tool a question's call is of; empty when it is about none.
func (e *entry) serverName() string {
	if c, ok := e.card.(caller); ok {
		return c.server()
	}
	return ""
}

func (p *togetherPanel) label() string { return fmt.Sprintf("all %d, only reading …", len(p.ids)) }

func (p *togetherPanel) body(th theme.Theme, w int) ([]string, int) {
	if p.lines != nil && p.width == w {
		return p.lines, len(p.lines)
	}
	p.width, p.lines = w, nil
	for _, c := range p.cards {
		p.lines = append(p.lines, th.Strong.Render(cells.Cut(c.summary(), w)))
		view := argumentsView{args: c.args, open: true}
		drawn, _ := view.draw(th, max(1, w-2), func() []string { return nil })
		for _, l := range drawn {
			p.lines = append(p.lines, "  "+l)
		}
	}
	return p.lines, len(p.lines)
}

func (p *togetherPanel) keys() []choice {
	c := choice{key: "o", label: fmt.Sprintf("allow all %d once", len(p.ids)), yes: true}
	for i, id := range p.ids {
		c.answers = append(c.answers, host.AnswerQuestion{ID: id, Answer: host.Approve{Scope: host.Once, Hash: p.cards[i].hash}})
	}
	return []choice{c}
}
