package process

import (
	"bytes"
	"errors"
	"io"
	"sync"
)

// maxQueued bounds what waits for a child that does not read.
const maxQueued = 32 << 20

// ErrNotReading is why nothing more can be sent to a child: it has not read its
// standard input for so long that 32 MiB wait for it.
var ErrNotReading = errors.New("it does not read its standard input (32 MiB are waiting)")

// A Queue takes writes at once and hands them to a slow writer in order, so that
// a child that reads nothing blocks only its own queue.
type Queue struct {
	w io.WriteCloser

	mu      sync.Mutex
	pending [][]byte
	size    int // of pending, and of what is being written
	writing int
	closing bool // no more writes; what waits is still sent
	err     error
	more    chan struct{} // capacity 1
}

func newQueue(w io.WriteCloser) *Queue { return &Queue{w: w, more: make(chan struct{}, 1)} }

// Write never blocks. While too much is left unread it fails with
// [ErrNotReading], and after the end with [io.ErrClosedPipe]; nothing of such a
// write is sent.
func (q *Queue) Write(p []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.err != nil || q.closing:
		return 0, io.ErrClosedPipe
	case q.size >= maxQueued:
		return 0, ErrNotReading
	}
	q.pending = append(q.pending, bytes.Clone(p))
	q.size += len(p)
	q.signal()
	return len(p), nil
}

// Close lets what waits go out and then closes the writer.
func (q *Queue) Close() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closing = true
	q.signal()
	return nil
}

func (q *Queue) signal() {
	select {
	case q.more <- struct{}{}:
	default:
	}
}

// run writes until the queue is closed and empty or the writer fails; it closes
// the writer. Closing the writer from outside ends it too.
func (q *Queue) run() {
	defer func() { _ = q.w.Close() }()
	for {
		p, done := q.next()
		if done {
			return
		}
		if p == nil {
			<-q.more
			continue
		}
		if _, err := q.w.Write(p); err != nil {
			q.fail(err)
			return
		}
	}
}

// next takes the oldest write. Its size counts until the next is taken, so that
// what is being written counts as waiting.
func (q *Queue) next() (p []byte, done bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.size -= q.writing
	q.writing = 0
	if len(q.pending) == 0 {
		return nil, q.closing || q.err != nil
	}
	p = q.pending[0]
	q.pending[0] = nil
	q.pending = q.pending[1:]
	q.writing = len(p)
	return p, false
}

func (q *Queue) fail(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.err, q.pending, q.size, q.writing = err, nil, 0, 0
}

// abort drops what waits and closes the writer, even in the middle of a write.
func (q *Queue) abort() {
	q.fail(io.ErrClosedPipe)
	_ = q.w.Close()
	q.signal()
}
