package host_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/llm/llmtest"
)

// twoFolders are two copies of npm's filesystem server on folders of their own, each
// with one file: every name clashes.
func twoFolders(t *testing.T) (servers []config.Server, folders map[string]string) {
	t.Helper()
	folders = map[string]string{}
	for _, name := range []string{"left", "right"} {
		dir, err := filepath.EvalSymlinks(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "file.txt"), []byte("this is the "+name+" one"), 0o600); err != nil {
			t.Fatal(err)
		}
		s := npm(t, "filesystem", dir)
		s.Name = name
		servers, folders[name] = append(servers, s), dir
	}
	return servers, folders
}

// TestTwoCopiesOfFilesystemFromNpm calls a tool that both have under every strategy,
// and looks at whose file came.
func TestTwoCopiesOfFilesystemFromNpm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name       string
		collisions config.Collisions
		call       string // as the model says it
		server     string // what it says of the server; "" for nothing
		ask        string // the server that the person picks; "" where nobody is asked
		want       string
	}{
		{"namespace", config.Collisions{Default: "namespace"}, "right__read_text_file", "", "", "right"},
		{"priority", config.Collisions{Default: "priority"}, "read_text_file", "", "", "left"},
		{"priority with an order", config.Collisions{Default: "priority", Order: []string{"right"}}, "read_text_file", "", "", "right"},
		{"describe", config.Collisions{Default: "describe"}, "read_text_file", "right", "", "right"},
		{"ask", config.Collisions{Default: "ask"}, "read_text_file", "", "right", "right"},
		{"ask each call", config.Collisions{Default: "ask-each-call"}, "read_text_file", "", "left", "left"},
		{"one name to one server", config.Collisions{Default: "namespace", Tools: map[string]string{"read_text_file": "server:right"}}, "read_text_file", "", "", "right"},
		{"one server apart", config.Collisions{Default: "priority", Servers: map[string]string{"left": "namespace"}}, "read_text_file", "", "", "right"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			servers, folders := twoFolders(t)
			arguments := object{"path": filepath.Join(folders[test.want], "file.txt")}
			if test.server != "" {
				arguments["server"] = test.server
			}
			m := llmtest.New(llmtest.Call(test.call, arguments), llmtest.Say("done"))
			s := begin(t, m, servers, allow("*/*"), collisions(test.collisions))
			s.ready("left", "right")
			s.say("read it")
			if test.ask != "" {
				s.pick(test.ask)
			}
			f := s.finished()
			if f.Server != test.want || f.Outcome != host.Succeeded || !strings.Contains(f.Text.Raw(), fmt.Sprintf("the %s one", test.want)) {
				t.Errorf("the call went to %q and ended %q: %s", f.Server, f.Outcome, f.Text)
			}
			s.over()
			if offered := names(m.Last()); !slices.Contains(offered, test.call) {
				t.Errorf("the model is offered %v", offered)
			}
		})
	}
}

// pick answers the next question about a call.
func (s *session) pick(server string) {
	s.t.Helper()
	for {
		if id, q := s.collision(); q.Call != "" {
			s.answer(id, host.Choose{Server: server, Scope: host.Once})
			return
		}
	}
}
