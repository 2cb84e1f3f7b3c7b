package files_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"switchboard/host/builtin/files"
	"switchboard/host/builtin/tool"
	"switchboard/host/builtin/tool/tooltest"
)

type args = tooltest.Args

// tree writes files below a new folder; a name that ends in a slash is a folder.
func tree(t testing.TB, content map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "shown")
	must(t, os.Mkdir(dir, 0o755))
	for name, text := range content {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(path, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(text), 0o644))
		stamp := time.Date(2026, 10, 9, 12, 0, 0, 0, time.Local)
		must(t, os.Chtimes(path, stamp, stamp))
	}
	return dir
}

func serve(t testing.TB, dir string) tool.Server {
	t.Helper()
	s, err := files.New(dir)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"b.txt": "12345", "a.txt": "", "src/main.go": "x", "docs/": ""})
	must(t, os.Symlink("b.txt", filepath.Join(dir, "c.lnk")))
	s := serve(t, dir)
	want := "docs/\nsrc/\na.txt  0 bytes  2026-10-09 12:00\nb.txt  5 bytes  2026-10-09 12:00\nc.lnk -> b.txt\n[5 entries]"
	for _, path := range []string{"", ".", "./", "src/..", dir} {
		if got := tooltest.Says(t, s, "list", args{"path": path}); got != want {
			t.Errorf("list(%q) said\n%s\nwant\n%s", path, got, want)
		}
	}
	if got := tooltest.Says(t, s, "list", args{"path": "docs"}); got != "[the folder is empty]" {
		t.Errorf("list of an empty folder said %q", got)
	}
}

func TestListManyFiles(t *testing.T) {
	t.Parallel()
	content := map[string]string{}
	for i := range 520 {
		content[fmt.Sprintf("f%04d", i)] = ""
	}
	got := tooltest.Says(t, serve(t, tree(t, content)), "list", nil)
	if lines := strings.Split(got, "\n"); len(lines) != 501 || !strings.HasPrefix(lines[500], "[the first 500 of 520 entries") {
		t.Errorf("%d lines, the last: %s", len(lines), lines[len(lines)-1])
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	lines := ""
	for i := range 1200 {
		lines += fmt.Sprintf("line %d\n", i+1)
	}
	s := serve(t, tree(t, map[string]string{
		"a.txt": "first\nsecond\nthird", "empty": "", "many": lines, "latin1.txt": "caf\xe9 au lait", "sub/b.txt": "below\n",
		"binary": "\x7fELF\x00\x01", "picture.png": "\x89PNG\r\n\x1a\n\x00", "noise": strings.Repeat("\xff\xfea", 100),
		"wide": strings.Repeat("x", 200_000) + "\nshort\n", "half": strings.Repeat(strings.Repeat("y", 40_000)+"\n", 3),
	}))
	for _, test := range []struct {
		args args
		want string
	}{
		{args{"path": "a.txt"}, "first\nsecond\nthird"},
		{args{"path": "a.txt", "limit": 1}, "first\n[lines 1 to 1 of a.txt; there is more: read on with offset 2]"},
		{args{"path": "a.txt", "offset": 2, "limit": 1}, "second\n[lines 2 to 2 of a.txt; there is more: read on with offset 3]"},
		{args{"path": "a.txt", "offset": 3}, "third\n[lines 3 to 3 of a.txt]"},
		{args{"path": "a.txt", "offset": 4}, "[a.txt has only 3 lines]"},
		{args{"path": "empty"}, "[empty is empty]"},
		{args{"path": "many", "offset": 1199}, "line 1199\nline 1200\n[lines 1199 to 1200 of many]"},
		{args{"path": "many", "offset": 1201}, "[many has only 1200 lines]"},
		{args{"path": "sub/b.txt"}, "below\n"},
		{args{"path": "latin1.txt"}, "caf� au lait"},
		{args{"path": "binary"}, "[binary is a binary file (application/octet-stream, 6 bytes); it is not shown]"},
		{args{"path": "picture.png"}, "[picture.png is a binary file (image/png, 9 bytes); it is not shown]"},
		{args{"path": "noise"}, "[noise is a binary file (text that is not in UTF-8, 300 bytes); it is not shown]"},
		{args{"path": "wide"}, strings.Repeat("x", 65536) + "\n[line 1 was cut: 134465 bytes more of it are not shown; " +
			"lines 1 to 1 of wide; there is more: read on with offset 2]"},
		{args{"path": "half"}, strings.Repeat("y", 40_000) + "\n[lines 1 to 1 of half; there is more: read on with offset 2]"},
	} {
		if got := tooltest.Says(t, s, "read", test.args); got != test.want {
			t.Errorf("read(%v) said\n%.300s\nwant\n%.300s", test.args, got, test.want)
		}
	}
	if got := tooltest.Says(t, s, "read", args{"path": "many"}); !strings.HasSuffix(got, "line 500\n[lines 1 to 500 of many; there is more: read on with offset 501]") {
		t.Errorf("read(many) ends in %s", got[len(got)-100:])
	}
}

// Following the notes to the end gives the whole file.
func TestReadOn(t *testing.T) {
	t.Parallel()
	var whole strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&whole, "%d %s\n", i, strings.Repeat("z", i%90))
	}
	s := serve(t, tree(t, map[string]string{"long": whole.String()}))
	var got strings.Builder
	for offset := 1; ; {
		text := tooltest.Says(t, s, "read", args{"path": "long", "offset": offset, "limit": 5000})
		at := strings.LastIndex(text, "[lines ")
		got.WriteString(text[:at])
		if _, err := fmt.Sscanf(text[strings.LastIndex(text, "offset ")+1:], "ffset %d]", &offset); err != nil {
			break
		}
	}
	if got.String() != whole.String() {
		t.Errorf("read %d bytes in parts, want %d", got.Len(), whole.Len())
	}
}

