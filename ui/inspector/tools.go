package inspector

import (
	"fmt"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
	"switchboard/ui/form"
	"switchboard/ui/list"
)

// tools is what the server lets the model do, and the person too, by hand.
type tools struct {
	*subject
	list   list.List[string] // by raw name
	byName map[string]host.ToolInfo
	filter list.Filter
	room   int

	open string // the tool that is looked at; "" for none
	raw  bool   // its schema as it came
	page page
	hand *hand // the form, when one calls it by hand; nil otherwise
	// results are what calls by hand gave, by tool: the last one of each.
	results map[string]host.CallFinished
}

func newTools(s *subject) *tools { return &tools{subject: s, results: map[string]host.CallFinished{}} }

func (t *tools) refresh() {
	t.byName = make(map[string]host.ToolInfo, len(t.subject.tools))
	words := t.filter.Words()
	var keys []string
	for _, info := range t.infos() {
		name := info.Tool.ID.Tool
		t.byName[name] = info
		if list.Holds(name+" "+info.Name+" "+info.Tool.Title.Raw()+" "+info.Tool.Description.Raw(), words) {
			keys = append(keys, name)
		}
	}
	t.list.Set(keys)
	if _, there := t.byName[t.open]; !there {
		t.open, t.hand = "", nil
	}
}

// infos are the tools as the catalogue holds them, or else as the server listed
// them.
func (t *tools) infos() []host.ToolInfo {
	if len(t.subject.tools) > 0 {
		return t.subject.tools
	}
	infos := make([]host.ToolInfo, len(t.data.Tools))
	for i, tool := range t.data.Tools {
		infos[i] = host.ToolInfo{Tool: tool}
	}
	return infos
}

// called keeps what a call by hand gave.
func (t *tools) called(e host.CalledByHand) {
	t.results[e.Tool] = e.Result
	if t.hand != nil && t.hand.tool == e.Tool {
		t.hand.waits = false
	}
}

func (t *tools) field() *form.Field {
	switch {
	case t.hand != nil:
		return t.hand.field()
	case t.open == "" && t.filter.Typing:
		return t.filter.Field()
	}
	return nil
}

func (t *tools) typed() {
	if t.hand == nil {
		t.refresh()
	}
}

func (t *tools) cursor() (x, y int) {
	if t.hand != nil {
		return t.hand.x, t.hand.y
	}
	return t.filter.Column, 0
}

func (t *tools) back() bool {
	switch {
	case t.hand != nil:
		t.hand = nil
	case t.open != "":
		t.open = ""
	default:
		had := t.filter.Back()
		t.refresh()
		return had
	}
	return true
}

func (t *tools) press(key, text string) Action {
	switch {
	case t.hand != nil:
		return t.pressHand(key, text)
	case t.open != "":
		t.pressPage(key)
	case t.filter.Typing:
		if t.filter.Press(key, text) {
			t.refresh()
		}
	default:
		t.pressList(key)
	}
	return Action{}
}

func (t *tools) pressList(key string) {
	switch key {
	case "/":
		t.filter.Typing = true
	case "enter", "space":
		t.look()
	case "c":
		t.look()
		t.call()
	default:
		t.list.Press(key, t.room)
	}
}

func (t *tools) look() {
	if name, ok := t.list.Key(); ok {
		t.open, t.raw, t.page = name, false, page{}
	}
}

func (t *tools) pressPage(key string) {
	switch key {
	case "x":
		t.raw = !t.raw
	case "c", "enter":
		t.call()
	default:
		t.page.press(key)
	}
}

// call opens the form of the tool that is looked at.
func (t *tools) call() {
	if info, ok := t.byName[t.open]; ok {
		t.hand = newHand(info.Tool)
	}
}

// pressHand hands a key to the form and makes the call when it says so.
func (t *tools) pressHand(key, text string) Action {
	if key == "esc" && !t.hand.back() {
		t.hand = nil
		return Action{}
	}
	arguments, send := t.hand.press(key, text)
	if !send {
		return Action{}
	}
	delete(t.results, t.hand.tool)
	t.hand.waits = true
	return Action{Op: host.CallTool{Server: t.data.Status.Name, Tool: t.hand.tool, Arguments: arguments}}
}

func (t *tools) keys() []Key {
	switch {
	case t.hand != nil:
		return t.hand.keys()
	case t.open != "":
		if t.raw {
			return []Key{{"c", "call by hand"}, {"x", "readable"}, {"esc", "back"}}
		}
		return []Key{{"c", "call by hand"}, {"x", "raw schema"}, {"esc", "back"}}
	case t.filter.Typing:
		return []Key{{"enter", "to the list"}, {"esc", "all"}}
	case len(t.byName) == 0:
		return nil
	}
	return []Key{{"enter", "look"}, {"c", "call by hand"}, {"/", "filter"}}
}

func (t *tools) view(w, h int, now time.Time) []string {
	s := &sheet{theme: t.theme, w: w}
	info, there := t.byName[t.open]
	switch {
	case t.hand != nil:
		result, answered := t.results[t.hand.tool]
		return t.hand.view(s, h, result, answered)
	case t.open != "" && there:
		describeTool(s, info, t.raw)
		t.page.lines = s.lines
		return t.page.view(h)
	case len(t.byName) == 0:
		s.prose(t.theme.Muted.Render("no tools"))
		return s.lines
	}
	s.filterRow(&t.filter, fmt.Sprint(len(t.list.Keys)), amount.Count(len(t.byName), "tool"))
	t.room = max(1, h-len(s.lines))
	from, to := t.list.Window(t.room)
	for i := from; i < to; i++ {
		s.add(t.row(t.byName[t.list.Keys[i]], i == t.list.Chosen, w))
	}
	return s.lines
}

// row is one tool: its name, what it costs, the first words about it.
func (t *tools) row(info host.ToolInfo, chosen bool, w int) string {
	column := max(8, min(30, w/3))
	name := cells.Fit(clean.Line(info.Tool.ID.Tool), column)
	cost := fmt.Sprintf("%6s", "")
	if info.Tokens > 0 {
		cost = fmt.Sprintf("%6s", "~"+amount.Short(info.Tokens))
	}
	said := firstOf(info.Tool.Title.Line(), info.Tool.Description.Line())
	if info.Name == "" && t.heard {
		said = firstOf(clean.Line(info.Why), "not offered") + ": " + said
	}
	if chosen {
		return t.theme.Selected.Render(cells.Fit(mark(info)+" "+name+" "+cost+"  "+said, w))
	}
	return cells.Cut(t.theme.Warn.Render(mark(info))+" "+name+" "+t.theme.Faint.Render(cost)+"  "+t.theme.Muted.Render(said), w)
}

// mark is ! for a tool that may destroy something, × for one that is taken away.
func mark(info host.ToolInfo) string {
	switch {
	case info.Off:
		return "×"
	case info.Tool.Hints.MayDestroy():
		return "!"
	}
	return " "
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
