package grants_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host/grants"
)

// What a later version put into the file is there after this one rewrote it.
func TestWhatIsNotKnownStays(t *testing.T) {
	t.Parallel()
	const later = `{
		"version": 7, "mood": {"deep": [1, 2.50]},
		"rules": [{"id": "x", "origin": "tray", "created": "2026-11-22T12:00:00Z", "effect": "deny", "rule": "a/b", "because": "I say so"}],
		"collisions": [{"id": "y", "origin": "tray", "created": "2026-11-22T12:00:00Z", "weight": 3,
			"decision": {"tool": "search", "choice": "ask", "since": "then", "among": [{"server": "a", "identity": "i", "hash": "h", "colour": "red"}]}}],
		"servers": [{"id": "z", "origin": "tray", "created": "2026-11-22T12:00:00Z", "identity": "i", "name": "n", "nickname": "nn",
			"seen": [{"subject": "tool/b", "hash": "h", "at": "2026-11-22T12:00:00Z", "note": "b"}, {"subject": "tool/a", "hash": "h", "at": "2026-11-22T12:00:00Z"}]}]
	}`
	path := filepath.Join(t.TempDir(), "grants.json")
	if err := os.WriteFile(path, []byte(later), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	grant(t, s, allow(t, "c/d"))
	if err := s.Accept(t.Context(), "i", "n", day(1), grants.Definition{Subject: "tool/b", Hash: "h2"}); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"version":7`, `"mood":{"deep":[1,2.50]}`, `"because":"I say so"`, `"weight":3`, `"since":"then"`, `"colour":"red"`,
		`"nickname":"nn"`, `"note":"b"`, `"rule":"c/d"`, `"hash":"h2"`,
	} {
		if strings.Count(compact.String(), want) != 1 {
			t.Errorf("%s is not there once:\n%s", want, raw)
		}
	}
}

func TestADamagedFileIsSetAside(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "null", "[]", `{"rules": [`, `{"rules": 5}`, `{"version": "new"}`, "\x00\x00"} {
		path := filepath.Join(t.TempDir(), "grants.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := grants.Open(t.Context(), path)
		checkAside(t, path, text, err)
		if s == nil {
			t.Fatalf("%q: there is no store", text)
		}
		grant(t, s, allow(t, "a/b"))
		if len(open(t, path).Snapshot().Rules) != 1 {
			t.Errorf("%q: the store does not work", text)
		}
	}
}

// checkAside looks for a file that was set aside with what was in it.
func checkAside(t *testing.T, path, text string, err error) {
	t.Helper()
	var damaged *grants.DamagedError
	if !errors.As(err, &damaged) || damaged.Path != path || !strings.Contains(err.Error(), damaged.Aside) {
		t.Fatalf("%q: %v", text, err)
	}
	if aside, err := os.ReadFile(damaged.Aside); err != nil || string(aside) != text {
		t.Errorf("%q: aside is %q, %v", text, aside, err)
	}
}

func TestDamageWhileRunning(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	s := open(t, path)
	grant(t, s, allow(t, "a/b"))
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	checkAside(t, path, "{", s.Update(t.Context(), func(*grants.Data) error {
		t.Error("a change was made to what nobody could read")
		return nil
	}))
	if n := len(s.Snapshot().Rules); n != 0 {
		t.Errorf("%d rules hold that are not in the file", n)
	}
	grant(t, s, allow(t, "a/b"))
	if err := os.WriteFile(path, []byte("}"), 0o600); err != nil {
		t.Fatal(err)
	}
	changed, err := s.Refresh(t.Context())
	checkAside(t, path, "}", err)
	if !changed {
		t.Error("nothing is said to have changed")
	}
}

func TestAFileThatOthersMayWriteIsNotBelieved(t *testing.T) {
	t.Parallel()
	if os.PathSeparator != '/' {
		t.Skip("Windows has no such modes")
	}
	path := filepath.Join(t.TempDir(), "grants.json")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o620, 0o602, 0o666} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if s, err := grants.Open(t.Context(), path); s != nil || err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("mode %o: %v, %v", mode, s, err)
		}
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	open(t, path)
}

func TestALinkStaysALink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, target := filepath.Join(dir, "grants.json"), filepath.Join(dir, "dotfiles.json")
	if err := errors.Join(os.WriteFile(target, []byte("{}"), 0o600), os.Symlink("dotfiles.json", path)); err != nil {
		t.Skip("no links here:", err)
	}
	grant(t, open(t, path), allow(t, "a/b"))
	if info, err := os.Lstat(path); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("%v, %v", info, err)
	}
	if len(open(t, target).Snapshot().Rules) != 1 {
		t.Error("nothing was written behind the link")
	}
}

func TestARuleThatCannotBeReadCostsItself(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	const text = `{"rules": [{"id": "1", "effect": "allow", "rule": "a/b"}, {"id": "2", "effect": "deny", "rule": "a/b <later>"}, {"id": "3", "effect": "deny", "rule": "a/(c"}, {"id": "4", "effect": "deny", "rule": "a/d"}]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	rules, err := s.Snapshot().Policy()
	if len(rules) != 2 || err == nil || !strings.Contains(err.Error(), "a/b allows without saying") || !strings.Contains(err.Error(), "a/(c") {
		t.Errorf("%v, %v", rules, err)
	}
	if n := len(s.Snapshot().List()); n != 4 {
		t.Errorf("%d entries are listed", n)
	}
}
