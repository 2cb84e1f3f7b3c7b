package servertest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"switchboard/host/clean"
	"switchboard/host/server"
)

// maxEvidence is how many characters of a line are kept.
const maxEvidence = 400

// Evidence is everything that a person could read of one server, as lines:
//
//	STATE: REASON    whenever a status said so
//	answer TEXT      every line of what a call came to, or its error
//	delta TEXT       a change of the list of tools
//	stdout, stderr, mcp TEXT
//	tools N NAMES, noise N, late N, restarts N, lost N (lines of the log)
type Evidence struct {
	mu    sync.Mutex
	lines map[string]bool
}

// Hear keeps what a status says.
func (e *Evidence) Hear(st server.Status) {
	e.add(string(st.State)+":", st.Reason)
	if st.Delta != "" {
		e.add("delta", clean.Foreign(st.Delta))
	}
}

// Answered keeps what a call came to.
func (e *Evidence) Answered(r server.Result, err error) {
	if err != nil {
		e.add("answer", clean.Foreign(err.Error()))
		return
	}
	for line := range strings.SplitSeq(r.Text.Raw()[:min(len(r.Text.Raw()), 1<<12)], "\n") {
		e.add("answer", clean.Foreign(line))
	}
}

func (e *Evidence) add(what string, text clean.Text) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.lines == nil {
		e.lines = map[string]bool{}
	}
	e.lines[what+" "+cut(text.Line())] = true
}

func cut(line string) string {
	if r := []rune(line); len(r) > maxEvidence {
		return string(r[:maxEvidence])
	}
	return line
}

// lines are what was kept and what can be seen of the server now.
func (e *Evidence) all(s *server.Server) []string {
	i := s.Inspect()
	now := map[string]bool{
		fmt.Sprintf("noise %d", i.Status.Noise):       true,
		fmt.Sprintf("late %d", i.Status.Late):         true,
		fmt.Sprintf("restarts %d", i.Status.Restarts): true,
		fmt.Sprintf("lost %d", i.LogDropped):          true,
	}
	var names []string
	for _, tool := range i.Tools {
		names = append(names, tool.ID.Tool)
	}
	now[cut(fmt.Sprintf("tools %d %s", len(names), strings.Join(names, " ")))] = true
	for _, line := range i.Log {
		now[string(line.Source)+" "+cut(line.Text.Line())] = true
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	maps.Copy(now, e.lines)
	return slices.Sorted(maps.Keys(now))
}

// Unsaid are the patterns that no line fits, and the lines there are.
func (e *Evidence) Unsaid(s *server.Server, patterns []string) (unsaid, lines []string) {
	lines = e.all(s)
	for _, pattern := range patterns {
		if !slices.ContainsFunc(lines, regexp.MustCompile(pattern).MatchString) {
			unsaid = append(unsaid, pattern)
		}
	}
	return unsaid, lines
}
