package host

import (
	"fmt"
	"sync"

	"switchboard/host/catalog"
	"switchboard/host/server"
)

// shelfRoom is how many bytes of results are kept at hand; beyond, the oldest go.
const shelfRoom = 64 << 20

// A shelf keeps the results of a session whole: the model was given the beginning
// and the end of a long one and can read on, and the person can save any. It is
// safe for concurrent use.
type shelf struct {
	mu    sync.Mutex
	kept  []shelved // oldest first
	bytes int
	last  int // number of the last handle
}

// A shelved result is one that a server gave.
type shelved struct {
	handle string // what the model calls it; "" for one that it was given whole
	call   CallID
	tool   catalog.ID
	text   string
	media  []server.Media
}

// put keeps a result. With a handle the model can read it.
func (s *shelf) put(r shelved, readable bool) (handle string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if readable {
		s.last++
		r.handle = fmt.Sprintf("r%d", s.last)
	}
	s.kept = append(s.kept, r)
	s.bytes += r.size()
	for s.bytes > shelfRoom && len(s.kept) > 1 {
		s.bytes -= s.kept[0].size()
		s.kept[0] = shelved{} // lets go of the text while the slice still holds its place
		s.kept = s.kept[1:]
	}
	return r.handle
}

func (r shelved) size() int {
	n := len(r.text)
	for _, m := range r.media {
		n += len(m.Data)
	}
	return n
}

// byHandle finds what the model asks for.
func (s *shelf) byHandle(handle string) (shelved, bool) {
	return s.find(func(r shelved) bool { return r.handle == handle && handle != "" })
}

// byCall finds what the person asks for.
func (s *shelf) byCall(id CallID) (shelved, bool) {
	return s.find(func(r shelved) bool { return r.call == id })
}

func (s *shelf) find(fits func(shelved) bool) (shelved, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.kept) - 1; i >= 0; i-- {
		if fits(s.kept[i]) {
			return s.kept[i], true
		}
	}
	return shelved{}, false
}

// readable tells whether there is anything that the model can read on in.
func (s *shelf) readable() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last > 0
}
