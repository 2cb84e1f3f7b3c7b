package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"
)

// tempEnding is how a file that is still being written ends its name, and stale
// is how old one must be to be certain that nobody is writing it any more.
const (
	tempEnding = ".tmp"
	stale      = time.Hour
)

// A layer is the steps of a write that can fail; tests put failing ones in its
// place.
type layer interface {
	create(dir, pattern string) (file, error)
	rename(from, to string) error
	syncDir(path string) error
}

// A file is what a layer creates.
type file interface {
	io.WriteCloser
	Name() string
	Chmod(os.FileMode) error
	Sync() error
}

// system is the layer of the operating system.
type system struct{}

// create makes a file that only its owner may read.
func (system) create(dir, pattern string) (file, error) { return os.CreateTemp(dir, pattern) }

func (system) rename(from, to string) error { return os.Rename(from, to) }

func (system) syncDir(path string) error { return syncDir(path) }

// fill writes data into a new file beside path and gives its name, which is not
// empty when there is a file to remove.
func fill(l layer, path string, data []byte, mode os.FileMode) (name string, err error) {
	f, err := l.create(filepath.Dir(path), filepath.Base(path)+".*"+tempEnding)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if mode != fileMode && err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return f.Name(), errors.Join(err, f.Close())
}

// sweep removes what killed writes of the same file left. It is tidiness alone,
// so that what fails here is left for the next time.
func sweep(path string) {
	left, _ := filepath.Glob(globSafe(path) + ".*" + tempEnding)
	for _, name := range left {
		if info, err := os.Lstat(name); err == nil && time.Since(info.ModTime()) > stale {
			_ = os.Remove(name)
		}
	}
}

// globSafe takes the meaning of a pattern out of a path; where that cannot be
// written nothing is found.
func globSafe(path string) string {
	var safe []byte
	for _, b := range []byte(path) {
		switch b {
		case '*', '?', '[':
			safe = append(safe, '[', b, ']')
		default:
			safe = append(safe, b)
		}
	}
	return string(safe)
}
