package grants

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"time"

	"switchboard/host/disk"
)

// A DamagedError says that the file could not be understood and where it is now.
type DamagedError struct {
	Path, Aside string
	Err         error // what is wrong with it
}

// Error names the file, its new place, and what to do.
func (e *DamagedError) Error() string {
	return fmt.Sprintf("the grants in %s cannot be read: %v; the file was set aside as %s, and nothing in it holds now: mend it and move it back, or answer again", e.Path, e.Err, e.Aside)
}

// Unwrap gives what is wrong with the file.
func (e *DamagedError) Unwrap() error { return e.Err }

// A stamp tells one writing of a file from the next: each makes another file, at
// another time.
type stamp struct{ info fs.FileInfo } // nil when there is no file

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info}
}

func (s stamp) same(o stamp) bool {
	if s.info == nil || o.info == nil {
		return s.info == nil && o.info == nil
	}
	return os.SameFile(s.info, o.info) && s.info.ModTime().Equal(o.info.ModTime()) && s.info.Size() == o.info.Size()
}

// load reads the file, and sets it aside when it is damaged. The data is nil when
// it cannot be told what the file holds.
func (s *Store) load(ctx context.Context) (*Data, stamp, error) {
	d, seen, err := s.parse()
	var broken *damage
	if !errors.As(err, &broken) {
		return d, seen, err
	}
	// Another instance may be setting it aside at this moment.
	unlock, err := s.lock(ctx)
	if err != nil {
		return nil, stamp{}, fmt.Errorf("setting the damaged grants aside: %w", err)
	}
	defer unlock()
	d, seen, err = s.read()
	var aside *DamagedError
	if errors.As(err, &aside) {
		return &Data{Version: version}, stamp{}, err
	}
	return d, seen, err
}

// lock takes the lock of the file, if there is one.
func (s *Store) lock(ctx context.Context) (unlock func(), err error) {
	if s.path == "" {
		return func() {}, nil
	}
	return disk.Lock(ctx, s.path+".lock")
}

// read reads the file, for who holds the lock, and sets it aside when it is damaged.
func (s *Store) read() (*Data, stamp, error) {
	if s.path == "" {
		return s.copied()
	}
	d, seen, err := s.parse()
	var broken *damage
	if !errors.As(err, &broken) {
		return d, seen, err
	}
	aside := s.path + ".damaged-" + time.Now().UTC().Format("20060102T150405.000000000")
	if err := os.Rename(s.path, aside); err != nil {
		return nil, stamp{}, fmt.Errorf("setting the damaged grants aside: %w", err)
	}
	s.seen = stamp{}
	s.publish(&Data{Version: version})
	return nil, stamp{}, &DamagedError{s.path, aside, broken.err}
}

// copied is the data of a store without a file.
func (s *Store) copied() (*Data, stamp, error) {
	raw, err := json.Marshal(s.Snapshot())
	if err != nil {
		return nil, stamp{}, fmt.Errorf("changing the grants: %w", err)
	}
	d := &Data{}
	if err := json.Unmarshal(raw, d); err != nil {
		return nil, stamp{}, fmt.Errorf("changing the grants: %w", err)
	}
	return d, stamp{}, nil
}

// damage is what is wrong with the text of the file.
type damage struct{ err error }

func (d *damage) Error() string { return d.err.Error() }

// parse reads the file as it is.
func (s *Store) parse() (*Data, stamp, error) {
	seen := stampOf(s.path)
	raw, err := readOwn(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return &Data{Version: version}, stamp{}, nil
	}
	if err != nil {
		return nil, stamp{}, fmt.Errorf("reading the grants: %w", err)
	}
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || raw[0] != '{' {
		return nil, stamp{}, &damage{errors.New("it is not a JSON object")}
	}
	d := &Data{}
	if err := json.Unmarshal(raw, d); err != nil {
		return nil, stamp{}, &damage{err}
	}
	return d, seen, nil
}

// readOwn reads a file that nobody else may write: what it says lets calls through.
func readOwn(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o022 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("others may write to %s: run chmod 600 on it after a look at what it says", path)
	}
	var b bytes.Buffer
	_, err = b.ReadFrom(f)
	return b.Bytes(), err
}

// write replaces the file, also where it is a link to one kept elsewhere.
func (s *Store) write(d *Data) error {
	if s.path == "" {
		return nil
	}
	d.Version = max(d.Version, version)
	raw, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the grants: %w", err)
	}
	if err := disk.ReplaceFile(s.path, append(raw, '\n')); err != nil {
		return fmt.Errorf("writing the grants: %w", err)
	}
	s.seen = stampOf(s.path)
	return nil
}
