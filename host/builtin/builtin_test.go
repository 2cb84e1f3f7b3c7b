package builtin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"switchboard/host/builtin"
)

func TestNames(t *testing.T) {
	t.Parallel()
	want := []string{"calculator", "clock", "files", "notes", "weather"}
	if got := builtin.Names(); !slices.Equal(got, want) {
		t.Errorf("Names() = %v, want %v", got, want)
	}
}

func TestUnknownName(t *testing.T) {
	t.Parallel()
	err := builtin.Serve(t.Context(), "abacus", builtin.Options{})
	if err == nil {
		t.Fatal("Serve took a name that there is not")
	}
	contains(t, err.Error(), `"abacus"`, "calculator, clock, files, notes, weather")
}

func TestCannotStart(t *testing.T) {
	t.Parallel()
	err := builtin.Serve(t.Context(), "files", builtin.Options{Dir: t.TempDir() + "/missing"})
	if err == nil {
		t.Fatal("files served a folder that there is not")
	}
	contains(t, err.Error(), "files", "missing")
}

// withData gives notes a place; the other servers do not look.
func withData(t testing.TB) setting { return env(childData, t.TempDir()) }

func TestHandshake(t *testing.T) {
	t.Parallel()
	for _, name := range builtin.Names() {
		c := launch(t, name, withData(t))
		var got struct {
			ProtocolVersion string
			Instructions    string
			ServerInfo      struct{ Name, Title, Version string }
			Capabilities    map[string]map[string]any
		}
		must(t, json.Unmarshal(c.result("initialize", map[string]any{
			"protocolVersion": "2025-06-18", "capabilities": map[string]any{},
			"clientInfo": map[string]any{"name": "test", "version": "1"},
		}), &got))
		if got.ProtocolVersion != "2025-06-18" || got.ServerInfo.Name != name || got.ServerInfo.Version != "1.2.3" ||
			got.ServerInfo.Title == "" || got.Instructions == "" {
			t.Errorf("%s introduces itself as %+v", name, got)
		}
		if changes, ok := got.Capabilities["tools"]; !ok || changes["listChanged"] == true {
			t.Errorf("%s has the capabilities %v", name, got.Capabilities)
		}
	}
}

// definition is a tool as the wire has it.
type definition struct {
	Name, Title, Description string
	InputSchema              struct {
		Type                 string
		Required             []string
		AdditionalProperties *bool
		Properties           map[string]struct{ Type, Description string }
	}
	Annotations struct {
		ReadOnlyHint, DestructiveHint, IdempotentHint, OpenWorldHint *bool
	}
}

func (d definition) hints() string {
	var set []string
	for name, hint := range map[string]*bool{
		"readOnly": d.Annotations.ReadOnlyHint, "destructive": d.Annotations.DestructiveHint,
		"idempotent": d.Annotations.IdempotentHint, "openWorld": d.Annotations.OpenWorldHint,
	} {
		if hint == nil {
			return "incomplete: " + name
		}
		if *hint {
			set = append(set, name)
		}
	}
	slices.Sort(set)
	return strings.Join(set, " ")
}

func toolsOf(t testing.TB, c *child) []definition {
	t.Helper()
	var list struct{ Tools []definition }
	must(t, json.Unmarshal(c.result("tools/list", map[string]any{}), &list))
	return list.Tools
}

func TestTools(t *testing.T) {
	t.Parallel()
	want := map[string]map[string]string{
		"calculator": {
			"add": "idempotent readOnly", "subtract": "idempotent readOnly", "multiply": "idempotent readOnly",
			"divide": "idempotent readOnly", "evaluate": "idempotent readOnly",
		},
		"clock":   {"now": "idempotent readOnly", "convert_time": "idempotent readOnly", "add_to_date": "idempotent readOnly", "days_between": "idempotent readOnly"},
		"files":   {"list": "idempotent readOnly", "read": "idempotent readOnly", "search": "idempotent readOnly"},
		"notes":   {"add_note": "", "list_notes": "idempotent readOnly", "search": "idempotent readOnly", "delete_note": "destructive idempotent"},
		"weather": {"get_weather": "idempotent openWorld readOnly", "get_forecast": "idempotent openWorld readOnly"},
	}
	for _, name := range builtin.Names() {
		got := map[string]string{}
		for _, d := range toolsOf(t, open(t, name, withData(t))) {
			got[d.Name] = d.hints()
			checkDefinition(t, name, d)
		}
		if fmt.Sprint(got) != fmt.Sprint(want[name]) {
			t.Errorf("%s offers %v, want %v", name, got, want[name])
		}
	}
}

func checkDefinition(t *testing.T, server string, d definition) {
	t.Helper()
	id := server + "/" + d.Name
	if d.Title == "" || d.Description == "" || utf8.RuneCountInString(d.Description) > 400 {
		t.Errorf("%s has the title %q and the description %q", id, d.Title, d.Description)
	}
	if d.InputSchema.Type != "object" || d.InputSchema.AdditionalProperties == nil || *d.InputSchema.AdditionalProperties {
		t.Errorf("the schema of %s is not a closed object", id)
	}
	for name, p := range d.InputSchema.Properties {
		if p.Type == "" || p.Description == "" {
			t.Errorf("%s does not describe its parameter %s", id, name)
		}
	}
	for _, name := range d.InputSchema.Required {
		if _, ok := d.InputSchema.Properties[name]; !ok {
			t.Errorf("%s requires %s, which it does not have", id, name)
		}
	}
}

