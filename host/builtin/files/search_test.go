package files_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host/builtin/tool/tooltest"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	s := serve(t, tree(t, map[string]string{
		"README.md": "# Switchboard\nMany servers.\n", "src/main.go": "package main\n\nfunc Main() {}\n", "src/deep/x/util.go": "// main helper\n",
		"main.txt": "nothing here\n", ".git/config": "main", "node_modules/m/index.js": "main", ".hidden/a": "main", "logo.png": "main\x00",
		"wide.txt": strings.Repeat("é", 200) + " MAIN " + strings.Repeat("ü", 200), "crlf.txt": "x\r\nmain street\r\n",
		"special.txt": "a.b*c(d)\naXb",
	}))
	for _, test := range []struct {
		args args
		want string
	}{
		{args{"query": "many servers"}, "README.md:2: Many servers.\n[1 matches in 8 files searched; skipped: .git, .hidden, node_modules]"},
		{args{"query": "main", "glob": "*.go"}, "src/deep/x/util.go:1: // main helper\nsrc/main.go (the name)\nsrc/main.go:1: package main\n" +
			"src/main.go:3: func Main() {}\n[4 matches in 2 files searched; skipped: .git, .hidden, node_modules]"},
		{args{"query": "main", "glob": "src/**/x/*.go"}, "src/deep/x/util.go:1: // main helper\n[1 matches in 1 files searched; skipped: .git, .hidden, node_modules]"},
		{args{"query": "main", "path": "src/deep"}, "src/deep/x/util.go:1: // main helper\n[1 matches in 1 files searched]"},
		{args{"query": "main", "path": "src/main.go"}, "src/main.go (the name)\nsrc/main.go:1: package main\nsrc/main.go:3: func Main() {}\n[3 matches in 1 files searched]"},
		{args{"query": "main", "path": ".git"}, ".git/config:1: main\n[1 matches in 1 files searched]"},
		{args{"query": "main", "path": "crlf.txt"}, "crlf.txt:2: main street\n[1 matches in 1 files searched]"},
		{args{"query": "a.b*c(d)", "path": "special.txt"}, "special.txt:1: a.b*c(d)\n[1 matches in 1 files searched]"},
		{args{"query": "no such text", "path": "src"}, "Nothing contains \"no such text\".\n[0 matches in 2 files searched]"},
		{args{"query": "main", "path": "wide.txt"}, "wide.txt:1: …" + strings.Repeat("é", 49) + " MAIN " + strings.Repeat("ü", 49) + "…\n[1 matches in 1 files searched]"},
	} {
		if got := tooltest.Says(t, s, "search", test.args); got != test.want {
			t.Errorf("search(%v) said\n%s\nwant\n%s", test.args, got, test.want)
		}
	}
}

func TestSearchIsCut(t *testing.T) {
	t.Parallel()
	s := serve(t, tree(t, map[string]string{"many": strings.Repeat("needle\n", 500)}))
	got := tooltest.Says(t, s, "search", args{"query": "needle"})
	if strings.Count(got, "needle\n") != 100 || !strings.Contains(got, "100 matches") {
		t.Errorf("%d matches: %s", strings.Count(got, "needle\n"), got[len(got)-120:])
	}
	if !strings.Contains(got, "cut after the first 100 matches") {
		t.Errorf("it does not say that it was cut: %s", got[len(got)-120:])
	}
}

func TestSearchSkipsLargeFiles(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"small": "needle"})
	large, err := os.Create(filepath.Join(dir, "large"))
	must(t, err)
	must(t, large.Truncate(17<<20))
	must(t, large.Close())
	got := tooltest.Says(t, serve(t, dir), "search", args{"query": "needle"})
	if want := "small:1: needle\n[1 matches in 2 files searched; 1 files above 16 MiB were skipped]"; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}

func TestSearchNamesWhatItSkips(t *testing.T) {
	t.Parallel()
	content := map[string]string{}
	for i := range 8 {
		content[fmt.Sprintf("p%d/node_modules/x", i)] = "needle"
	}
	got := tooltest.Says(t, serve(t, tree(t, content)), "search", args{"query": "needle"})
	if !strings.Contains(got, "p4/node_modules and 3 more") {
		t.Errorf("said %q", got)
	}
}
