package server

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host/config"
)

func TestFileNames(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, name := range []string{"git", "Git", "GIT", "a/b", "a_b", "..", "", "../../etc/passwd", "a\x00b", "é", strings.Repeat("x", 300), strings.Repeat("x", 301), "con.log"} {
		file := FileName(name)
		if strings.ContainsAny(file, "/\\.\x00") || len(file) > 100 || file == "" {
			t.Errorf("%q becomes %q", name, file)
		}
		if other, taken := seen[strings.ToLower(file)]; taken {
			t.Errorf("%q and %q share %q", name, other, file)
		}
		seen[strings.ToLower(file)] = name
	}
	if FileName("git") != "git" {
		t.Errorf("git becomes %q", FileName("git"))
	}
}

// The file is for nobody else, is cut at a mebibyte, and one old one is kept.
func TestLogFile(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "logs", "servers")
	f := newLogFile(dir, "git")
	for range 3000 {
		f.add(strings.Repeat("x", 1000), 0)
	}
	f.close()
	f.add("after a restart", 5)
	f.close()
	for path, mode := range map[string]os.FileMode{dir: 0o700, f.path: 0o600, f.path + ".old": 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != mode || !info.IsDir() && info.Size() > maxLogFile {
			t.Errorf("%s: %v, %d bytes", path, info.Mode(), info.Size())
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("%d files", len(entries))
	}
	text, _ := os.ReadFile(f.path)
	if !strings.HasSuffix(string(text), "after a restart\n") || !strings.Contains(string(text), "(5 lines came too fast and were dropped)\n") {
		t.Errorf("ends with %q", text[max(0, len(text)-200):])
	}
}

// A file that cannot be written costs nothing but itself.
func TestLogFileBroken(t *testing.T) {
	t.Parallel()
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b := newBook(config.Server{Name: "git"}, Options{LogDir: blocked})
	if got := b.said(Stderr)("a line"); got != "a line" {
		t.Errorf("the line became %q", got)
	}
	if lines, _ := b.log.All(); len(lines) != 1 {
		t.Errorf("%d lines kept", len(lines))
	}
}
