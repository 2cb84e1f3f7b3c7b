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
	mask Mask

	mu      sync.Mutex
	queue   []Entry
	waiting []chan error
	err     error // of a record that could not be put, or of the writer
	wake    chan struct{}
	done    chan struct{}
}

// An Entry is a record to be: its data is masked and becomes JSON on the
// recorder's goroutine, so that nobody who puts one waits for that.
type Entry struct {
	Time time.Time
	Kind string
	// Data must not be changed any more; a func() any is called for it there.
	Data any
}

// NewRecorder makes a recorder whose [Recorder.Run] the caller starts. A nil mask
// changes nothing.
func NewRecorder(mask Mask) *Recorder {
	return &Recorder{mask: mask, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// Put appends entries. It never blocks.
func (r *Recorder) Put(entries ...Entry) {
	r.mu.Lock()
	r.queue = append(r.queue, entries...)
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
	entries, waiting := r.queue, r.waiting
	r.queue, r.waiting = nil, nil
	r.mu.Unlock()
	if records := r.records(entries); len(records) > 0 {
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

// records makes records of entries. One that cannot be written costs itself.
func (r *Recorder) records(entries []Entry) []Record {
	var records []Record
	for _, e := range entries {
		if late, ok := e.Data.(func() any); ok {
			e.Data = late()
		}
		if m, ok := e.Data.(maskable); ok && r.mask != nil {
			e.Data = m.masked(r.mask)
		}
		text, err := json.Marshal(e.Data)
		if err == nil && len(text) > MaxRecord/2 {
			err = fmt.Errorf("its %d bytes are too many", len(text))
		}
		if err != nil {
			r.note(fmt.Errorf("writing a %s record: %w", e.Kind, err))
			continue
		}
		records = append(records, Record{Time: e.Time, Type: e.Kind, Data: text})
	}
	return records
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
