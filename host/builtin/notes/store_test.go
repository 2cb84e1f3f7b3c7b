package notes

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestOnlyTheOwnerMayRead(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	s := &store{dir: filepath.Join(t.TempDir(), "data")}
	if err := s.change(t.Context(), func(b *book) error { return b.add(&Note{Text: "x"}) }); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{s.dir: 0o700, s.path(): 0o600, filepath.Join(s.dir, lockName): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has the mode %o, want %o", path, got, want)
		}
	}
}

// A lock that somebody keeps is waited for, but not beyond the call.
func TestLockIsHeld(t *testing.T) {
	t.Parallel()
	s := &store{dir: t.TempDir()}
	unlock, err := s.lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	err = s.change(ctx, func(*book) error { t.Error("the lock was no lock"); return nil })
	if err == nil || !strings.Contains(err.Error(), "another instance holds") {
		t.Errorf("the error is %v", err)
	}
	unlock()
	if err := s.change(t.Context(), func(b *book) error { return b.add(&Note{Text: "x"}) }); err != nil {
		t.Errorf("after the lock was given back: %v", err)
	}
}

func TestBookIsFull(t *testing.T) {
	t.Parallel()
	b := &book{Next: 1, Notes: make([]Note, maxNotes)}
	if err := b.add(&Note{Text: "x"}); err == nil || len(b.Notes) != maxNotes {
		t.Errorf("a full book took a note: %v", err)
	}
}

// What decodes can be written and reads back the same.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"next":2,"notes":[{"id":"n1","title":"t","text":"x","created":"2026-10-09T12:00:00Z"}]}`))
	f.Add([]byte(`{"next":1,"notes":null}`))
	f.Add([]byte(`{"next":-1}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, content []byte) {
		b, err := decode(content)
		if err != nil {
			return
		}
		first, err := json.Marshal(b)
		if err != nil {
			t.Skip("a time beyond the year 9999")
		}
		again, err := decode(first)
		if err != nil {
			t.Fatalf("%s decodes, but not what was made of it: %v", content, err)
		}
		if second, err := json.Marshal(again); err != nil || string(second) != string(first) {
			t.Errorf("%s became %s", first, second)
		}
	})
}
