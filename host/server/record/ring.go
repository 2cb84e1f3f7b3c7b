// Package record keeps what is known of one server: its traffic, its words, its
// calls. Everything is bounded by count and by bytes, and secrets are masked
// before they are kept. All types are safe for concurrent use; none starts a
// goroutine.
package record

import "sync"

// A Ring keeps the newest values, bounded by their count and their size.
type Ring[T any] struct {
	maxCount, maxBytes int

	mu      sync.Mutex
	values  []entry[T] // used as a circle from first on once it is full
	first   int
	bytes   int
	dropped int
}

type entry[T any] struct {
	value T
	size  int
}

// NewRing makes a ring of at most count values and, unless bytes is 0, of at most
// so many bytes. The newest value is always kept.
func NewRing[T any](count, bytes int) *Ring[T] {
	return &Ring[T]{maxCount: max(1, count), maxBytes: bytes}
}

// Add appends a value that takes size bytes.
func (r *Ring[T]) Add(value T, size int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.live() == r.maxCount {
		r.drop()
	}
	r.values = append(r.values, entry[T]{value, size})
	r.bytes += size
	for r.maxBytes > 0 && r.bytes > r.maxBytes && r.live() > 1 {
		r.drop()
	}
}

func (r *Ring[T]) live() int { return len(r.values) - r.first }

// drop forgets the oldest value. The room in front is given back once it is as
// large as what is kept, so that a value is moved once on average.
func (r *Ring[T]) drop() {
	r.bytes -= r.values[r.first].size
	r.values[r.first] = entry[T]{}
	r.first++
	r.dropped++
	if r.first >= r.maxCount || r.first > 32 && r.first >= r.live() {
		n := copy(r.values, r.values[r.first:])
		clear(r.values[n:])
		r.values, r.first = r.values[:n], 0
	}
}

// All gives what is kept, oldest first, and how many values are gone.
func (r *Ring[T]) All() (values []T, dropped int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	values = make([]T, 0, r.live())
	for _, e := range r.values[r.first:] {
		values = append(values, e.value)
	}
	return values, r.dropped
}
