package check_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"switchboard/host/config"
)

// missing skips a test whose real parts are not here. Where they were installed on
// purpose, SWITCHBOARD_TEST_ALL makes it a failure.
func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("SWITCHBOARD_TEST_ALL") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// npm describes one of the MCP servers from npm, or skips.
func npm(t *testing.T, name string, args ...string) config.Server {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "needs Node: node is not in PATH")
	}
	modules := os.Getenv("SWITCHBOARD_TEST_NPM")
	if modules == "" {
		missing(t, "needs the MCP servers from npm: set SWITCHBOARD_TEST_NPM to a node_modules folder that has them (see .github/CONTRIBUTING.md)")
	}
	script := filepath.Join(modules, "@modelcontextprotocol", "server-"+name, "dist", "index.js")
	if _, err := os.Stat(script); err != nil {
		missing(t, "needs npm's server-"+name+": "+err.Error())
	}
	return config.Server{Name: name, Command: node, Args: append([]string{script}, args...)}
}

// Real servers come through all stages, those for resources and prompts included.
func TestServersFromNpm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	memory := npm(t, "memory")
	memory.Env = []string{"MEMORY_FILE_PATH=" + filepath.Join(dir, "memory.jsonl")}
	r := checked(t, npm(t, "everything"), npm(t, "filesystem", dir), memory)
	for _, s := range r.Servers {
		if !s.Ready || len(s.Tools) == 0 {
			t.Errorf("%s: %s %s, %d tools", s.Server, s.State, s.Reason, len(s.Tools))
		}
		for _, stage := range s.Stages {
			if !stage.OK {
				t.Errorf("%s: %s failed: %s", s.Server, stage.Name, stage.Note)
			}
		}
	}
	if s := r.Servers[0]; s.Resources == 0 || s.Templates == 0 || s.Prompts == 0 {
		t.Errorf("everything lists %d resources, %d templates, %d prompts", s.Resources, s.Templates, s.Prompts)
	}
}
