// Package models is the view behind /model: what models there are, wherever they
// are asked, and the one that answers. Choosing one switches in mid-conversation.
package models

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/form"
	"switchboard/ui/sheet"
)

// A Sheet is the view. It implements [sheet.Sheet].
type Sheet struct {
	theme   theme.Theme
	now     host.ModelChosen // the model that answers
	sources []host.ModelSource
	done    bool // no more models will become known
	filter  form.Field
	column  int // of the cursor in the filter, as last drawn

	chosen host.ModelRef
	moved  bool // the person chose it; else it is the one that answers
	top    int  // first row of the list on the screen
	page   int  // rows of the list on the screen
}

// New makes the view.
func New(t theme.Theme) *Sheet { return &Sheet{theme: t} }

// Open has the models listed; the words are what to look for.
func (s *Sheet) Open(words string) sheet.Action {
	s.done = false // what was listed before stays until there is news
	s.filter = form.NewField(words)
	s.chosen, s.moved, s.top = s.now.Ref, false, 0
	return sheet.Action{Op: host.ListModels{On: true}}
}

// Close ends the listing.
func (s *Sheet) Close() host.Op { return host.ListModels{} }

// Apply takes news of the models.
func (s *Sheet) Apply(e host.Event) {
	switch e := e.(type) {
	case host.ModelChosen:
		s.now = e
	case host.ModelsListed:
		s.sources, s.done = e.Sources, e.Done
		s.settle()
	}
}

// Names are those of the models that were listed, and of the matcher that is always
// there, fit to be shown.
func (s *Sheet) Names() []string {
	names := []string{host.OfflineModel}
	for _, src := range s.sources {
		for _, o := range src.Models {
			if name := clean.Line(o.Name); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// Press moves, chooses, or goes into the filter.
func (s *Sheet) Press(k tea.KeyPressMsg) sheet.Action {
	switch key := k.String(); key {
	case "up":
		s.move(-1)
	case "down":
		s.move(1)
	case "pgup":
		s.move(-max(1, s.page-1))
	case "pgdown":
		s.move(max(1, s.page-1))
	case "enter":
		return s.pick()
	case "esc":
		if s.filter.Empty() {
			return sheet.Action{Leave: true}
		}
		s.filter.Clear()
		s.settle()
	default:
		if s.filter.Press(key, k.Text) {
			s.settle()
		}
	}
	return sheet.Action{}
}

// pick switches to the chosen model.
func (s *Sheet) pick() sheet.Action {
	i := s.at()
	if i < 0 {
		return sheet.Action{Note: "no model fits: backspace widens the search"}
	}
	if s.chosen == s.now.Ref {
		return sheet.Action{Leave: true, Note: "this model answers already"}
	}
	return sheet.Action{Op: host.SetModel{Ref: s.chosen}, Leave: true}
}

// Paste goes into the filter, as one line.
func (s *Sheet) Paste(text string) {
	s.filter.Insert(strings.Join(strings.Fields(text), " "))
	s.settle()
}

// Typing is always so: letters go into the filter.
func (s *Sheet) Typing() bool { return true }

// Scroll moves the choice, which is always in sight.
func (s *Sheet) Scroll(lines int) { s.move(lines) }

// Cursor stands in the filter.
func (s *Sheet) Cursor() (x, y int, ok bool) { return s.column, filterRow, true }

// Animated is never so: nothing moves by itself.
func (s *Sheet) Animated() bool { return false }

// SetTheme changes the colours.
func (s *Sheet) SetTheme(t theme.Theme) { s.theme = t }

// move chooses another model, n further down.
func (s *Sheet) move(n int) {
	refs := s.refs()
	if len(refs) == 0 {
		return
	}
	s.chosen = refs[max(0, min(s.at()+n, len(refs)-1))]
	s.moved = true
}

// settle keeps the choice among what is shown: where the person chose none it is the
// model that answers, or else the first.
func (s *Sheet) settle() {
	if !s.moved {
		s.chosen = s.now.Ref
	}
	if refs := s.refs(); s.at() < 0 && len(refs) > 0 {
		s.chosen = refs[0]
	}
}

// at is which of the models shown is chosen; -1 for none.
func (s *Sheet) at() int {
	for i, r := range s.refs() {
		if r == s.chosen {
			return i
		}
	}
	return -1
}

// refs are the models that are shown, in their order.
func (s *Sheet) refs() []host.ModelRef {
	var all []host.ModelRef
	for _, src := range s.sources {
		for _, o := range s.fitting(src) {
			all = append(all, host.ModelRef{Source: src.ID, Name: o.Name})
		}
	}
	return all
}

// fitting are the models of a source that have every word of the filter.
func (s *Sheet) fitting(src host.ModelSource) []host.ModelOffer {
	words := strings.Fields(strings.ToLower(s.filter.Value()))
	if len(words) == 0 {
		return src.Models
	}
	var all []host.ModelOffer
	for _, o := range src.Models {
		if holds(strings.ToLower(o.Name+" "+o.About+" "+src.Name), words) {
			all = append(all, o)
		}
	}
	return all
}

func holds(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// View draws the view.
func (s *Sheet) View(w, h int, _ time.Time) []string { return s.draw(w, h) }
