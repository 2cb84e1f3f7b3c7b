package command

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func environment(pairs map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := pairs[name]; return v, ok }
}

func TestPersonsOwnPrograms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		env  map[string]string
		edit bool
		path string
		line int
		want []string
	}{
		{"visual before editor", map[string]string{"VISUAL": "nvim -p", "EDITOR": "nano"}, true, "/c.json", 7, []string{"nvim", "-p", "+7", "/c.json"}},
		{"editor when visual is blank", map[string]string{"VISUAL": "  ", "EDITOR": "nano"}, true, "/c.json", 3, []string{"nano", "+3", "/c.json"}},
		{"no line", map[string]string{"EDITOR": "vi"}, true, "/c.json", 0, []string{"vi", "/c.json"}},
		{"goto", map[string]string{"EDITOR": "code --wait"}, true, "/c.json", 7, []string{"code", "--wait", "--goto", "/c.json:7"}},
		{"colon", map[string]string{"EDITOR": "/usr/bin/hx"}, true, "/c.json", 7, []string{"/usr/bin/hx", "/c.json:7"}},
		{"unknown editor", map[string]string{"EDITOR": "ed"}, true, "/c.json", 7, []string{"ed", "/c.json"}},
		{"pager", map[string]string{"PAGER": "most", "EDITOR": "vi"}, false, "/log", 0, []string{"most", "/log"}},
		{"a file like an option", map[string]string{"PAGER": "less"}, false, "-version", 0, []string{"less", "./-version"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := opener(World{Env: environment(tt.env)})(tt.path, tt.line, tt.edit).(command)
			if !slices.Equal(c.Args, tt.want) {
				t.Errorf("%q, want %q", c.Args, tt.want)
			}
		})
	}
}

func TestDefaultPrograms(t *testing.T) {
	t.Parallel()
	none := environment(nil)
	if len(editor(none)) == 0 || len(pager(none)) == 0 {
		t.Error("nothing to open a file with")
	}
}

// The program runs on the streams that this program was given, whatever the screen
// hands it.
func TestProgramGetsTheTerminal(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(path, []byte("a line\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	c := opener(World{Out: &out, Env: environment(map[string]string{"PAGER": "cat"})})(path, 0, false)
	c.SetStdin(strings.NewReader("from the screen"))
	c.SetStdout(nil)
	c.SetStderr(nil)
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	if out.String() != "a line\n" {
		t.Errorf("printed %q", out.String())
	}
}
