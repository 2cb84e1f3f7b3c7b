//go:build unix

package host_test

import (
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/llm/llmtest"
)

// TestThreeServersFromNpmInOneStep calls npm's everything, filesystem and memory
// side by side, and kills the first while its call runs: that call ends with the
// reason, and nothing else does.
func TestThreeServersFromNpmInOneStep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	memory := npm(t, "memory")
	memory.Env = []string{"MEMORY_FILE_PATH=" + filepath.Join(dir, "memory.jsonl")}
	servers := []config.Server{npm(t, "everything"), npm(t, "filesystem", dir), memory}
	m := llmtest.New(
		llmtest.Call("trigger-long-running-operation", object{"duration": 60, "steps": 600}).
			Call("list_allowed_directories", object{}).
			Call("create_entities", object{"entities": []object{{"name": "Ada", "entityType": "person", "observations": []string{"wrote the first program"}}}}),
		llmtest.Call("read_graph", object{}),
		llmtest.Say("so it is"),
	)
	s := begin(t, m, servers, allow("*/*"))
	s.ready("everything", "filesystem", "memory")
	s.say("go")
	for range 2 {
		if f := s.finished(); f.Outcome != host.Succeeded || f.Server == "everything" {
			t.Fatalf("a call ended with %+v", f)
		}
	}
	if p := next(s, anyOf[host.CallProgress]); p.Total != 600 {
		t.Errorf("progress is %+v", p)
	}
	if err := syscall.Kill(s.pid("everything"), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if f := s.finished(); f.Server != "everything" || f.Outcome != host.CallError || !strings.Contains(f.Text.Raw(), "SIGKILL") {
		t.Errorf("the killed server's call ended with %+v", f)
	}
	if f := s.finished(); f.Tool != "read_graph" || !strings.Contains(f.Text.Raw(), "Ada") {
		t.Errorf("the next step's call ended with %+v", f)
	}
	if end := s.over(); end.Finish != host.FinishDone {
		t.Errorf("the turn ended with %+v", end)
	}
	var order []string
	for _, r := range results(m.Last())[:3] {
		order = append(order, r.Name)
	}
	if want := []string{"trigger-long-running-operation", "list_allowed_directories", "create_entities"}; !slices.Equal(order, want) {
		t.Errorf("results came as %v", order)
	}
}
