package config_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"switchboard/host/config"
)

// env makes an environment of NAME=value texts.
func env(pairs ...string) config.Env {
	return func(name string) (string, bool) {
		for _, p := range pairs {
			if v, ok := strings.CutPrefix(p, name+"="); ok {
				return v, true
			}
		}
		return "", false
	}
}

// parse reads a text as the file /etc/f.json.
func parse(text string, pairs ...string) config.Config {
	return config.Parse("/etc/f.json", []byte(text), env(pairs...))
}

// server reads the fields of one entry, which must be without a fault.
func server(t *testing.T, fields string, pairs ...string) config.Server {
	t.Helper()
	c := parse(`{"mcpServers": {"x": {`+fields+`}}}`, pairs...)
	if len(c.Servers) != 1 {
		t.Fatalf("got %d servers", len(c.Servers))
	}
	if p := c.Servers[0].Problem; p != nil {
		t.Fatal(p)
	}
	return c.Servers[0]
}

// write puts files into a new folder and gives their paths.
func write(t *testing.T, texts ...string) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for i, text := range texts {
		path := filepath.Join(dir, string(rune('a'+i))+".json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// messages are the problems as a person reads them, without the file's name.
func messages(c config.Config, file string) []string {
	var all []string
	for _, p := range c.Problems {
		all = append(all, strings.TrimPrefix(p.Error(), file+":"))
	}
	return all
}

// A fault is a text with something wrong and what is said of it.
type fault struct {
	name, text string
	want       []string
}

func checkFaults(t *testing.T, faults []fault) {
	t.Helper()
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			c := parse(f.text, "EMPTY=")
			if got := messages(c, "/etc/f.json"); !slices.Equal(got, f.want) {
				t.Errorf("%s\ngot  %q\nwant %q", f.text, got, f.want)
			}
		})
	}
}
