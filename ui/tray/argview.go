package tray

import (
	"switchboard/theme"
	"switchboard/ui/cells"
)

const (
	// longValue is how many rows a value may take before it is folded.
	longValue = 8
	// foldedHead is how many rows of a folded value stay.
	foldedHead = 3
)

// An argumentsView is a card's body: arguments and what follows them, drawn for
// one width and kept until that changes.
type argumentsView struct {
	args   []argument
	open   bool // nothing is folded
	folds  bool // something is, or would be
	width  int
	lines  []string
	must   int // how many of the lines are arguments
	filled bool
}

func (v *argumentsView) restyle() { v.filled = false }

func (v *argumentsView) folded() bool { return v.folds && !v.open }

func (v *argumentsView) unfold() {
	if v.folds {
		v.open = !v.open
		v.restyle()
	}
}

// draw shows every argument under its key, then what rest adds.
func (v *argumentsView) draw(th theme.Theme, w int, rest func() []string) ([]string, int) {
	if v.filled && v.width == w {
		return v.lines, v.must
	}
	v.width, v.filled, v.folds, v.lines = w, true, false, nil
	for _, a := range v.args {
		rows, folds := a.draw(th, w, v.open)
		v.lines, v.folds = append(v.lines, rows...), v.folds || folds
	}
	if len(v.args) == 0 {
		v.lines = []string{th.Muted.Render("no arguments")}
	}
	v.must = len(v.lines)
	v.lines = append(v.lines, rest()...)
	return v.lines, v.must
}

// draw shows one argument: on the line of its key when it fits there, else below,
// behind a rule. Nothing is left out unless it is folded, and then it is counted.
func (a argument) draw(th theme.Theme, w int, open bool) (rows []string, folds bool) {
	key := th.Muted.Render(a.key + ":")
	if !a.block && cells.Width(a.key)+2+cells.Width(a.lines[0]) <= w {
		return []string{key + " " + a.lines[0]}, false
	}
	value := a.chop(max(1, w-2), open)
	folds = len(value) > longValue
	if folds && !open {
		value = value[:foldedHead]
	}
	rows = cells.Wrap(key+th.Faint.Render("  "+a.size()), w)
	for _, r := range value {
		rows = append(rows, th.Faint.Render("│ ")+r)
	}
	if folds && !open {
		rows = append(rows, th.Warn.Render("▸ folded")+th.Faint.Render(": enter shows all of it"))
	}
	return rows, folds
}

// chop breaks the value to w cells; no further than is needed to know that it is
// to be folded, unless all of it is wanted.
func (a argument) chop(w int, all bool) []string {
	var rows []string
	for _, l := range a.lines {
		rows = append(rows, cells.Chop(l, w)...)
		if !all && len(rows) > longValue {
			break
		}
	}
	return rows
}

// hiddenChars counts what hides in all arguments together.
func (v *argumentsView) hiddenChars() int {
	n := 0
	for _, a := range v.args {
		n += a.hidden
	}
	return n
}
