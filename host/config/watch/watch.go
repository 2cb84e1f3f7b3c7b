// Package watch notices that files say something else than before.
package watch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Quiet is how long nothing may happen to the files before they are looked at:
// programs write a file in several steps.
const Quiet = 300 * time.Millisecond

// Files calls changed when the content of one of the files that list names is
// another than before, or one came or went, until ctx ends. A folder that is listed
// stands for the files in it. What is listed need not exist; list is asked again
// whenever something happened. Between events nothing runs. The error says why no
// change can be noticed any more.
func Files(ctx context.Context, list func() []string, changed func()) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watching files: %w", err)
	}
	defer w.Close()
	l := &lookout{watcher: w, list: list}
	if err := l.settle(); err != nil {
		return err
	}
	l.seen = digest(l.paths)
	return l.keep(ctx, changed)
}

// A lookout watches the folders of the files: a file itself is replaced by most
// programs that write it.
type lookout struct {
	watcher *fsnotify.Watcher
	list    func() []string
	paths   []string // as listed last, and where their links lead
	seen    sum      // what they said then
}

// keep follows the events until ctx ends.
func (l *lookout) keep(ctx context.Context, changed func()) error {
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-l.watcher.Events:
			if l.concerns(e.Name) {
				quiet.Reset(Quiet)
			}
		case err := <-l.watcher.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return fmt.Errorf("watching files: %w", err)
			}
			quiet.Reset(Quiet) // what was missed may have been one of ours
		case <-quiet.C:
			if err := l.settle(); err != nil {
				return err
			}
			if now := digest(l.paths); now != l.seen {
				l.seen = now
				changed()
			}
		}
	}
}

// concerns tells whether an event is about what is listed, something in it, or a
// folder above it.
func (l *lookout) concerns(name string) bool {
	for _, p := range l.paths {
		if name == p || within(name, p) || within(p, name) {
			return true
		}
	}
	return false
}

func within(path, folder string) bool {
	return strings.HasPrefix(path, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator))
}

// settle asks for the list and watches the folders that it needs now.
func (l *lookout) settle() error {
	l.paths = l.paths[:0]
	for _, p := range l.list() {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		l.paths = append(l.paths, p)
		if to, err := filepath.EvalSymlinks(p); err == nil && to != p {
			l.paths = append(l.paths, to)
		}
	}
	for _, p := range l.paths {
		if err := l.watch(p); err != nil {
			return err
		}
	}
	return nil
}

// watch watches the folder of a path, or the closest above it that exists, and the
// path itself where that is a folder.
func (l *lookout) watch(path string) error {
	if isFolder(path) {
		if err := l.add(path); err != nil {
			return err
		}
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if isFolder(dir) {
			return l.add(dir)
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// add watches a folder; one that is watched already stays so.
func (l *lookout) add(dir string) error {
	if err := l.watcher.Add(dir); err != nil && isFolder(dir) {
		return fmt.Errorf("watching %s: %w", dir, err)
	}
	return nil
}
