package inspector

import (
	"fmt"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/ui/cells"
	"switchboard/ui/servers"
)

// roomy is the height from which empty rows set the parts apart.
const roomy = 14

// View draws the server in exactly h rows of at most w cells. It is drawn anew
// only after a change, or when a second has passed.
func (in *Inspector) View(w, h int, now time.Time) []string {
	second := now.Truncate(time.Second)
	if in.dirty || in.width != w || in.height != h || !second.Equal(in.drawnAt) {
		in.width, in.height, in.dirty, in.drawnAt = w, h, false, second
		in.drawn = in.draw(w, h, now)
	}
	return in.drawn
}

func (in *Inspector) draw(w, h int, now time.Time) []string {
	if w <= 0 || h <= 0 {
		return nil
	}
	rows := []string{in.title(w, now), in.tabRow(w)}
	if h >= roomy {
		rows = append(rows, "")
	}
	in.bodyTop = len(rows)
	body := in.tabs[in.at].view(w, max(0, h-len(rows)-1), now)
	rows = append(rows, cells.Block(body, max(0, h-len(rows)-1))...)
	return cells.Block(append(rows, in.footer(w)), h)
}

// Cursor is where one types, in the rows of the last View; false while one does
// not.
func (in *Inspector) Cursor() (x, y int, ok bool) {
	if in.consent || in.tabs[in.at].field() == nil {
		return 0, 0, false
	}
	x, y = in.tabs[in.at].cursor()
	return x, y + in.bodyTop, y+in.bodyTop < in.height-1
}

// Typing tells whether keys are text at the moment.
func (in *Inspector) Typing() bool { return !in.consent && in.tabs[in.at].field() != nil }

// title is the server's name, its lamp and how it has been.
func (in *Inspector) title(w int, now time.Time) string {
	s := in.data.Status
	sign, word := servers.Lamp(in.theme, s.State)
	said := sign + " " + in.theme.Strong.Render(cells.Cut(clean.Line(s.Name), max(8, w-24))) + "  " + word
	if for_ := servers.For(s, now); for_ != "" {
		said += in.theme.Muted.Render(" " + for_)
	}
	return cells.Cut(said, w)
}

// tabRow names the tabs; where there is no room for all names, the open one's.
func (in *Inspector) tabRow(w int) string {
	for _, names := range []bool{true, false} {
		var row []string
		for i := range tabCount {
			row = append(row, in.tabLabel(i, names))
		}
		if s := strings.Join(row, " "); names && cells.Width(s) <= w || !names {
			return cells.Cut(s, w)
		}
	}
	return ""
}

func (in *Inspector) tabLabel(i tabID, names bool) string {
	number := fmt.Sprint(int(i) + 1)
	switch {
	case i == in.at:
		return in.theme.Selected.Render(" " + number + " " + tabNames[i] + " ")
	case names:
		return in.theme.Key.Render(" "+number) + in.theme.Muted.Render(" "+tabNames[i]+" ")
	}
	return in.theme.Key.Render(" " + number + " ")
}

// footer names the keys that work now, as many as there is room for.
func (in *Inspector) footer(w int) string {
	if in.consent {
		ask := "start it from now on?"
		if in.data.Launch.URL != "" {
			ask = "reach it from now on?"
		}
		yes := "trust it"
		if in.data.Launch.Proposed {
			ask, yes = "a file of this folder asks for it", "ask me about it"
		}
		return cells.Cut(in.theme.Warn.Render(ask)+"  "+in.hints([]Key{{"y", yes}, {"esc", "no"}}, w-cells.Width(ask)-2), w)
	}
	keys := in.tabs[in.at].keys()
	if in.tabs[in.at].field() == nil {
		keys = append(keys, in.controls()...)
	}
	return in.hints(keys, w)
}

func (in *Inspector) hints(keys []Key, w int) string {
	row, used := "", 0
	for _, k := range keys {
		piece := cells.Width(k.Key) + 1 + cells.Width(k.Does)
		if used > 0 {
			piece += 3
		}
		if used+piece > w {
			break
		}
		if used > 0 {
			row += "   "
		}
		row, used = row+in.theme.Key.Render(k.Key)+" "+in.theme.Muted.Render(k.Does), used+piece
	}
	return row
}
