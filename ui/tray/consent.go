package tray

import (
	"fmt"
	"slices"
	"strings"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/amount"
	"switchboard/ui/cells"
)

// A consentCard asks whether a server of a project file may be started. All that
// the file says of it is shown, nothing cut, folded or masked.
type consentCard struct {
	host.Consent
	width int
	lines []string // drawn for that width; nil when they are not
}

func (c *consentCard) headline(th theme.Theme) string {
	return th.Strong.Render(c.summary())
}

func (c *consentCard) summary() string {
	does := "start"
	if c.Proposal.URL != "" {
		does = "reach"
	}
	return does + " " + clean.Line(c.Proposal.Server) + "?"
}

func (c *consentCard) facts(th theme.Theme, w int) []string {
	said := clean.Line(c.Proposal.File) + " of this folder asks for it · nothing of it has run yet"
	lines := []string{th.Warn.Render(cells.Cut(said, w))}
	if n := c.hiddenChars(); n > 0 {
		lines = append(lines, th.Bad.Render(cells.Cut(amount.Count(n, "hidden character")+" in what it says, shown as ‹…›", w)))
	}
	return lines
}

// hiddenChars counts what a terminal would not have shown.
func (c *consentCard) hiddenChars() int {
	p, n := c.Proposal, 0
	words := slices.Concat([]string{p.Server, p.Command, p.Dir, p.URL}, p.Args)
	for _, s := range slices.Concat(p.Env, p.Headers) {
		words = append(words, s.Name, s.Value)
	}
	for _, w := range words {
		n += clean.Hidden(w)
	}
	return n
}

func (c *consentCard) body(th theme.Theme, w int) ([]string, int) {
	if c.lines == nil || c.width != w {
		c.lines, c.width = consentLines(th, c.Proposal, w), w
	}
	return c.lines, len(c.lines)
}

func (c *consentCard) folded() bool { return false }
func (c *consentCard) unfold()      {}
func (c *consentCard) restyle()     { c.lines = nil }

func (c *consentCard) keys() []choice {
	does := "start it"
	if c.Proposal.URL != "" {
		does = "reach it"
	}
	return []choice{
		{key: "d", label: "no", answer: host.Deny{}},
		{key: "s", label: does + ", this session", answer: host.Agree{Scope: host.Session}, yes: true},
		{key: "a", label: "always, in this folder and as it stands", answer: host.Agree{Scope: host.Always}, yes: true},
	}
}

// consentLines are what a proposal says, a fact a row or more.
func consentLines(th theme.Theme, p host.Proposal, w int) []string {
	s := statement{theme: th, w: w}
	s.fact("server", p.Server)
	if p.URL != "" {
		s.fact("address", p.URL)
	} else {
		s.fact("command", p.Command)
		for i, a := range p.Args {
			s.fact(fmt.Sprintf("argument %d", i+1), a)
		}
		s.fact("runs in", p.Dir)
	}
	for _, e := range p.Env {
		s.fact("sets", e.Name+"="+e.Value)
	}
	for _, h := range p.Headers {
		s.fact("header", h.Name+": "+h.Value)
	}
	for _, name := range p.Takes {
		s.fact("is given", name)
		s.note("the value of this variable of yours")
	}
	s.fact("project", p.Folder)
	return s.lines
}

// A statement is facts one below the other.
type statement struct {
	theme theme.Theme
	w     int
	lines []string
}

// stateLabel is the column of the names of facts.
const stateLabel = 12

// fact is a name and a foreign word beside it, broken over as many rows as it
// takes, each behind a rule so that no row passes for a fact of its own.
func (s *statement) fact(name, word string) {
	shown := clean.Line(word)
	if word == "" || strings.TrimSpace(word) != word {
		shown = `"` + shown + `"` // its edges would not be seen
	}
	label := cells.Fit(name, min(stateLabel, s.w/2))
	for _, row := range cells.Chop(shown, max(1, s.w-cells.Width(label)-2)) {
		s.lines = append(s.lines, s.theme.Muted.Render(label)+s.theme.Faint.Render("│ ")+row)
		label = strings.Repeat(" ", cells.Width(label))
	}
}

// note adds our own words to the last row where there is room.
func (s *statement) note(text string) {
	last := len(s.lines) - 1
	if row := s.lines[last] + "  " + s.theme.Faint.Render(text); cells.Width(row) <= s.w {
		s.lines[last] = row
	}
}
