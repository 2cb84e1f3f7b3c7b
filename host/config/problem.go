package config

import (
	"fmt"
	"sort"
	"strings"
)

// A Position is a place in a file. Line and Column count from 1; Column counts
// bytes. Line 0 means the file as a whole.
type Position struct {
	File         string
	Line, Column int
}

// String is "file:line:column", or the file alone when there is no line.
func (p Position) String() string {
	if p.Line == 0 {
		return shownPath(p.File)
	}
	return fmt.Sprintf("%s:%d:%d", shownPath(p.File), p.Line, p.Column)
}

// A Problem is a fault in a file, in words for the person who wrote it. It never
// repeats a value that may be a secret, and its text is safe to show.
type Problem struct {
	At      Position
	Key     string // the path of the key, such as mcpServers.github.args[1]; empty for the file
	Message string // what is wrong
	Hint    string // what to write instead; may be empty
	// Warning marks what costs nothing: the entry is used all the same.
	Warning bool
}

// Error gives place, key, fault and cure on one line.
func (p Problem) Error() string {
	parts := []string{p.At.String()}
	if p.Warning {
		parts = append(parts, "warning")
	}
	if p.Key != "" {
		parts = append(parts, p.Key)
	}
	s := strings.Join(append(parts, p.Message), ": ")
	if p.Hint != "" {
		s += " (" + p.Hint + ")"
	}
	return s
}

// lineStarts gives the offset of every line's first byte.
func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, b := range text {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// position turns an offset into a place. Offsets behind the end are the end.
func (r *reader) position(offset int) Position {
	offset = min(offset, r.size)
	line := sort.SearchInts(r.lines, offset+1)
	return Position{r.file, line, offset - r.lines[line-1] + 1}
}