func escape(name, path string) args {
	if name == "search" {
		return args{"path": path, "query": "secret"}
	}
	return args{"path": path}
}

// Nothing outside the folder can be seen by any tool.
func TestNoEscape(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"inside.txt": "fine", "sub/": ""})
	outside := filepath.Dir(dir)
	must(t, os.WriteFile(filepath.Join(outside, "secret.txt"), []byte("the secret"), 0o600))
	for link, target := range map[string]string{
		"absolute": filepath.Join(outside, "secret.txt"), "relative": "../secret.txt", "sub/deep": "../../secret.txt",
		"folder": "..", "chain": "relative", "loop": "loop", "dangling": "nowhere",
	} {
		must(t, os.Symlink(target, filepath.Join(dir, link)))
	}
	s := serve(t, dir)
	for _, path := range []string{
		"../secret.txt", "sub/../../secret.txt", "./../secret.txt", filepath.Join(outside, "secret.txt"), "/etc/passwd", "/",
		"..", "absolute", "relative", "sub/deep", "folder", "folder/secret.txt", "chain", "loop", "dangling", "sub/\x00", "../shown/inside.txt",
	} {
		for _, name := range []string{"read", "list", "search"} {
			got := tooltest.Refuses(t, s, name, escape(name, path))
			if strings.Contains(got, "the secret") {
				t.Errorf("%s(%q) gave away: %s", name, path, got)
			}
		}
	}
	if got := tooltest.Refuses(t, s, "read", args{"path": "relative"}); !strings.Contains(got, "leads outside the folder "+dir) {
		t.Errorf("the reason is %q", got)
	}
	if got := tooltest.Says(t, s, "search", args{"query": "secret"}); strings.Contains(got, "the secret") {
		t.Errorf("search gave away: %s", got)
	}
	if got := tooltest.Says(t, s, "read", args{"path": filepath.Join(dir, "inside.txt")}); got != "fine" {
		t.Errorf("an absolute path inside the folder said %q", got)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	s := serve(t, tree(t, map[string]string{"a.txt": "x", "sub/": ""}))
	for _, test := range []struct {
		tool string
		args args
		want string
	}{
		{"read", args{"path": "missing.txt"}, "there is no missing.txt in the folder"},
		{"read", args{"path": "sub"}, "sub is a folder; use list"},
		{"read", args{"path": "a.txt", "limit": 0}, "must be from 1 to 5000"},
		{"read", args{"path": "a.txt", "offset": -1}, "must be from 1"},
		{"read", nil, `needs the argument "path"`},
		{"list", args{"path": "a.txt"}, "is not a folder; use read"},
		{"list", args{"path": "missing"}, "there is no missing"},
		{"search", args{"query": "x", "path": "missing"}, "there is no missing"},
		{"search", args{"query": "x", "glob": "[a"}, "malformed"},
	} {
		if got := tooltest.Refuses(t, s, test.tool, test.args); !strings.Contains(got, test.want) {
			t.Errorf("%s(%v) refused with %q, want %q", test.tool, test.args, got, test.want)
		}
	}
}
