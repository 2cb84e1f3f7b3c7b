// Package tooltest calls the tools of a built-in server from a test, without a
// process between.
package tooltest

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

// Args are the arguments of a call.
type Args = map[string]any

// Says calls a tool that must succeed and gives its text.
func Says(t testing.TB, s tool.Server, name string, args Args) string {
	t.Helper()
	text, failed := call(t, s, name, args)
	if failed {
		t.Fatalf("%s(%v) failed: %s", name, args, text)
	}
	return text
}

// Refuses calls a tool that must fail and gives the reason it states.
func Refuses(t testing.TB, s tool.Server, name string, args Args) string {
	t.Helper()
	text, failed := call(t, s, name, args)
	if !failed {
		t.Fatalf("%s(%v) succeeded: %s", name, args, text)
	}
	return text
}

// Either calls a tool that may succeed or fail and gives its text.
func Either(t testing.TB, s tool.Server, name string, args Args) string {
	t.Helper()
	text, _ := call(t, s, name, args)
	return text
}

func call(t testing.TB, s tool.Server, name string, args Args) (text string, failed bool) {
	t.Helper()
	i := slices.IndexFunc(s.Tools, func(one server.ServerTool) bool { return one.Tool.Name == name })
	if i < 0 {
		t.Fatalf("there is no tool %s", name)
	}
	raw, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	result, err := s.Tools[i].Handler(t.Context(), mcp.CallToolRequest{
		Params: mcp.CallToolParams{Name: name, RawArguments: raw},
	})
	if err != nil {
		t.Fatalf("%s(%v) is a protocol error: %v", name, args, err)
	}
	if len(result.Content) != 1 {
		t.Fatalf("%s(%v) gave %d pieces of content", name, args, len(result.Content))
	}
	content, ok := result.Content[0].(mcp.TextContent)
	if !ok || content.Text == "" {
		t.Fatalf("%s(%v) gave %+v; want text", name, args, result.Content[0])
	}
	return content.Text, result.IsError
}