// modern is the _meta that every request of the era without a handshake carries.
func modern(params map[string]any) map[string]any {
	params["_meta"] = map[string]any{
		"io.modelcontextprotocol/protocolVersion":    "2026-07-28",
		"io.modelcontextprotocol/clientCapabilities": map[string]any{},
	}
	return params
}

func TestWithoutHandshake(t *testing.T) {
	t.Parallel()
	c := launch(t, "calculator")
	var found struct{ SupportedVersions []string }
	must(t, json.Unmarshal(c.result("server/discover", modern(map[string]any{})), &found))
	if !slices.Contains(found.SupportedVersions, "2026-07-28") {
		t.Errorf("supports %v", found.SupportedVersions)
	}
	var sum struct {
		ResultType string
		Content    []struct{ Text string }
	}
	must(t, json.Unmarshal(c.result("tools/call", modern(map[string]any{"name": "add", "arguments": args{"a": 1, "b": 2}})), &sum))
	if sum.ResultType != "complete" || len(sum.Content) != 1 || sum.Content[0].Text != "1 + 2 = 3" {
		t.Errorf("add gave %+v", sum)
	}
}

// The acknowledgement of a subscription must come before its end.
func TestSubscription(t *testing.T) {
	t.Parallel()
	c := launch(t, "calculator")
	c.send(map[string]any{
		"jsonrpc": "2.0", "id": 7, "method": "subscriptions/listen",
		"params": modern(map[string]any{"notifications": map[string]any{"toolsListChanged": true}}),
	})
	if m := c.receive(); m.Method != "notifications/subscriptions/acknowledged" {
		t.Fatalf("the first message is %+v", m)
	}
	if m := c.receive(); m.ID == nil || *m.ID != 7 || m.Error != nil {
		t.Errorf("the second message is %+v", m)
	}
}

func TestFaultyMessages(t *testing.T) {
	t.Parallel()
	c := open(t, "calculator")
	for _, test := range []struct {
		line string
		code int
	}{
		{"not JSON at all", -32700},
		{`[1,2]`, -32700},
		{`{"jsonrpc":"1.0","id":1,"method":"ping"}`, -32600},
		{`{"jsonrpc":"2.0","id":1,"method":"no/such/method"}`, -32601},
		{`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nothing"}}`, -32602},
		{`{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("x", 5<<20) + `"}`, -32600},
	} {
		c.sendLine("\n" + test.line)
		if m := c.receive(); m.Error == nil || m.Error.Code != test.code {
			t.Errorf("%.60s is answered by %+v, want the error %d", test.line, m.Error, test.code)
		}
	}
	if got := c.says("add", args{"a": 1, "b": 1}); got != "1 + 1 = 2" {
		t.Errorf("after all that, add says %q", got)
	}
}

func TestEndOfInput(t *testing.T) {
	t.Parallel()
	for _, name := range builtin.Names() {
		rest, err := open(t, name, withData(t)).end()
		if err != nil || rest != "" {
			t.Errorf("%s ended with %v and wrote %q", name, err, rest)
		}
	}
}

// Everything asked before the input ends is answered, as by hand from a pipe.
func TestEndOfInputAnswersFirst(t *testing.T) {
	t.Parallel()
	c := open(t, "calculator")
	const calls = 60
	for id := range calls {
		c.send(map[string]any{
			"jsonrpc": "2.0", "id": id, "method": "tools/call",
			"params": map[string]any{"name": "multiply", "arguments": args{"a": id, "b": 2}},
		})
	}
	rest, err := c.end()
	must(t, err)
	for id := range calls {
		contains(t, rest, fmt.Sprintf(`%d × 2 = %d"`, id, 2*id))
	}
}

func TestContextEnds(t *testing.T) {
	t.Parallel()
	input, keepOpen := io.Pipe()
	defer keepOpen.Close()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- builtin.Serve(ctx, "clock", builtin.Options{Stdin: input, Stdout: io.Discard}) }()
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Serve gave %v", err)
	}
}

func TestClientGone(t *testing.T) {
	t.Parallel()
	input, write := io.Pipe()
	out, stdout := io.Pipe()
	out.Close()
	ended := make(chan error)
	go func() { ended <- builtin.Serve(t.Context(), "clock", builtin.Options{Stdin: input, Stdout: stdout}) }()
	_, err := io.WriteString(write, `{"jsonrpc":"2.0","id":1,"method":"ping"}`+"\n")
	must(t, err)
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "standard output") {
		t.Errorf("Serve gave %v", err)
	}
}

// A client that does not read must not keep a server alive that it told to end.
func TestClientDoesNotRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		unread, stdout := io.Pipe()
		defer unread.Close()
		err := builtin.Serve(t.Context(), "clock", builtin.Options{
			Stdin:  strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}` + "\n"),
			Stdout: stdout,
		})
		if err == nil || !strings.Contains(err.Error(), "still running") {
			t.Errorf("Serve gave %v", err)
		}
	})
}
