package config_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"switchboard/host/config"
)

func TestLaterFilesWin(t *testing.T) {
	t.Parallel()
	files := write(t,
		`{"mcpServers": {"a": {"command": "one", "args": ["x"], "env": {"K": "v"}}, "b": {"command": "one"}, "c": {"command": "one"}},
		  "collisions": {"default": "ask", "tools": {"search": "ask", "read": "ask"}}, "theme": "dark",
		  "approval": {"allow": ["a/*"], "deny": ["a/delete_*"]}}`,
		`{"mcpServers": {"d": {"command": "two"}, "a": {"command": "two"}, "b": {"comand": "two"}, "c": {"disabled": true}},
		  "collisions": {"tools": {"search": "server:d"}},
		  "approval": {"ask": ["d/*"], "deny": ["d/delete_*"]}}`,
	)
	c := config.Load(files, env())
	if want := []string{"a", "b", "c", "d"}; !slices.Equal(names(c), want) {
		t.Fatalf("servers %q, want %q", names(c), want)
	}
	if a := c.Servers[0]; a.Command != "two" || a.Args != nil || a.Env != nil || a.Source.File != files[1] {
		t.Errorf("a is not replaced as a whole: %+v", a)
	}
	if b := c.Servers[1]; b.Command != "" || b.Problem == nil {
		t.Errorf("a faulty entry gave way to an older one: %+v", b)
	}
	if !c.Servers[2].Disabled {
		t.Error("c is not switched off")
	}
	if c.Collisions.Default != "ask" || c.Collisions.Tools["search"] != "server:d" || c.Collisions.Tools["read"] != "ask" {
		t.Errorf("collisions %+v", c.Collisions)
	}
	if a := c.Approval; !slices.Equal(texts(a.Allow), []string{"a/*"}) || !slices.Equal(texts(a.Ask), []string{"d/*"}) || !slices.Equal(texts(a.Deny), []string{"a/delete_*", "d/delete_*"}) {
		t.Errorf("approval %+v", c.Approval)
	}
	if c.Theme != "dark" || !slices.Equal(c.Files, files) {
		t.Errorf("theme %q files %q", c.Theme, c.Files)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	good := write(t, `{"mcpServers": {"a": {"command": "x"}}, "approval": {"allow": ["a/*"]}}`)[0]
	none := filepath.Join(t.TempDir(), "none.json")
	folder := t.TempDir()
	c := config.Load([]string{none, good, folder}, env())
	if !slices.Equal(c.Files, []string{good}) || len(c.Servers) != 1 || c.Servers[0].Problem != nil {
		t.Errorf("%+v", c)
	}
	want := []string{
		none + ": there is no such file (check the path)",
		folder + ": cannot be read: is a directory",
	}
	for i, message := range messages(c, "")[:2] {
		if runtime.GOOS == "linux" && message != want[i] {
			t.Errorf("got %q, want %q", message, want[i])
		}
	}
	if c.Approval.Allow != nil {
		t.Error("an allow rule holds although a deny may have stood in the file that is missing")
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "large.json")
	if err := os.WriteFile(file, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, config.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	c := config.Load([]string{file}, env())
	if len(c.Problems) != 1 || c.Problems[0].Error() != file+": cannot be read: larger than 16 MiB" {
		t.Errorf("%v", c.Problems)
	}
}

func TestAFileThatAllMayChangeIsRemarkedOn(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such permissions")
	}
	file := write(t, `{"mcpServers": {}}`)[0]
	if err := os.Chmod(file, 0o666); err != nil {
		t.Fatal(err)
	}
	c := config.Load([]string{file}, env())
	if len(c.Problems) != 1 || !c.Problems[0].Warning || c.Problems[0].Hint != "chmod go-w" {
		t.Errorf("%v", c.Problems)
	}
}

func TestARelativeFolderCountsFromTheFile(t *testing.T) {
	file := write(t, `{"mcpServers": {"a": {"command": "x", "cwd": "data"}}}`)[0]
	t.Chdir(filepath.Dir(file))
	c := config.Load([]string{filepath.Base(file)}, env())
	// The folder may be reached through a link, so only its end is certain.
	if dir := c.Servers[0].Dir; !filepath.IsAbs(dir) || !strings.HasSuffix(dir, filepath.Join(filepath.Base(filepath.Dir(file)), "data")) {
		t.Errorf("dir %q", dir)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	standard := write(t, `{}`)[0]
	none := filepath.Join(t.TempDir(), "switchboard", "config.json")
	tests := []struct {
		name     string
		flags    []string
		env      config.Env
		standard string
		want     []string
	}{
		{"flags first", []string{"b", "a"}, env("SWITCHBOARD_CONFIG=c"), standard, []string{"b", "a"}},
		{"then the variable", nil, env("SWITCHBOARD_CONFIG=c"), standard, []string{"c"}},
		{"an empty variable is none", nil, env("SWITCHBOARD_CONFIG="), standard, []string{standard}},
		{"then the standard file", nil, env(), standard, []string{standard}},
		{"which need not be there", nil, env(), none, nil},
	}
	for _, test := range tests {
		if got := config.Paths(test.flags, test.env, test.standard); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
	if s := config.StandardFile(); !filepath.IsAbs(s) || !strings.HasSuffix(s, filepath.Join("switchboard", "config.json")) {
		t.Errorf("standard file %q", s)
	}
}
