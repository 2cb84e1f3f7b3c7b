package config_test

import (
	"strings"
	"testing"

	"switchboard/host/config"
)

func TestIdentity(t *testing.T) {
	t.Parallel()
	stdio := config.Server{Name: "a", Command: "npx", Args: []string{"-y", "x"}, Env: []string{"A=1", "B=2"}, Dir: "/d"}
	remote := config.Server{Name: "a", URL: "https://h/mcp", Headers: map[string]string{"Authorization": "t", "X-A": "1"}}
	builtin := config.Server{Name: "notes", Command: "/tmp/go-build1/switchboard", Args: []string{"builtin", "notes"}, Env: []string{"A=1"}, Builtin: true}
	with := func(s config.Server, change func(*config.Server)) config.Server {
		change(&s)
		return s
	}
	same := map[string][2]config.Server{
		"name and place":     {stdio, with(stdio, func(s *config.Server) { s.Name, s.Disabled, s.Timeout, s.Source.Line = "b", true, 5, 9 })},
		"values and order":   {stdio, with(stdio, func(s *config.Server) { s.Env = []string{"B=3", "A=x=y"} })},
		"header values":      {remote, with(remote, func(s *config.Server) { s.Headers = map[string]string{"authorization": "u", "x-a": ""} })},
		"where a binary is":  {builtin, with(builtin, func(s *config.Server) { s.Command, s.Env = "/usr/bin/switchboard", nil })},
		"no and empty lists": {config.Server{Command: "c"}, config.Server{Command: "c", Args: []string{}, Env: []string{}}},
	}
	for what, pair := range same {
		if pair[0].Identity() != pair[1].Identity() {
			t.Errorf("%s: the identity changes", what)
		}
	}
	seen := map[string]string{}
	for what, s := range map[string]config.Server{
		"stdio":                stdio,
		"command":              with(stdio, func(s *config.Server) { s.Command = "bunx" }),
		"an argument":          with(stdio, func(s *config.Server) { s.Args = []string{"-y", "x", ""} }),
		"arguments run on":     with(stdio, func(s *config.Server) { s.Args = []string{"-y x"} }),
		"folder":               with(stdio, func(s *config.Server) { s.Dir = "/e" }),
		"a variable":           with(stdio, func(s *config.Server) { s.Env = []string{"A=1", "B=2", "C="} }),
		"remote":               remote,
		"URL":                  with(remote, func(s *config.Server) { s.URL += "/x" }),
		"a header":             with(remote, func(s *config.Server) { s.Headers = map[string]string{"Authorization": "t"} }),
		"built-in":             builtin,
		"another built-in":     with(builtin, func(s *config.Server) { s.Args = []string{"builtin", "files"} }),
		"the URL as a command": {Command: "https://h/mcp"},
	} {
		id := s.Identity()
		if twin, ok := seen[id]; ok || !strings.HasPrefix(id, "sha256:") || len(id) != len("sha256:")+64 {
			t.Errorf("%s: %s, as %q", what, id, twin)
		}
		seen[id] = what
	}
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	a := config.Server{Name: "a", URL: "https://h/mcp", Headers: map[string]string{"Authorization": "mine"}}
	b := config.Server{Name: "b", URL: "https://h/mcp/", Headers: map[string]string{"X-Key": "yours"}}
	if a.Endpoint() != b.Endpoint() || a.Identity() == b.Identity() {
		t.Error("one endpoint by two credentials is two endpoints")
	}
	c, d := config.Server{Command: "c", Env: []string{"A=1"}}, config.Server{Command: "c", Env: []string{"B=1"}}
	if c.Endpoint() != d.Endpoint() || c.Endpoint() == a.Endpoint() || c.Endpoint() == (config.Server{Command: "c", Args: []string{"x"}}).Endpoint() {
		t.Error("one program with two variables is two endpoints")
	}
	n := config.Server{Command: "/x", Args: []string{"builtin", "notes"}, Builtin: true}
	if n.Endpoint() != n.Identity() {
		t.Error("a built-in server has another endpoint")
	}
}
