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

	"switchboard/host/disk"
)

const (
	fileName = "notes.json"
	lockName = "notes.lock"
	// maxFile bounds the file in bytes.
	maxFile = 64 << 20
)

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
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	b, err := s.read(ctx)
	if err != nil {
		return err
	}
	if err := edit(b); err != nil {
		return err
	}
	return s.write(b)
}

// write replaces the file as a whole.
func (s *store) write(b *book) error {
	content, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	if len(content) > maxFile {
		return fmt.Errorf("the notes would take more than %d MiB; delete some first", maxFile>>20)
	}
	return disk.WriteFile(s.path(), append(content, '\n'))
}

// lock waits until no other instance holds the lock.
func (s *store) lock(ctx context.Context) (unlock func(), err error) {
	return disk.Lock(ctx, filepath.Join(s.dir, lockName))
}
