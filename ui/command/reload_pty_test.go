//go:build unix && !race

package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"switchboard/host/server/servertest"
)

// entries is a configuration with a fixture server of each name.
func entries(t *testing.T, pids string, names ...string) string {
	t.Helper()
	servers := map[string]any{}
	for _, name := range names {
		c := servertest.Config(name, "-pids="+pids)
		servers[name] = map[string]any{"command": c.Command, "args": c.Args, "env": variables(c.Env)}
	}
	text, err := json.Marshal(map[string]any{"mcpServers": servers, "collisions": map[string]string{"default": "namespace"}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestAChangeOfTheConfigurationHoldsAtOnce edits the file under a chat that runs.
func TestAChangeOfTheConfigurationHoldsAtOnce(t *testing.T) {
	dir := t.TempDir()
	pids := filepath.Join(dir, "pids")
	file := write(t, dir, "config.json", entries(t, pids, "alpha", "beta"))
	m := open(t, "--offline", "--config", file)
	m.expect("2 of 2 ready")
	first := noted(t, pids, 2)

	// Half of a file is no configuration.
	whole := entries(t, pids, "alpha", "gamma")
	write(t, dir, "config.json", whole[:len(whole)/2])
	m.expect("everything stays as it was", "2 of 2 ready")

	// An editor that is careful replaces the file.
	write(t, dir, "new", whole)
	if err := os.Rename(filepath.Join(dir, "new"), file); err != nil {
		t.Fatal(err)
	}
	m.expect("gamma added, beta removed", "2 of 2 ready")
	all := noted(t, pids, 3)
	if len(all) != 3 {
		t.Errorf("processes %v were started; the server that did not change is one of %v", all, first)
	}
	m.send("/reload\r")
	m.expect("the servers stay as they are")
	m.press(ctrlC)
	m.press(ctrlC)
	m.exit()
	if left := stillAlive(all); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
}
