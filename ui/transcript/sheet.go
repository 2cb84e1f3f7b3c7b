package transcript

import (
	"strings"

	"switchboard/host/clean"
	"switchboard/ui/amount"
	"switchboard/ui/transcript/flow"
)

// A sheet lays out a long text as far as it is shown, and no further: what two
// megabytes cost is what the first screen of them costs.
type sheet struct {
	text  string
	width int
	sgr   string
	lines []string
	done  int // bytes of text that are in lines
}

// chunk bounds how much of an endless line is laid out at once, in bytes.
const chunk = 4 << 10

// fill lays out the text up to limit lines; the last chunk may give some more.
func (s *sheet) fill(text, sgr string, width, limit int) {
	if s.width != width || s.sgr != sgr || len(s.text) != len(text) {
		*s = sheet{text: text, sgr: sgr, width: width}
	}
	for len(s.lines) < limit && s.done < len(s.text) {
		s.next()
	}
}

func (s *sheet) next() {
	part := clean.Head(s.text[s.done:], chunk)
	if i := strings.IndexByte(part, '\n'); i >= 0 {
		part = part[:i]
		s.done++
	}
	if part == "" && s.text[max(s.done-1, 0)] != '\n' {
		part = s.text[s.done : s.done+1] // a stray byte, which clean shows
	}
	s.done += len(part)
	lines := flow.Text(clean.Block(flow.ExpandTabs(strings.TrimSuffix(part, "\r"))), s.sgr, s.width)
	if len(lines) == 0 {
		lines = []string{""}
	}
	s.lines = append(s.lines, lines...)
}

// shown gives the first limit lines, and in words what comes after them.
func (s *sheet) shown(limit int) (lines []string, more string) {
	lines = s.lines[:min(limit, len(s.lines))]
	rest := s.text[s.done:]
	hidden := len(s.lines) - len(lines) + strings.Count(rest, "\n")
	switch {
	case len(rest) > chunk*max(hidden, 1):
		return lines, amount.Bytes(len(rest)) + " more"
	case rest != "" && !strings.HasSuffix(rest, "\n"):
		hidden++
	}
	if hidden == 0 {
		return lines, ""
	}
	return lines, amount.Count(hidden, "more line")
}
