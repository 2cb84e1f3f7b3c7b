package notes_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"switchboard/host/builtin/notes"
	"switchboard/host/builtin/tool"
	"switchboard/host/builtin/tool/tooltest"
)

type args = tooltest.Args

// serve opens the notes in dir with a clock that goes on a minute at each look.
func serve(t testing.TB, dir string) tool.Server {
	t.Helper()
	var mu sync.Mutex
	now := time.Date(2026, 10, 9, 12, 0, 0, 0, time.Local)
	s, err := notes.New(dir, func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Minute)
		return now
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func expect(t testing.TB, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNotebook(t *testing.T) {
	t.Parallel()
	s := serve(t, filepath.Join(t.TempDir(), "deep", "data"))
	expect(t, tooltest.Says(t, s, "list_notes", nil), "There are no notes yet.")
	expect(t, tooltest.Says(t, s, "add_note", args{"text": "Buy milk and bread", "title": " Shopping "}), "Kept as note n1.")
	expect(t, tooltest.Says(t, s, "add_note", args{"text": "Call the milkman\n"}), "Kept as note n2.")
	expect(t, tooltest.Says(t, s, "list_notes", nil),
		"n2  2026-10-09 12:02\nCall the milkman\n\nn1  2026-10-09 12:01  Shopping\nBuy milk and bread")
	expect(t, tooltest.Says(t, s, "list_notes", args{"limit": 1}), "n2  2026-10-09 12:02\nCall the milkman\n\n[the newest 1 of 2 notes]")
	expect(t, tooltest.Says(t, s, "search", args{"query": "MILK shop"}), "n1  2026-10-09 12:01  Shopping\nBuy milk and bread")
	expect(t, tooltest.Says(t, s, "search", args{"query": "butter"}), `No note contains "butter".`)
	expect(t, tooltest.Says(t, s, "delete_note", args{"id": "n2"}), "Deleted.\nn2  2026-10-09 12:02\nCall the milkman")
	expect(t, tooltest.Refuses(t, s, "delete_note", args{"id": "n2"}), "deleting the note: there is no note n2; list_notes tells the ids")
	// An id is not given again.
	expect(t, tooltest.Says(t, s, "add_note", args{"text": "third"}), "Kept as note n3.")
	expect(t, tooltest.Says(t, s, "delete_note", args{"id": " #3"}), "Deleted.\nn3  2026-10-09 12:03\nthird")
}

func TestKeptBetweenProcesses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tooltest.Says(t, serve(t, dir), "add_note", args{"text": "remember me"})
	if got := tooltest.Says(t, serve(t, dir), "list_notes", nil); !strings.Contains(got, "remember me") {
		t.Errorf("the next instance lists %q", got)
	}
}

func TestLongNotes(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir())
	text := strings.Repeat("é", 3000)
	tooltest.Says(t, s, "add_note", args{"text": text})
	expect(t, tooltest.Says(t, s, "list_notes", nil),
		"n1  2026-10-09 12:01\n"+text[:2*300]+"…\n[2700 characters more; search for n1 shows all]")
	expect(t, tooltest.Says(t, s, "search", args{"query": "É"}),
		"n1  2026-10-09 12:01\n"+text[:2*2000]+"…\n[1000 characters more; search for n1 shows all]")
	expect(t, tooltest.Says(t, s, "search", args{"query": "N1"}), "n1  2026-10-09 12:01\n"+text)
	got := tooltest.Refuses(t, s, "add_note", args{"text": strings.Repeat("x", 32<<10+1)})
	if !strings.Contains(got, "has 32769 characters; at most 32768 are allowed") {
		t.Errorf("too long a note is refused with %q", got)
	}
	if got := tooltest.Refuses(t, s, "add_note", args{"text": " \n"}); !strings.Contains(got, "must not be empty") {
		t.Errorf("an empty note is refused with %q", got)
	}
}

func TestManyListed(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir())
	for i := range 25 {
		tooltest.Says(t, s, "add_note", args{"text": fmt.Sprintf("same %d", i)})
	}
	for _, got := range []string{tooltest.Says(t, s, "list_notes", nil), tooltest.Says(t, s, "search", args{"query": "same"})} {
		if strings.Count(got, "same") != 20 || !strings.HasSuffix(got, "[the newest 20 of 25 notes]") {
			t.Errorf("lists %d notes: %s", strings.Count(got, "same"), got)
		}
	}
}

func TestCallsAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, other := serve(t, dir), serve(t, dir)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() { tooltest.Either(t, one, "add_note", args{"text": fmt.Sprintf("one %d", i)}) })
		wg.Go(func() { tooltest.Either(t, other, "add_note", args{"text": fmt.Sprintf("other %d", i)}) })
	}
	wg.Wait()
	got := tooltest.Says(t, one, "list_notes", args{"limit": 100})
	for i := range 20 {
		for _, text := range []string{fmt.Sprintf("\none %d", i), fmt.Sprintf("\nother %d", i)} {
			if !strings.Contains(got, text) {
				t.Errorf("%q was lost", text)
			}
		}
	}
	if !strings.Contains(got, "n40  ") {
		t.Error("there is no n40")
	}
}

func TestDamagedFile(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"torn":      `{"next":2,"notes":[{"id":"n1","te`,
		"not ours":  `{"next":1,"notes":[],"colour":"red"}`,
		"no number": `{"notes":[]}`,
		"id ahead":  `{"next":1,"notes":[{"id":"n1","text":"x","created":"2026-10-09T12:00:00Z"}]}`,
		"double":    `{"next":2,"notes":[{"id":"n1","text":"x","created":"2026-10-09T12:00:00Z"},{"id":"n1","text":"y","created":"2026-10-09T12:00:00Z"}]}`,
		"bad id":    `{"next":2,"notes":[{"id":"n01","text":"x","created":"2026-10-09T12:00:00Z"}]}`,
		"two":       `{"next":1,"notes":[]}{"next":1,"notes":[]}`,
		"empty":     ``,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "notes.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s := serve(t, dir)
		for _, got := range []string{
			tooltest.Refuses(t, s, "list_notes", nil), tooltest.Refuses(t, s, "add_note", args{"text": "x"}),
			tooltest.Refuses(t, s, "delete_note", args{"id": "n1"}), tooltest.Refuses(t, s, "search", args{"query": "x"}),
		} {
			if !strings.Contains(got, path+" is damaged") {
				t.Errorf("%s: %s", name, got)
			}
		}
		if left, err := os.ReadFile(path); err != nil || string(left) != content {
			t.Errorf("%s: the file was changed to %q (%v)", name, left, err)
		}
	}
}

func TestNothingLeftBeside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := serve(t, dir)
	for range 3 {
		tooltest.Says(t, s, "add_note", args{"text": "x"})
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	expect(t, strings.Join(names, " "), "notes.json notes.lock")
}

func TestNoFolder(t *testing.T) {
	t.Parallel()
	if _, err := notes.New("", time.Now); err == nil {
		t.Error("New took no folder at all")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := tooltest.Refuses(t, serve(t, file), "add_note", args{"text": "x"}); !strings.Contains(got, "adding the note: ") {
		t.Errorf("refused with %q", got)
	}
}
