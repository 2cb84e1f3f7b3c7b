package config_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"switchboard/host/config"
)

// The samples are what the documentation of Claude Desktop and of well-known
// servers tells people to paste.
func TestClaudeDesktopFilesAreReadUnchanged(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/claude/*.json")
	if err != nil || len(files) < 4 {
		t.Fatalf("samples are missing: %v %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := config.Parse(file, data, env())
			if len(c.Problems) > 0 {
				t.Error(c.Problems)
			}
			if len(c.Servers) == 0 {
				t.Error("no server was read")
			}
			for _, s := range c.Servers {
				if s.Command == "" || len(s.Missing) > 0 {
					t.Errorf("%+v", s)
				}
			}
		})
	}
}

func TestStdioServer(t *testing.T) {
	t.Parallel()
	s := server(t, `
		"type": "stdio", "command": "npx", "args": ["-y", "", "a b"],
		"env": {"B": "2", "A1": "x", "A": "1=1"}, "cwd": "data", "timeout": "90s", "disabled": false`)
	if s.Command != "npx" || !slices.Equal(s.Args, []string{"-y", "", "a b"}) {
		t.Errorf("command %q args %q", s.Command, s.Args)
	}
	if want := []string{"A=1=1", "A1=x", "B=2"}; !slices.Equal(s.Env, want) {
		t.Errorf("env %q, want %q", s.Env, want)
	}
	if s.Dir != "/etc/data" || s.Timeout != 90*time.Second || s.Disabled {
		t.Errorf("%+v", s)
	}
	if want := (config.Position{File: "/etc/f.json", Line: 1, Column: 17}); s.Source != want {
		t.Errorf("source %v, want %v", s.Source, want)
	}
}

func TestHTTPServer(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{`"http"`, `"streamable-http"`, `"streamableHttp"`} {
		s := server(t, `"type": `+kind+`, "url": "https://h/mcp", "headers": {"Authorization": "Bearer ${T}", "x-a": "b"}`, "T=s3cret")
		if s.URL != "https://h/mcp" || s.Command != "" {
			t.Errorf("%+v", s)
		}
		if want := map[string]string{"Authorization": "Bearer s3cret", "x-a": "b"}; !maps.Equal(s.Headers, want) {
			t.Errorf("headers %v", s.Headers)
		}
	}
	if s := server(t, `"url": "http://[::1]:8080/mcp"`); s.URL != "http://[::1]:8080/mcp" {
		t.Errorf("%+v", s)
	}
}

func TestAnEntryMayOnlySwitchOff(t *testing.T) {
	t.Parallel()
	if s := server(t, `"disabled": true`); !s.Disabled {
		t.Error("the server is not disabled")
	}
}

func TestWorkingDirectory(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/srv/data/": "/srv/data", "data": "/etc/data", "../data": "/data", ".": "/etc",
		"~": "/home/me", "~/x": "/home/me/x", "${D}/x": "/d/x", "${NONE}": "",
	} {
		if s := server(t, `"command": "a", "cwd": "`+in+`"`, "HOME=/home/me", "D=/d"); s.Dir != want {
			t.Errorf("cwd %q gives %q, want %q", in, s.Dir, want)
		}
	}
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]time.Duration{
		`90000`: 90 * time.Second, `1000`: time.Second, `1500.5`: 1500500 * time.Microsecond, `6e5`: 10 * time.Minute,
		`"90s"`: 90 * time.Second, `"2m30s"`: 150 * time.Second, `"250ms"`: 250 * time.Millisecond,
		`60`: 0, `0`: 0, `999`: 0, // too short to be meant
	} {
		if s := server(t, `"command": "a", "timeout": `+in); s.Timeout != want {
			t.Errorf("timeout %s gives %v, want %v", in, s.Timeout, want)
		}
	}
}

func TestServersStayInTheOrderOfTheFile(t *testing.T) {
	t.Parallel()
	c := parse(`{"mcpServers": {"b": {"command": "x"}, "a": {}, "Größe 漢字": {"command": "x"}, "@scope/name": {"command": "x"}}}`)
	if got, want := names(c), []string{"b", "a", "Größe 漢字", "@scope/name"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if c.Servers[1].Problem == nil || c.Servers[2].Problem != nil || c.Servers[3].Problem != nil {
		t.Errorf("the wrong servers have a problem: %v", c.Problems)
	}
}

func TestASlipCostsWhatItFellInto(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text        string
		servers, unharmed []string
		theme             string
	}{
		{
			"comma missing inside an entry",
			`{"mcpServers": {"a": {"command": "x"}, "b": {"command": "x" "args": []}, "c": {"command": "x"}}, "theme": "dark"}`,
			[]string{"a", "b", "c"},
			[]string{"a", "c"},
			"dark",
		},
		{
			"comma missing between entries",
			"{\"mcpServers\": {\"a\": {\"command\": \"x\"}\n\"b\": {\"command\": \"x\"}}\n \"theme\": \"dark\"}",
			[]string{"a", "b"},
			[]string{"a", "b"},
			"dark",
		},
		{
			"comma missing after a comment, which must not swallow the next entry",
			"{\"mcpServers\": {\"a\": {\"command\": \"x\"} // first\n\"b\": {\"command\": \"x\"}}}",
			[]string{"a"},
			[]string{"a"},
			"",
		},
		{
			"bare word as an entry",
			`{"theme": "dark", "mcpServers": {"a": {"command": "x"}, "b": nothing, "c": {"command": "x"}}}`,
			[]string{"a", "b"},
			[]string{"a"},
			"dark",
		},
		{
			"cut short",
			`{"theme": "dark", "mcpServers": {"a": {"command": "x"}, "b": {"command": "x`,
			[]string{"a", "b"},
			[]string{"a"},
			"dark",
		},
		{
			"cut short in a string that is wrong before",
			"{\"mcpServers\": {\"a\": {\"command\": \"x\"}, \"b\": {\"command\": \"00000\x14",
			[]string{"a", "b"},
			[]string{"a"},
			"",
		},
		{
			"name without anything",
			`{"theme": "dark", "mcpServers": {"a": {"command": "x"}, "b"`,
			[]string{"a", "b"},
			[]string{"a"},
			"dark",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := parse(test.text)
			var unharmed []string
			for _, s := range c.Servers {
				if s.Problem == nil {
					unharmed = append(unharmed, s.Name)
				}
			}
			if !slices.Equal(names(c), test.servers) || !slices.Equal(unharmed, test.unharmed) || c.Theme != test.theme {
				t.Errorf("servers %q, unharmed %q, theme %q\n%v", names(c), unharmed, c.Theme, c.Problems)
			}
			if len(c.Problems) == 0 {
				t.Error("nothing was said")
			}
		})
	}
}

func names(c config.Config) []string {
	var all []string
	for _, s := range c.Servers {
		all = append(all, s.Name)
	}
	return all
}
