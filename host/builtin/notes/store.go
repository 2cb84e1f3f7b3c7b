package notes

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	fileName = "notes.json"
	lockName = "notes.lock"
	// maxFile bounds the file in bytes.
	maxFile = 64 << 20
	// lockPatience is how long to wait for another instance, looking every
	// lockPause.
	lockPatience = 10 * time.Second
	lockPause    = 5 * time.Millisecond
)

var errLocked = errors.New("locked by another process")

// A store keeps the book in one JSON file. A change replaces the file as a whole
// under a lock, so that several instances lose nothing and a reader, who needs no
// lock, always sees a complete file.
type store struct{ dir string }

func (s *store) path() string { return filepath.Join(s.dir, fileName) }

// read gives the book as it is; a missing file is an empty book.
func (s *store) read(ctx context.Context) (*book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	file, err := os.Open(s.path())
	if errors.Is(err, fs.ErrNotExist) {
		return &book{Next: 1}, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(content) > maxFile {
		return nil, fmt.Errorf("%s is larger than %d MiB", s.path(), maxFile>>20)
	}
	b, err := decode(content)
	if err != nil {
		return nil, fmt.Errorf("the file %s is damaged (%w); it was left as it is: mend it or move it away", s.path(), err)
	}
	return b, nil
}

func decode(content []byte) (*book, error) {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	b := new(book)
	if err := decoder.Decode(b); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows its end")
	}
	if err := b.check(); err != nil {
		return nil, err
	}
	return b, nil
}

// change applies edit to the book and writes it, unless edit fails.
func (s *store) change(ctx context.Context, edit func(*book) error) error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	held, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer held.Close()
	b, err := s.read(ctx)
	if err != nil {
		return err
	}
	if err := edit(b); err != nil {
		return err
	}
	return s.write(b)
}

// write replaces the file: a new one beside it, synced, renamed over it, and the
// folder synced, so that a crash leaves the old notes or the new ones.
func (s *store) write(b *book) error {
	content, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	if len(content) > maxFile {
		return fmt.Errorf("the notes would take more than %d MiB; delete some first", maxFile>>20)
	}
	// CreateTemp makes files that only their owner may read.
	temp, err := os.CreateTemp(s.dir, fileName+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(append(content, '\n'))
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), s.path()); err != nil {
		return err
	}
	return syncDir(s.dir)
}

// lock waits until no other instance holds the lock.
func (s *store) lock(ctx context.Context) (io.Closer, error) {
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	path := filepath.Join(s.dir, lockName)
	for {
		held, err := tryLock(path)
		if err == nil {
			return held, nil
		}
		if !errors.Is(err, errLocked) {
			return nil, fmt.Errorf("locking %s: %w", path, err)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("another instance holds %s: %w", path, ctx.Err())
		case <-time.After(lockPause):
		}
	}
}
