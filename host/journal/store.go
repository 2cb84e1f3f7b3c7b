package journal

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"switchboard/host/disk"
)

// ending is how the file of a session ends its name.
const ending = ".jsonl"

// A Store is a folder of sessions, one file each.
type Store struct{ Dir string }

// NewID makes the id of a session that begins now: ids sort by time, and their
// beginning says when that was.
func NewID(now time.Time) string {
	return now.UTC().Format("20060102-150405-") + strings.ToLower(rand.Text()[:4])
}

// Path is where a session is.
func (s Store) Path(id string) string { return filepath.Join(s.Dir, id+ending) }

// IDs lists all sessions, the last changed first.
func (s Store) IDs() ([]string, error) {
	entries, err := os.ReadDir(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing the sessions: %w", err)
	}
	changed := map[string]time.Time{}
	var ids []string
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), ending)
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		ids, changed[id] = append(ids, id), info.ModTime()
	}
	slices.SortFunc(ids, func(a, b string) int {
		if c := changed[b].Compare(changed[a]); c != 0 {
			return c
		}
		return strings.Compare(b, a)
	})
	return ids, nil
}

// An AmbiguousError says that several sessions begin alike.
type AmbiguousError struct {
	Prefix string
	IDs    []string
}

// Error names them.
func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("several sessions begin with %s: %s", e.Prefix, strings.Join(e.IDs, ", "))
}

// An UnknownError says that no session begins so.
type UnknownError struct {
	Prefix string
	IDs    []string // all there are, the last changed first
}

// Error says so.
func (e *UnknownError) Error() string { return "no session is called " + e.Prefix }

// Find gives the id of the one session that begins with prefix. The error is an
// [*AmbiguousError] or an [*UnknownError] unless the folder cannot be read.
func (s Store) Find(prefix string) (string, error) {
	ids, err := s.IDs()
	if err != nil {
		return "", err
	}
	var found []string
	for _, id := range ids {
		if id == prefix {
			return id, nil
		}
		if prefix != "" && strings.HasPrefix(id, prefix) {
			found = append(found, id)
		}
	}
	switch len(found) {
	case 0:
		return "", &UnknownError{prefix, ids}
	case 1:
		return found[0], nil
	}
	return "", &AmbiguousError{prefix, found}
}

// ErrInUse is what a session that another instance writes to is told by.
var ErrInUse = errors.New("the session is open in another instance")

// Remove deletes a session, unless it is in use.
func (s Store) Remove(id string) error {
	unlock, ok, err := disk.TryLock(s.Path(id))
	if err != nil {
		return fmt.Errorf("removing the session %s: %w", id, err)
	}
	if !ok {
		return fmt.Errorf("removing the session %s: %w", id, ErrInUse)
	}
	defer unlock()
	if err := os.Remove(s.Path(id)); err != nil {
		return fmt.Errorf("removing the session %s: %w", id, err)
	}
	return disk.SyncDir(s.Dir)
}

// Create begins a session, and locks it until unlock is called.
func (s Store) Create(id string) (w *Writer, unlock func(), err error) {
	w, err = Create(s.Path(id))
	if err != nil {
		return nil, nil, err
	}
	unlock, ok, err := disk.TryLock(s.Path(id))
	if err == nil && !ok {
		err = ErrInUse
	}
	if err != nil {
		return nil, nil, errors.Join(err, w.Close())
	}
	return w, unlock, nil
}

// Read reads a session without writing to it.
func (s Store) Read(id string, yield func(Record) bool) (Condition, error) {
	f, err := os.Open(s.Path(id))
	if err != nil {
		return Condition{}, fmt.Errorf("opening the session %s: %w", id, err)
	}
	defer func() { _ = f.Close() }()
	return Read(f, yield)
}

// Continue reads a session and opens it to write on. When another instance has
// it, the writer is nil and the error [ErrInUse]; all of it was read all the same.
func (s Store) Continue(id string, yield func(Record) bool) (w *Writer, unlock func(), c Condition, err error) {
	unlock, locked, err := disk.TryLock(s.Path(id))
	if err != nil {
		return nil, nil, c, fmt.Errorf("opening the session %s: %w", id, err)
	}
	c, err = s.Read(id, yield)
	switch {
	case err == nil && !locked:
		err = ErrInUse
	case err == nil:
		w, err = Append(s.Path(id), c)
	}
	if err != nil && locked {
		unlock()
	}
	return w, unlock, c, err
}

// SetAside copies the damaged stretches of a session into a file beside it, so
// that they are there for who wants to repair them, and gives its path. The
// session itself is left as it is: readers pass over them.
func (s Store) SetAside(id string, c Condition) (string, error) {
	f, err := os.Open(s.Path(id))
	if err != nil {
		return "", fmt.Errorf("setting damaged records aside: %w", err)
	}
	defer func() { _ = f.Close() }()
	var b bytes.Buffer
	for _, d := range c.Damaged {
		stretch := make([]byte, d.Bytes)
		if _, err := f.ReadAt(stretch, d.Offset); err != nil {
			return "", fmt.Errorf("setting damaged records aside: %w", err)
		}
		b.Write(stretch)
	}
	path := filepath.Join(s.Dir, id+".damaged")
	return path, disk.WriteFile(path, b.Bytes())
}
