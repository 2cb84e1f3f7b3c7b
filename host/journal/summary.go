package journal

import (
	"os"
	"strings"
	"time"
)

// A Summary is what a list says of a session.
type Summary struct {
	ID      string
	Title   string // the first prompt, as it was written
	Dir     string
	Model   string
	Parent  string    // the session it branched from; "" for none
	Began   time.Time // of the first record
	Changed time.Time // of the last
	Turns   int
	Bytes   int64
	// Found is the text around the first place that a search found; "" without one.
	Found string
}

// Look reads one session for a list. With a query it tells too whether all of its
// words stand, in any case, in one thing that was said.
func (s Store) Look(id, query string) (sum Summary, matches bool, err error) {
	words := strings.Fields(strings.ToLower(query))
	matches = len(words) == 0
	sum.ID = id
	if info, err := os.Stat(s.Path(id)); err == nil {
		sum.Bytes = info.Size()
	}
	_, err = s.Read(id, func(r Record) bool {
		said := sum.take(r)
		if at := findAll(said, words); len(words) > 0 && at >= 0 && !matches {
			matches, sum.Found = true, around(said, at)
		}
		return true
	})
	return sum, matches, err
}

// take reads a record into the summary, and gives what is said in it.
func (s *Summary) take(r Record) (said string) {
	if s.Began.IsZero() {
		s.Began = r.Time
	}
	s.Changed = r.Time
	switch r.Type {
	case KindSession:
		if h, err := Decode[Header](r); err == nil {
			s.Dir, s.Model = h.Dir, h.Model.Name
			if h.Parent != nil {
				s.Parent = h.Parent.ID
			}
		}
	case KindTurn:
		t, _ := Decode[Turn](r) // one that cannot be read says nothing
		s.Turns++
		if s.Title == "" {
			s.Title = t.Prompt
		}
		return t.Prompt
	case KindMessage:
		m, _ := Decode[Message](r)
		return m.Message().Prose()
	}
	return ""
}

// findAll is where the first of the words stands; negative unless all are there.
func findAll(said string, words []string) int {
	said = strings.ToLower(said)
	first := -1
	for i, w := range words {
		at := strings.Index(said, w)
		if at < 0 {
			return -1
		}
		if i == 0 {
			first = at
		}
	}
	return first
}

// around is a line's worth of text about a place, which may have moved a little
// where lower case has another length.
func around(said string, at int) string {
	const before, after = 30, 90
	from, to := max(0, min(at, len(said))-before), min(len(said), at+after)
	return strings.ToValidUTF8(strings.Join(strings.Fields(said[from:to]), " "), "")
}

// Latest is the session of a folder that was changed last; "" when there is none.
func (s Store) Latest(dir string) (string, error) {
	ids, err := s.IDs()
	if err != nil {
		return "", err
	}
	for _, id := range ids {
		of := ""
		_, err := s.Read(id, func(r Record) bool {
			if h, err := Decode[Header](r); err == nil && r.Type == KindSession {
				of = h.Dir
			}
			return false
		})
		if err == nil && of == dir {
			return id, nil
		}
	}
	return "", nil
}
