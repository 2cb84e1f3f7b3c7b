package sessions

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/cells"
	"switchboard/ui/list"
	"switchboard/ui/sheet"
)

// Prompts lists what the person said in this session. Choosing one branches off
// before it, with its text to be edited.
type Prompts struct {
	theme theme.Theme
	said  map[int]string
	rows  list.List[int]
	past  []host.Event // of the session that was opened, until one looks
}

// NewPrompts makes the view.
func NewPrompts(t theme.Theme) *Prompts { return &Prompts{theme: t, said: map[int]string{}} }

// Open chooses the last prompt.
func (p *Prompts) Open(string) sheet.Action {
	p.read()
	if len(p.rows.Keys) == 0 {
		return sheet.Action{Leave: true, Note: "nothing was said yet"}
	}
	p.rows.Move(len(p.rows.Keys))
	return sheet.Action{}
}

// Close leaves nothing behind.
func (p *Prompts) Close() host.Op { return nil }

// Apply follows the conversation.
func (p *Prompts) Apply(e host.Event) {
	switch e := e.(type) {
	case host.TurnStarted:
		p.read()
		p.said[e.Turn] = e.Prompt
		p.rows.Set(append(p.rows.Keys, e.Turn))
	case host.TurnUndone:
		p.read()
		p.undo(e.Turn)
	case host.SessionOpened:
		p.rows.Set(nil)
		p.past = e.Past
	}
}

// read takes the prompts of the session that was opened. It is done late: a long
// session should not open later for a view that few look at.
func (p *Prompts) read() {
	var turns []int
	for _, e := range p.past {
		if begun, ok := e.(host.TurnStarted); ok {
			p.said[begun.Turn] = begun.Prompt
			turns = append(turns, begun.Turn)
		}
	}
	if p.past != nil {
		p.past = nil
		p.rows.Set(turns)
	}
}

func (p *Prompts) undo(turn int) {
	for i, t := range p.rows.Keys {
		if t >= turn {
			p.rows.Set(p.rows.Keys[:i:i])
			return
		}
	}
}

// Press takes a key.
func (p *Prompts) Press(k tea.KeyPressMsg) sheet.Action {
	switch key := k.String(); key {
	case "esc", "q":
		return sheet.Action{Leave: true}
	case "enter":
		turn, ok := p.rows.Key()
		if !ok {
			return sheet.Action{Leave: true}
		}
		return sheet.Action{Op: host.Branch{Turn: turn}, Draft: p.said[turn]}
	default:
		p.rows.Press(key, 10)
		return sheet.Action{}
	}
}

// Paste is dropped: nothing is typed here.
func (p *Prompts) Paste(string) {}

// Typing is never so.
func (p *Prompts) Typing() bool { return false }

// Scroll moves the choice.
func (p *Prompts) Scroll(lines int) { p.rows.Move(lines) }

// View draws the prompts, the oldest first.
func (p *Prompts) View(w, h int, _ time.Time) []string {
	p.read()
	rows := []string{cells.Cut(p.theme.Strong.Render("say it differently, in a branch of this session"), w), ""}
	from, to := p.rows.Window(max(1, h-4))
	for i := from; i < to; i++ {
		text := clean.Line(p.said[p.rows.Keys[i]])
		if i == p.rows.Chosen {
			rows = append(rows, p.theme.Selected.Render(cells.Fit("› "+text, w)))
			continue
		}
		rows = append(rows, cells.Cut("  "+text, w))
	}
	rows = cells.Block(rows, max(1, h-1))
	return append(rows, cells.Cut(p.theme.Faint.Render("enter edits it in a branch; this session stays as it is   esc back"), w))
}

// Cursor is hidden.
func (p *Prompts) Cursor() (x, y int, ok bool) { return 0, 0, false }

// Animated is false.
func (p *Prompts) Animated() bool { return false }

// SetTheme changes every style.
func (p *Prompts) SetTheme(t theme.Theme) { p.theme = t }
