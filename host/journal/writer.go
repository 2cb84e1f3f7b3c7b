package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"switchboard/host/disk"
)

// file is what a writer needs of the file below it; tests put a failing disk in
// its place.
type file interface {
	io.Writer
	io.Closer
	Sync() error
	Truncate(size int64) error
}

// A Writer appends to one journal. It is not safe for concurrent use.
type Writer struct {
	path string
	file file
	last int64 // number of the last record
	size int64 // of all whole lines
	err  error // the first failure; nothing is written after it
}

// Create begins a journal at path, which must not exist.
func Create(path string) (*Writer, error) {
	if err := disk.MakeDir(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("making a folder for the journal: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("beginning a journal: %w", err)
	}
	if err := disk.SyncDir(filepath.Dir(path)); err != nil {
		return nil, errors.Join(fmt.Errorf("beginning a journal: the folder: %w", err), f.Close())
	}
	return &Writer{path: path, file: f}, nil
}

// Append opens the journal at path to write on behind what Read found: a torn
// tail is cut off.
func Append(path string, c Condition) (*Writer, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("going on with the journal: %w", err)
	}
	w := &Writer{path: path, file: f, last: c.Last, size: c.Whole}
	if c.Torn > 0 {
		if err := f.Truncate(c.Whole); err != nil {
			return nil, errors.Join(fmt.Errorf("dropping the torn end of the journal: %w", err), f.Close())
		}
	}
	return w, nil
}

// Path is where the journal is.
func (w *Writer) Path() string { return w.path }

// Write appends records in one stroke and numbers them. They outlast a crash of
// the program when it returns, and one of the machine after [Writer.Sync].
//
// After a failure the journal is closed to further records: what would follow
// could not be trusted to have its past before it.
func (w *Writer) Write(records ...Record) error {
	if w.err != nil {
		return w.err
	}
	var b []byte
	for i := range records {
		records[i].Seq = w.last + int64(i) + 1
		var err error
		if b, err = appendLine(b, records[i]); err != nil {
			return err // nothing was written: the next record may be a better one
		}
	}
	if _, err := w.file.Write(b); err != nil {
		w.fail(err)
		return w.err
	}
	w.last += int64(len(records))
	w.size += int64(len(b))
	return nil
}

// Sync returns when all that was written is on the disk.
func (w *Writer) Sync() error {
	if w.err != nil {
		return w.err
	}
	if err := w.file.Sync(); err != nil {
		w.fail(err)
	}
	return w.err
}

// fail remembers why nothing more is written and takes back half a line.
func (w *Writer) fail(err error) {
	w.err = fmt.Errorf("writing the journal %s: %w", w.path, err)
	_ = w.file.Truncate(w.size) // what is left torn, the next reader drops
}

// Close syncs and closes the file.
func (w *Writer) Close() error { return errors.Join(w.Sync(), w.file.Close()) }
