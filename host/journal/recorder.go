package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"
)

// A Recorder writes a journal from a goroutine of its own, so that nobody waits
// for the disk but who must: records are put without blocking and in order, and
// [Recorder.Sync] returns when all that was put before it is on the disk. Several
// that wait share one sync.
type Recorder struct {
	now func() time.Time

	mu      sync.Mutex
	queue   []Record
	waiting []chan error
	err     error // of a record that could not be put, or of the writer
	wake    chan struct{}
	done    chan struct{}
}

// NewRecorder makes a recorder whose [Recorder.Run] the caller starts. A nil now
// is [time.Now].
func NewRecorder(now func() time.Time) *Recorder {
	if now == nil {
		now = time.Now
	}
	return &Recorder{now: now, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// Put appends a record of a type. Data is written as JSON at once, so that it may
// be changed afterwards.
func (r *Recorder) Put(kind string, data any) {
	text, err := json.Marshal(data)
	r.mu.Lock()
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("writing a %s record: %w", kind, err)
	}
	if err == nil {
		r.queue = append(r.queue, Record{Time: r.now(), Type: kind, Data: text})
	}
	r.mu.Unlock()
	r.poke()
}

// Sync waits until everything put so far is on the disk, or ctx ends. The error is
// the first that the journal had: a session whose journal fails goes on, but the
// person is told.
func (r *Recorder) Sync(ctx context.Context) error {
	reply := make(chan error, 1)
	r.mu.Lock()
	r.waiting = append(r.waiting, reply)
	r.mu.Unlock()
	r.poke()
	select {
	case err := <-reply:
		return err
	case <-r.done:
		return r.Err()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Err is the first failure.
func (r *Recorder) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// Run writes what is put to w until ctx ends, writes what is left, and closes w.
func (r *Recorder) Run(ctx context.Context, w *Writer) {
	defer close(r.done)
	for {
		select {
		case <-r.wake:
			r.write(w)
		case <-ctx.Done():
			r.write(w)
			r.note(w.Close())
			return
		}
	}
}

// write takes the queue to the file, and to the disk when somebody waits.
func (r *Recorder) write(w *Writer) {
	r.mu.Lock()
	records, waiting := r.queue, r.waiting
	r.queue, r.waiting = nil, nil
	r.mu.Unlock()
	if len(records) > 0 {
		r.note(w.Write(records...))
	}
	if len(waiting) == 0 {
		return
	}
	r.note(w.Sync())
	for _, reply := range waiting {
		reply <- r.Err()
	}
}

func (r *Recorder) note(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
}

func (r *Recorder) poke() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}
