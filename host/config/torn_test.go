package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"switchboard/host/config"
)

// What is lost with the rest of a file is another thing than a fault in an entry.
func TestATornFileIsToldFromAFaultyOne(t *testing.T) {
	t.Parallel()
	for text, torn := range map[string]bool{
		`{"mcpServers": {"a": {"command": "x"}}}`: false,
		`{"mcpServers": {"a": {"comand": "x"}}}`:  false,
		`{"theme": "dark" "mcpServers": {}}`:      false, // the comma is put in
		``:                                        true,
		`{"mcpServers": {"a": {"command": "x"}`:   true,
		`{"mcpServers": {"a": {"comm`:             true,
		`[]`:                                      true,
	} {
		c := config.Load(write(t, text), env())
		if got := len(c.Torn) > 0; got != torn {
			t.Errorf("%s: torn is %v: %v", text, got, c.Problems)
		}
	}
	if c := config.Load([]string{filepath.Join(t.TempDir(), "none.json")}, env()); len(c.Torn) != 1 {
		t.Errorf("a file that is not there: %v", c.Torn)
	}
}

func TestATornProjectFileIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, ".mcp.json")
	if err := os.WriteFile(path, []byte(`{"mcpServers": {"a": {"command"`), 0o600); err != nil {
		t.Fatal(err)
	}
	var c config.Config
	c.Adopt(config.LoadProject(dir, env()), nil)
	if len(c.Torn) != 1 {
		t.Errorf("torn: %v", c.Torn)
	}
}

func TestEntriesAreEqualWhereverTheyStand(t *testing.T) {
	t.Parallel()
	server := func(text string) config.Server { return config.Parse("f", []byte(text), env()).Servers[0] }
	one := server(`{"mcpServers": {"a": {"command": "x", "env": {"A": "1", "B": "2"}}}}`)
	moved := server("{\n\n\"mcpServers\": { \"a\": {\"env\": {\"B\": \"2\", \"A\": \"1\"}, \"command\": \"x\"} } }")
	moved.Untrusted = "who knows"
	if !one.Equal(moved) {
		t.Error("an entry that moved is another")
	}
	for what, text := range map[string]string{
		"a value":    `{"mcpServers": {"a": {"command": "x", "env": {"A": "1", "B": "3"}}}}`,
		"a timeout":  `{"mcpServers": {"a": {"command": "x", "env": {"A": "1", "B": "2"}, "timeout": "3s"}}}`,
		"a fault":    `{"mcpServers": {"a": {"command": 1}}}`,
		"a disabled": `{"mcpServers": {"a": {"command": "x", "env": {"A": "1", "B": "2"}, "disabled": true}}}`,
	} {
		if one.Equal(server(text)) {
			t.Errorf("%s makes no difference", what)
		}
	}
	fault, lower := server(`{"mcpServers": {"a": {"command": 1}}}`), server("{\n\"mcpServers\": {\"a\": {\"command\": 1}}}")
	if !fault.Equal(lower) {
		t.Error("a fault that moved is another")
	}
}
