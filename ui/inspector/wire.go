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

// wire is the traffic with the server: every message, both ways.
type wire struct {
	*subject
	list   list.List[int] // by their serial number
	filter list.Filter
	room   int
	open   int // serial number of the message that is looked at; 0 for none
	raw    bool
	page   page
	laid   laidOut
}

func newWire(s *subject) *wire { return &wire{subject: s, list: list.List[int]{Follow: true}} }

func (v *wire) refresh() {
	words := v.filter.Words()
	keys := make([]int, 0, len(v.data.Wire))
	for _, r := range v.data.Wire {
		if list.Holds(r.Method+" #"+r.ID, words) {
			keys = append(keys, r.Seq)
		}
	}
	v.list.Set(keys)
	if _, there := v.record(v.open); !there {
		v.open = 0
	}
}

// record finds a message by its serial number; they rise by one.
func (v *wire) record(seq int) (host.WireRecord, bool) {
	if len(v.data.Wire) == 0 {
		return host.WireRecord{}, false
	}
	i := seq - v.data.Wire[0].Seq
	if i < 0 || i >= len(v.data.Wire) || v.data.Wire[i].Seq != seq {
		return host.WireRecord{}, false
	}
	return v.data.Wire[i], true
}

func (v *wire) field() *form.Field {
	if v.filter.Typing {
		return v.filter.Field()
	}
	return nil
}

func (v *wire) typed()             { v.refresh() }
func (v *wire) cursor() (x, y int) { return v.filter.Column, 0 }

func (v *wire) back() bool {
	if v.open != 0 {
		v.open = 0
		return true
	}
	had := v.filter.Back()
	v.refresh()
	return had
}

func (v *wire) press(key, text string) Action {
	switch {
	case v.filter.Typing:
		if v.filter.Press(key, text) {
			v.refresh()
		}
	case key == "w":
		return Action{Op: host.SaveWire{Server: v.data.Status.Name}}
	case key == "y":
		return v.copy()
	case key == "x":
		v.raw = !v.raw
	case v.open != 0:
		v.pressPage(key)
	default:
		v.pressList(key)
	}
	return Action{}
}

func (v *wire) pressList(key string) {
	switch key {
	case "/":
		v.filter.Typing = true
	case "f":
		if v.list.Follow = !v.list.Follow; v.list.Follow {
			v.list.Last()
		}
	case "enter", "space":
		v.look()
	default:
		v.list.Press(key, v.room)
	}
}

func (v *wire) look() {
	if seq, ok := v.list.Key(); ok {
		v.open, v.page, v.laid = seq, page{}, laidOut{}
		v.list.Follow = false // what one looks at stays
	}
}

// pressPage takes a key at an open message; n and p go to its neighbours.
func (v *wire) pressPage(key string) {
	switch key {
	case "n":
		v.list.Move(1)
		v.look()
	case "p":
		v.list.Move(-1)
		v.look()
	case "enter":
		v.open = 0
	default:
		v.page.press(key)
	}
}

// copy puts the chosen message on the clipboard, as one sees it.
func (v *wire) copy() Action {
	seq, _ := v.list.Key()
	r, ok := v.record(seq)
	if !ok {
		return Action{}
	}
	if v.raw {
		return Action{Copy: clean.Block(string(r.Body))}
	}
	return Action{Copy: pretty(r.Body)}
}

func (v *wire) keys() []Key {
	switch {
	case v.filter.Typing:
		return []Key{{"enter", "to the list"}, {"esc", "all"}}
	case v.open != 0:
		shape := Key{"x", "raw"}
		if v.raw {
			shape.Does = "pretty"
		}
		return []Key{shape, {"n, p", "next, previous"}, {"y", "copy"}, {"w", "save all"}, {"esc", "back"}}
	case len(v.data.Wire) == 0:
		return nil
	}
	follow := Key{"f", "follow"}
	if v.list.Follow {
		follow.Does = "stand still"
	}
	return []Key{{"enter", "look"}, {"/", "filter"}, follow, {"y", "copy"}, {"w", "save all"}}
}

func (v *wire) view(w, h int, now time.Time) []string {
	if r, ok := v.record(v.open); ok {
		v.lay(r, w)
		return v.page.view(h)
	}
	s := &sheet{theme: v.theme, w: w}
	total := amount.Count(len(v.data.Wire), "message")
	s.filterRow(&v.filter, fmt.Sprint(len(v.list.Keys)), total)
	s.add(cells.Cut(v.theme.Muted.Render(v.says(total)), w))
	v.room = max(1, h-len(s.lines))
	from, to := v.list.Window(v.room)
	for i := from; i < to; i++ {
		r, _ := v.record(v.list.Keys[i])
		s.add(v.row(r, i == v.list.Chosen, w))
	}
	return s.lines
}

func (v *wire) says(total string) string {
	if len(v.data.Wire) == 0 {
		return "no messages so far"
	}
	if v.data.WireDropped > 0 {
		total += ", " + amount.Group(v.data.WireDropped) + " older ones are gone"
	}
	if v.list.Follow {
		total += ", following"
	}
	return total
}

// row is one message: when, which way, what, how long and how big.
func (v *wire) row(r host.WireRecord, chosen bool, w int) string {
	arrow, style := direction(r)+" ", v.theme.Accent
	switch {
	case r.Failed:
		arrow, style = direction(r)+"✗", v.theme.Bad
	case !r.Sent:
		style = v.theme.Good
	}
	took := ""
	if r.Kind == host.WireResponse && r.Took > 0 {
		took = amount.Latency(r.Took)
	}
	at, id := r.At.Format("15:04:05.000"), 11
	if w < 60 {
		at, id = r.At.Format("15:04:05"), 6
	}
	method := cells.Fit(clean.Line(r.Method), max(8, min(36, w-cells.Width(at)-id-27)))
	rest := fmt.Sprintf(" %s %7s %9s", cells.Fit(number(r), id), took, amount.Bytes(r.Size))
	if chosen {
		return v.theme.Selected.Render(cells.Fit(at+" "+arrow+" "+method+rest, w))
	}
	return cells.Cut(v.theme.Faint.Render(at)+" "+style.Render(arrow)+" "+method+v.theme.Muted.Render(rest), w)
}

// direction is an arrow away from us or to us; a thin one answers.
func direction(r host.WireRecord) string {
	switch {
	case r.Sent && r.Kind == host.WireResponse:
		return "↩"
	case r.Sent:
		return "→"
	case r.Kind == host.WireResponse:
		return "←"
	}
	return "⇐"
}

func number(r host.WireRecord) string {
	if r.ID == "" {
		return "note"
	}
	return "#" + clean.Line(r.ID)
}
