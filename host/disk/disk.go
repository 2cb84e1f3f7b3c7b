// Package disk keeps files of ours whole: a write replaces a file at one stroke, so
// that a crash leaves the old content or the new and a reader never sees half of
// either, and a lock keeps several instances of the program apart. What it makes
// is for its owner alone.
package disk

import (
	"fmt"
	"os"
	"path/filepath"
)

// The modes of what this package makes.
const (
	fileMode   os.FileMode = 0o600
	folderMode os.FileMode = 0o700
)

// MakeDir makes a folder that only its owner may enter, and those above it that
// are missing. A folder that is there keeps its mode.
func MakeDir(path string) error { return os.MkdirAll(path, folderMode) }

// SyncDir makes what was made, renamed or removed in a folder outlast a crash of
// the machine.
func SyncDir(path string) error { return syncDir(path) }

// WriteFile replaces the file at path, or makes it, with the mode 0600; a missing
// folder is made with 0700. When it returns without an error the data outlasts a
// crash of the machine; when it returns with one, or the process is killed, the
// old file is there as it was. A killed write can leave a file "NAME.*.tmp" beside
// it, which the next write an hour later removes.
//
// Who changes a file by what stands in it holds a [Lock] around both.
func WriteFile(path string, data []byte) error { return write(system{}, path, data, fileMode) }

// ReplaceFile is [WriteFile] for a file of the person's: it writes through a
// symbolic link to the file behind it and keeps that file's mode.
func ReplaceFile(path string, data []byte) error {
	mode := fileMode
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	return write(system{}, path, data, mode)
}

// write puts data into a new file beside path, syncs it, renames it over path and
// syncs the folder.
func write(l layer, path string, data []byte, mode os.FileMode) error {
	dir := filepath.Dir(path)
	if err := MakeDir(dir); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	sweep(path)
	temp, err := fill(l, path, data, mode)
	if err == nil {
		err = l.rename(temp, path)
	}
	if err != nil {
		if temp != "" {
			_ = os.Remove(temp) // the first error is the one to tell
		}
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := l.syncDir(dir); err != nil {
		return fmt.Errorf("writing %s: the folder: %w", path, err)
	}
	return nil
}
