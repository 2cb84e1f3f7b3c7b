package desk

import (
	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/amount"
)

// A kind says what a row is about.
type kind int

const (
	allRow        kind = iota // what holds for all names
	clashRow                  // one name
	serverRow                 // the names of one server
	ownRow                    // a tool with a name of the person's own, or a hidden one
	rememberedRow             // a choice that outlasts the session
)

// titles stand above the first row of each kind.
var titles = map[kind]string{
	allRow: "by default", clashRow: "names that several servers offer", serverRow: "by server",
	ownRow: "names of your own, and what is hidden", rememberedRow: "remembered",
}

// A key names a row for as long as there is one.
type key struct {
	kind kind
	name string
}

// An entry is one row: on one line, and what it is made of.
type entry struct {
	key
	name   string // safe to show
	ruling host.Ruling
	says   string // in place of a ruling; safe to show
	loud   bool   // waits for the person

	clash      host.ClashInfo
	own        host.OwnTool
	remembered host.RememberedChoice
}

// A candidate is a tool that can be named or hidden.
type candidate struct {
	id       catalog.ID
	prefixed string
}

// fill makes the rows of what the host told.
func (d *Desk) fill() {
	if !d.known {
		return
	}
	d.at = map[key]entry{}
	var keys []key
	add := func(e entry) {
		keys = append(keys, e.key)
		d.at[e.key] = e
	}
	for _, c := range d.now.Clashes {
		add(entry{
			key: key{clashRow, c.Name}, name: clean.Line(c.Name), ruling: c.Ruling, clash: c,
			loud: c.Ruling.Strategy == catalog.Ask,
		})
	}
	add(entry{key: key{allRow, ""}, name: "all names", ruling: d.now.Default})
	for _, s := range d.now.Servers {
		e := entry{key: key{serverRow, s.Server}, name: clean.Line(s.Server), ruling: s.Ruling}
		if s.Ruling.Strategy == catalog.Undecided {
			e.says = "as by default"
		}
		add(e)
	}
	for _, o := range d.now.Own {
		add(entry{key: key{ownRow, o.Tool.String()}, name: clean.Line(o.Tool.String()), says: ownWords(o), own: o})
	}
	for _, r := range d.now.Remembered {
		add(entry{key: key{rememberedRow, r.ID}, name: r.Text, says: doubtWords(r), remembered: r, loud: len(r.Doubts) > 0})
	}
	d.rows.Set(keys)
}

func ownWords(o host.OwnTool) string {
	if o.Hidden {
		return "never offered: " + o.By
	}
	return "called " + clean.Line(o.Alias) + ": " + o.By
}

func doubtWords(r host.RememberedChoice) string {
	switch {
	case len(r.Doubts) > 0:
		return "asks again"
	case r.Idle:
		return "idle: something closer decides"
	}
	return "holds"
}

// candidates are the tools of a row that can be named or hidden.
func (e entry) candidates() []candidate {
	if e.kind == ownRow {
		return []candidate{{e.own.Tool, e.own.Alias}}
	}
	var all []candidate
	for _, c := range e.clash.Candidates {
		all = append(all, candidate{c.Tool.ID, c.Prefixed})
	}
	return all
}

// calls is how many calls of a clash went where.
func (e entry) calls() string {
	n := 0
	for _, c := range e.clash.Candidates {
		n += c.Routed
	}
	if n == 0 {
		return ""
	}
	return " · " + amount.Count(n, "call")
}
