package watch_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"switchboard/host/config/watch"
	"switchboard/host/task"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience bounds every wait of these tests: it only ends one that has failed.
const patience = 20 * time.Second

// a watcher is one under test; it ends with it.
type watcher struct {
	t    *testing.T
	news chan struct{}
}

// start watches paths below a folder. It returns when a change would be noticed.
func start(t *testing.T, dir string, paths ...string) *watcher {
	t.Helper()
	for i, p := range paths {
		paths[i] = filepath.Join(dir, p)
	}
	w := &watcher{t: t, news: make(chan struct{}, 100)}
	ctx, stop := context.WithCancel(context.Background())
	var tasks task.Group
	canary := filepath.Join(t.TempDir(), "canary")
	tasks.Go("watching", func() {
		list := func() []string { return append([]string{canary}, paths...) }
		if err := watch.Files(ctx, list, func() { w.news <- struct{}{} }); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(tasks.Wait)
	t.Cleanup(stop)
	for i := 0; ; i++ { // its first look may come before or after a write of ours
		write(t, canary, string(rune('a'+i)))
		select {
		case <-w.news:
			return w
		case <-time.After(4 * watch.Quiet):
		}
	}
}

// noticed waits for the next change to be noticed.
func (w *watcher) noticed() {
	w.t.Helper()
	select {
	case <-w.news:
	case <-time.After(patience):
		w.t.Fatal("the change was not noticed")
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// replace writes a file as programs do that are careful.
func replace(t *testing.T, path, text string) {
	t.Helper()
	write(t, path+".new", text)
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

func TestEveryWayToChangeAFileIsNoticed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "config.json")
	w := start(t, dir, "config.json")
	write(t, file, "first") // it comes into being
	w.noticed()
	write(t, file, "second")
	w.noticed()
	replace(t, file, "third")
	w.noticed()
	write(t, file, "fourth") // still, after it was replaced
	w.noticed()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	w.noticed()
}

func TestAFolderThatIsMadeLaterIsNoticed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := start(t, dir, "a/b/config.json", "workflows")
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "a", "b", "config.json"), "{}")
	w.noticed()
	if err := os.Mkdir(filepath.Join(dir, "workflows"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "workflows", "one.md"), "hello")
	w.noticed()
	write(t, filepath.Join(dir, "workflows", "two.md"), "hello")
	w.noticed()
}

func TestALinkIsFollowed(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), t.TempDir()
	target := filepath.Join(elsewhere, "dotfile")
	write(t, target, "first")
	if err := os.Symlink(target, filepath.Join(dir, "config.json")); err != nil {
		t.Skip(err)
	}
	w := start(t, dir, "config.json")
	replace(t, target, "second")
	w.noticed()
}

// Only what a file says counts: that it was written does not, and a burst of writes
// is one change.
func TestWhatSaysTheSameIsNoNews(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "config.json")
	write(t, file, "first")
	w := start(t, dir, "config.json")
	replace(t, file, "first")
	write(t, filepath.Join(dir, "neighbour"), "anything")
	for range 20 {
		write(t, file, "")
		write(t, file, "second")
	}
	w.noticed()
	select {
	case <-w.news:
		t.Error("noticed more than once")
	case <-time.After(3 * watch.Quiet):
	}
}
