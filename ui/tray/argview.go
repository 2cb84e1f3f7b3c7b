package tray

import (
	"encoding/json"
	"strings"

	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/cells"
)

const (
	// longValue is how many rows a value may take before it is folded.
	longValue = 8
	// foldedHead and foldedTail are how many rows of a folded value stay.
	foldedHead, foldedTail = 3, 1
)

// An argumentsView is a card's body: arguments and what comes before them, drawn
// for one width and kept until that changes.
type argumentsView struct {
	args []argument
	// hidden counts what hides in all arguments together, twins what passes for
	// something else in them.
	hidden, twins int

	open   bool // nothing is folded
	folds  bool // something is, or would be
	width  int
	lines  []string
	filled bool
}

// viewOf takes arguments apart.
func viewOf(raw json.RawMessage) argumentsView {
	v := argumentsView{args: readArguments(raw)}
	for _, a := range v.args {
		v.hidden, v.twins = v.hidden+a.hidden, v.twins+a.twins
	}
	return v
}

func (v *argumentsView) restyle() { v.filled = false }

func (v *argumentsView) folded() bool { return v.folds && !v.open }

func (v *argumentsView) unfold() {
	if v.folds {
		v.open = !v.open
		v.restyle()
	}
}

// draw shows what comes first, then every argument under its key.
func (v *argumentsView) draw(th theme.Theme, w int, first func() []string) ([]string, int) {
	if v.filled && v.width == w {
		return v.lines, len(v.lines)
	}
	v.width, v.filled, v.folds, v.lines = w, true, false, first()
	for _, a := range v.args {
		rows, folds := a.draw(th, w, v.open)
		v.lines, v.folds = append(v.lines, rows...), v.folds || folds
	}
	if len(v.args) == 0 {
		v.lines = append(v.lines, th.Muted.Render("no arguments"))
	}
	return v.lines, len(v.lines)
}

// draw shows one argument: on the line of its key when it fits there, else below,
// behind a rule. Nothing is left out unless it is folded, and then it is counted.
func (a argument) draw(th theme.Theme, w int, open bool) (rows []string, folds bool) {
	key := th.Muted.Render(a.key + ":")
	if !a.block && cells.Width(a.key)+2+cells.Width(a.lines[0]) <= w {
		return []string{key + " " + a.lines[0]}, false
	}
	edge := th.Faint.Render("│ ")
	rows = cells.Wrap(key+th.Faint.Render("  "+a.size()), w)
	value := a.chop(max(1, w-2), open)
	folds = len(value) > longValue
	if folds && !open {
		for _, r := range value[:foldedHead] {
			rows = append(rows, edge+r)
		}
		rows = append(rows, cells.Cut(th.Warn.Render("▸ folded")+th.Faint.Render(": enter shows all of it"), w))
		value = a.tail(max(1, w-2))
	}
	for _, r := range value {
		rows = append(rows, edge+r)
	}
	return rows, folds
}

// chop breaks the value to w cells; no further than is needed to know that it is
// to be folded, unless all of it is wanted.
func (a argument) chop(w int, all bool) []string {
	var rows []string
	for _, l := range a.lines {
		if !all {
			l = clean.Head(l, longest(w))
		}
		rows = append(rows, cells.Chop(l, w)...)
		if !all && len(rows) > longValue {
			break
		}
	}
	return rows
}

// longest is a number of bytes that surely folds at a width: a cell takes some
// bytes, marks and all.
func longest(w int) int { return (longValue + 2) * w * 16 }

// tail is the end of the value, which a folded one still shows.
func (a argument) tail(w int) []string {
	last := ""
	for i := len(a.lines) - 1; i >= 0 && last == ""; i-- {
		last = a.lines[i]
	}
	if from := len(last) - longest(w); from > 0 {
		last = strings.ToValidUTF8(last[from:], "")
	}
	rows := cells.Chop(last, w)
	return rows[len(rows)-min(foldedTail, len(rows)):]
}
