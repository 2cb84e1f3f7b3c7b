package grants_test

import (
	"os"
	"path/filepath"
	"testing"
)

// edits is how often each of two instances changes the file.
const edits = 1000

// AT-46: of two instances that edit at once neither loses an edit of the other.
func TestAT46TwoInstancesLoseNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(quickDir(t), "grants.json")
	a, outA := editor(t, path, "a", edits)
	b, outB := editor(t, path, "b", edits)
	for outA.Scan() && outB.Scan() {
	}
	for outA.Scan() || outB.Scan() {
	}
	if err := a.Wait(); err != nil {
		t.Error(err)
	}
	if err := b.Wait(); err != nil {
		t.Error(err)
	}
	rules := open(t, path).Snapshot().Rules
	if len(rules) != 2*20 || rules[0].Uses != 2*edits {
		t.Errorf("%d rules, %d edits", len(rules), rules[0].Uses)
	}
}

// quickDir is a folder in memory where there is one: thousands of writes that wait
// for a disk take longer than a test may.
func quickDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "grants")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// AT-46: kill -9 in the midst of edits leaves what was told as written, and at most
// the one edit that was under way.
func TestAT46KilledWhileWriting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	told, before := 0, 0
	for round := range 15 {
		c, out := editor(t, path, "a", 0)
		for i := 0; i <= round && out.Scan(); i++ {
			told++
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for out.Scan() {
			told++
		}
		if c.Wait() == nil {
			t.Fatal("the editor ended by itself")
		}
		there := open(t, path).Snapshot().Rules[0].Uses
		if there < told || there > told+1 || there <= before {
			t.Fatalf("round %d: %d edits were told, %d are there", round, told, there)
		}
		told, before = there, there
	}
	if left, _ := filepath.Glob(path + ".damaged-*"); len(left) > 0 {
		t.Errorf("a kill damaged the file: %v", left)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}
