package disk

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// writeForever makes the test binary write the file it names until it is killed.
const writeForever = "DISK_TEST_WRITE_FOREVER"

// big is how large the file of the killed writer is, so that it spends its time
// in the midst of writes.
const big = 1 << 20

func TestMain(m *testing.M) {
	if path := os.Getenv(writeForever); path != "" {
		keepWriting(path)
	}
	os.Exit(m.Run())
}

func keepWriting(path string) {
	for i := 0; ; i++ {
		if err := WriteFile(path, bytes.Repeat([]byte{byte('a' + i%26)}, big)); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		fmt.Println("wrote")
	}
}

// A writer that is killed leaves a file that is one of its writes as a whole.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	for round := range 12 {
		killAfter(t, path, 1+round%4)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) != big || len(bytes.Trim(data, string(data[:1]))) != 0 {
			t.Fatalf("round %d left %d bytes, or a mixture of two writes", round, len(data))
		}
	}
}

// killAfter runs a writer and kills it in the midst of what follows so many writes.
func killAfter(t *testing.T, path string, writes int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), writeForever+"="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for i := 0; i < writes && lines.Scan(); i++ {
		if lines.Text() != "wrote" {
			t.Fatal(lines.Text())
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the writer ended by itself")
	}
}

func TestWriteFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "down", "file.json")
	for _, data := range []string{"first", "", "a longer third"} {
		if err := WriteFile(path, []byte(data)); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, path); got != data {
			t.Errorf("the file holds %q, want %q", got, data)
		}
	}
	expectMode(t, path, 0o600)
	expectMode(t, filepath.Dir(path), 0o700)
	expectAlone(t, path)
}

func TestReplaceFileKeepsLinkAndMode(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes, and links need a privilege")
	}
	dir := t.TempDir()
	target, link := filepath.Join(dir, "real", "config.json"), filepath.Join(dir, "config.json")
	if err := WriteFile(target, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(target, 0o644), os.Symlink(filepath.Join("real", "config.json"), link)); err != nil {
		t.Fatal(err)
	}
	if err := ReplaceFile(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, target); got != "new" {
		t.Errorf("the file behind the link holds %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is one no more: %v %v", info.Mode(), err)
	}
	expectMode(t, target, 0o644)
	expectAlone(t, target)
}

func TestReplaceFileMakesOne(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "config.json")
	if err := ReplaceFile(path, []byte("x")); err != nil {
		t.Fatal(err)
	}
	expectMode(t, path, 0o600)
}

// Leftovers of a killed write are removed once nobody can be writing them; those
// of other files and young ones stay.
func TestSweep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a[b]c")
	old, young, other := path+".1.tmp", path+".2.tmp", filepath.Join(dir, "abc.3.tmp")
	past := time.Now().Add(-2 * stale)
	for _, name := range []string{old, young, other} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Chtimes(old, past, past), os.Chtimes(other, past, past), WriteFile(path, nil)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{old: false, young: true, other: true} {
		if _, err := os.Stat(name); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", filepath.Base(name), err == nil, want)
		}
	}
}

// failing is a layer one step of which fails.
type failing struct {
	system
	step string
}

var errFull = errors.New("no space left on device")

func (l failing) fails(step string) error {
	if l.step == step {
		return errFull
	}
	return nil
}

func (l failing) create(dir, pattern string) (file, error) {
	if err := l.fails("create"); err != nil {
		return nil, err
	}
	f, err := l.system.create(dir, pattern)
	return failingFile{f, l}, err
}

func (l failing) rename(from, to string) error {
	if err := l.fails("rename"); err != nil {
		return err
	}
	return l.system.rename(from, to)
}

func (l failing) syncDir(path string) error {
	return errors.Join(l.fails("sync the folder"), l.system.syncDir(path))
}

type failingFile struct {
	file
	layer failing
}

// Write writes half before it fails, as a full disk does.
func (f failingFile) Write(p []byte) (int, error) {
	if err := f.layer.fails("write"); err != nil {
		n, _ := f.file.Write(p[:len(p)/2])
		return n, err
	}
	return f.file.Write(p)
}

func (f failingFile) Chmod(m os.FileMode) error {
	return errors.Join(f.layer.fails("chmod"), f.file.Chmod(m))
}
func (f failingFile) Sync() error  { return errors.Join(f.layer.fails("sync"), f.file.Sync()) }
func (f failingFile) Close() error { return errors.Join(f.layer.fails("close"), f.file.Close()) }

// Whatever step fails, the error says so, the old content is there and nothing is
// left beside it. Only a folder that cannot be synced has the new content already.
func TestFailingStep(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"create", "write", "chmod", "sync", "close", "rename", "sync the folder"} {
		path := filepath.Join(t.TempDir(), "file")
		if err := WriteFile(path, []byte("the old content")); err != nil {
			t.Fatal(err)
		}
		err := write(failing{step: step}, path, []byte("the new content"), 0o640)
		if !errors.Is(err, errFull) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: the error is %v", step, err)
		}
		want := "the old content"
		if step == "sync the folder" {
			want = "the new content"
		}
		if got := contents(t, path); got != want {
			t.Errorf("%s: the file holds %q", step, got)
		}
		expectAlone(t, path)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "deep", "file.lock")
	unlock, err := Lock(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	expectMode(t, path, 0o600)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := Lock(ctx, path); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "another instance holds "+path) {
		t.Errorf("a lock that is held was refused with %v", err)
	}
	unlock()
	again, err := Lock(t.Context(), path)
	if err != nil {
		t.Fatalf("after it was given back: %v", err)
	}
	again()
}

func TestLockInAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := WriteFile(path, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(t.Context(), filepath.Join(path, "x.lock")); err == nil || !strings.Contains(err.Error(), "locking ") {
		t.Errorf("a folder that cannot be made was refused with %v", err)
	}
}

// Many that add one to a number in a file lose nothing.
func TestLockAroundReadAndWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "sum")
	done := make(chan error)
	const adders = 20
	for range adders {
		go func() { done <- addOne(t.Context(), path) }()
	}
	for range adders {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if got := len(contents(t, path)); got != adders {
		t.Errorf("the file counts %d, want %d", got, adders)
	}
}

func addOne(ctx context.Context, path string) error {
	unlock, err := Lock(ctx, path+".lock")
	if err != nil {
		return err
	}
	defer unlock()
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return WriteFile(path, append(data, '|'))
}

func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func expectMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); runtime.GOOS != "windows" && got != want {
		t.Errorf("%s has the mode %o, want %o", path, got, want)
	}
}

// expectAlone fails when a write left something beside its file.
func expectAlone(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("beside %s there is more: %v", filepath.Base(path), entries)
	}
}
