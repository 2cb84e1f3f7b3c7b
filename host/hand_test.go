package host_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/llm/llmtest"
)

func stateIn(dir string) func(*host.Options) { return func(o *host.Options) { o.StateDir = dir } }

func TestCallByHand(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(), builtins(t, "calculator"))
	s.ready("calculator")
	s.host.Do(host.CallTool{Server: "calculator", Tool: "add", Arguments: json.RawMessage(`{"a":20,"b":22}`)})
	e := next(s, anyOf[host.CalledByHand])
	if e.Result.Outcome != host.Succeeded || !strings.Contains(e.Result.Text.Raw(), "42") {
		t.Errorf("got %+v", e)
	}
	s.host.Do(host.CallTool{Server: "calculator", Tool: "add", Arguments: json.RawMessage(`[1]`)})
	if e := next(s, anyOf[host.CalledByHand]); e.Result.Outcome != host.CallError || !strings.Contains(e.Result.Text.Raw(), "JSON object") {
		t.Errorf("got %+v", e)
	}
	for _, e := range s.events {
		switch e.(type) {
		case host.CallStarted, host.CallFinished, host.TurnStarted:
			t.Errorf("the conversation was told of a call by hand: %#v", e)
		}
	}
}

func TestADenyRuleHoldsForCallsByHand(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(), builtins(t, "calculator"), deny("calculator/add"))
	s.ready("calculator")
	s.host.Do(host.CallTool{Server: "calculator", Tool: "add", Arguments: json.RawMessage(`{"a":1,"b":2}`)})
	if e := next(s, anyOf[host.CalledByHand]); e.Result.Outcome != host.Refused {
		t.Errorf("got %+v", e)
	}
}

func TestInspectTellsNowAndOfNews(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(), builtins(t, "calculator", "clock"))
	s.ready("calculator", "clock")
	s.host.Do(host.Inspect{Server: "calculator"})
	e := next(s, anyOf[host.ServerInspected])
	if e.Inspection.Status.Name != "calculator" || len(e.Tools) == 0 || e.Tools[0].Name == "" {
		t.Fatalf("got %+v", e)
	}
	s.host.Do(host.CallTool{Server: "calculator", Tool: "add", Arguments: json.RawMessage(`{"a":1,"b":2}`)})
	next(s, func(e host.ServerInspected) bool { return e.Inspection.Calls.Calls == 1 })
	s.host.Do(host.Inspect{})
	s.host.Do(host.Inspect{Server: "nobody"})
	s.host.Do(host.CallTool{Server: "calculator", Tool: "add", Arguments: json.RawMessage(`{"a":1,"b":2}`)})
	next(s, anyOf[host.CalledByHand])
	seen := len(s.events)
	s.host.Do(host.CallTool{Server: "clock", Tool: "now"})
	next(s, anyOf[host.CalledByHand])
	for _, e := range s.events[seen:] {
		if _, ok := e.(host.ServerInspected); ok {
			t.Error("told of a server that nobody looks into")
		}
	}
}

func TestTrafficIsSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := begin(t, llmtest.New(), builtins(t, "calculator"), stateIn(dir))
	s.ready("calculator")
	s.host.Do(host.SaveWire{Server: "calculator"})
	n := next(s, func(n host.Notice) bool { return strings.Contains(n.Text.Raw(), "the traffic of") })
	files, err := filepath.Glob(filepath.Join(dir, "wire", "calculator-*.jsonl"))
	if err != nil || len(files) != 1 || !strings.Contains(n.Text.Raw(), files[0]) {
		t.Fatalf("%q, files %q, %v", n.Text.Raw(), files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(text), "tools/list") {
		t.Errorf("it holds %q, %v", text, err)
	}
}

func TestTrafficWithoutAPlaceForIt(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(), builtins(t, "calculator"))
	s.ready("calculator")
	s.host.Do(host.SaveWire{Server: "calculator"})
	next(s, func(n host.Notice) bool { return n.Level == host.Warn && strings.Contains(n.Text.Raw(), "not saved") })
}

func TestReadAResourceByHand(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(), builtins(t, "calculator"))
	s.ready("calculator")
	s.host.Do(host.ReadResource{Server: "calculator", URI: "file:///none"})
	if e := next(s, anyOf[host.ResourceRead]); !e.Failed || e.Text.Empty() {
		t.Errorf("got %+v", e)
	}
}
