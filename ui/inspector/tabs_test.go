package inspector_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui/inspector"
)

// form is an inspector at the form of a tool with this schema.
func form(t *testing.T, schema string, h catalog.Hints) *inspector.Inspector {
	t.Helper()
	e := github()
	e.Tools = []host.ToolInfo{{Tool: tool("do", "", schema, h), Name: "do"}}
	in := looking(t, e)
	press(in, "3", "c")
	in.View(84, 33, now)
	return in
}

var harmless = catalog.Hints{ReadOnly: true}

// formCases fill the form of a schema in.
var formCases = []struct {
	name, schema string
	fill         func(in *inspector.Inspector)
	want         string // the arguments; "" when nothing may be sent
	says         string
}{
	{"text", `{"properties":{"a":{"type":"string"}}}`, func(in *inspector.Inspector) { typing(in, `say "hi"`) }, `{"a":"say \"hi\""}`, ""},
	{"optional left out", `{"properties":{"a":{"type":"string"}}}`, func(*inspector.Inspector) {}, `{}`, ""},
	{"required left out", `{"required":["a"],"properties":{"a":{"type":"string"}}}`, func(*inspector.Inspector) {}, "", "required"},
	{"empty text", `{"required":["a"],"properties":{"a":{"type":"string"}}}`, func(in *inspector.Inspector) { typing(in, `""`) }, `{"a":""}`, ""},
	{"number", `{"properties":{"a":{"type":"number"}}}`, func(in *inspector.Inspector) { typing(in, "-1.5e3") }, `{"a":-1.5e3}`, ""},
	{"no number", `{"properties":{"a":{"type":"number"}}}`, func(in *inspector.Inspector) { typing(in, "true") }, "", "must be a number"},
	{"integer", `{"properties":{"a":{"type":"integer"}}}`, func(in *inspector.Inspector) { typing(in, " 42 ") }, `{"a":42}`, ""},
	{"no integer", `{"properties":{"a":{"type":"integer"}}}`, func(in *inspector.Inspector) { typing(in, "4.2") }, "", "whole number"},
	{"boolean", `{"properties":{"a":{"type":"boolean"}}}`, func(in *inspector.Inspector) { press(in, "space", "space") }, `{"a":false}`, ""},
	{"boolean unpicked", `{"properties":{"a":{"type":"boolean"}}}`, func(in *inspector.Inspector) { press(in, "space", "left") }, `{}`, ""},
	{"enum", `{"properties":{"a":{"enum":["x",2,null]}}}`, func(in *inspector.Inspector) { press(in, "right", "right") }, `{"a":2}`, ""},
	{"required enum", `{"required":["a"],"properties":{"a":{"enum":["x"]}}}`, func(*inspector.Inspector) {}, "", "required"},
	{"array", `{"properties":{"a":{"type":"array","items":{"type":"string"}}}}`, func(in *inspector.Inspector) { typing(in, `["b"]`) }, `{"a":["b"]}`, ""},
	{"no array", `{"properties":{"a":{"type":"array"}}}`, func(in *inspector.Inspector) { typing(in, `{}`) }, "", "JSON array"},
	{"object", `{"properties":{"a":{"type":"object"}}}`, func(in *inspector.Inspector) { typing(in, `{"b":1}`) }, `{"a":{"b":1}}`, ""},
	{"broken JSON", `{"properties":{"a":{"type":"object"}}}`, func(in *inspector.Inspector) { typing(in, `{"b"`) }, "", "JSON object"},
	{"null", `{"properties":{"a":{"type":["integer","null"]}}}`, func(in *inspector.Inspector) { typing(in, `7`) }, `{"a":7}`, ""},
	{
		"default", `{"properties":{"a":{"type":"string","default":"x"},"b":{"type":"integer","default":3},"c":{"type":"boolean","default":true}}}`,
		func(*inspector.Inspector) {}, `{"a":"x","b":3,"c":true}`, "",
	},
	{"anything", `{"properties":{"a":{}}}`, func(in *inspector.Inspector) { typing(in, `"x"`) }, `{"a":"x"}`, ""},
	{"anything, no JSON", `{"properties":{"a":{}}}`, func(in *inspector.Inspector) { typing(in, `x`) }, "", "must be JSON"},
	{"in order", `{"properties":{"b":{"type":"string"},"a":{"type":"string"}}}`, func(in *inspector.Inspector) { typing(in, "1"); press(in, "tab"); typing(in, "2") }, `{"b":"1","a":"2"}`, ""},
	{"corrected", `{"properties":{"a":{"type":"integer"}}}`, func(in *inspector.Inspector) {
		typing(in, "x")
		press(in, "ctrl+s", "backspace")
		typing(in, "12")
		press(in, "left", "delete")
		typing(in, "4")
	}, `{"a":14}`, ""},
	{"pasted", `{"properties":{"a":{"type":"string"}}}`, func(in *inspector.Inspector) { in.Paste("one\r\ntwo\rthree") }, `{"a":"one\ntwo\nthree"}`, ""},
	{"no schema", `[]`, func(*inspector.Inspector) {}, `{}`, ""},
}

func TestFormSendsWhatItsSchemaAsksFor(t *testing.T) {
	t.Parallel()
	for _, tt := range formCases {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := form(t, tt.schema, harmless)
			tt.fill(in)
			op, _ := press(in, "ctrl+s").Op.(host.CallTool)
			if got := string(op.Arguments); got != tt.want {
				t.Fatalf("arguments %s, want %s:\n%s", got, tt.want, screen(in, 84, 33))
			}
			if tt.want != "" && (op.Server != "github" || op.Tool != "do") {
				t.Errorf("it calls %+v", op)
			}
			contains(t, in, tt.says)
		})
	}
}

// A tool that may destroy something takes a second key, and no other key is it.
func TestDestructiveToolAsksAgain(t *testing.T) {
	t.Parallel()
	for _, k := range []string{"enter", "space", "n", "esc", "ctrl+s", "Y"} {
		in := form(t, `{}`, catalog.DefaultHints())
		if a := press(in, "ctrl+s"); a.Op != nil {
			t.Fatalf("it did %+v at once", a.Op)
		}
		contains(t, in, "may change or delete for good")
		if a := press(in, k); a.Op != nil {
			t.Errorf("%s did %+v", k, a.Op)
		}
	}
	in := form(t, `{}`, catalog.DefaultHints())
	press(in, "enter")
	if _, ok := press(in, "y").Op.(host.CallTool); !ok {
		t.Error("y did not call")
	}
}

// While the answer is on its way the same call is not made again.
func TestAnswerIsWaitedFor(t *testing.T) {
	t.Parallel()
	in := form(t, `{}`, harmless)
	press(in, "enter")
	contains(t, in, "waiting for the answer")
	if a := press(in, "enter"); a.Op != nil {
		t.Errorf("it called twice: %+v", a.Op)
	}
	in.Apply(host.CalledByHand{Server: "github", Tool: "do", Result: host.CallFinished{Outcome: host.ToolError, Text: clean.Foreign(strings.Repeat("line\n", 90) + "the end"), Took: time.Second, Bytes: 7}})
	contains(t, in, "✗ tool error", "1.0 s")
	lacks(t, in, "the end")
	press(in, "tab", "end")
	contains(t, in, "the end")
	press(in, "esc")
	if _, ok := press(in, "enter").Op.(host.CallTool); !ok {
		t.Error("it does not call again")
	}
}

// No key in a form does anything to the server.
func TestFormKeepsItsKeys(t *testing.T) {
	t.Parallel()
	in := form(t, `{"properties":{"a":{"type":"string"}}}`, harmless)
	for _, k := range []string{"r", "s", "d", "D", "t", "o", "e", "u", "1", "7", "q"} {
		if a := press(in, k); a.Op != nil || a.Leave {
			t.Errorf("%s did %+v", k, a)
		}
	}
	contains(t, in, "rsdDtoeu17q")
	press(in, "tab") // on the button too
	for _, k := range []string{"r", "s", "d", "q"} {
		if a := press(in, k); a.Op != nil || a.Leave {
			t.Errorf("on the button %s did %+v", k, a)
		}
	}
}

func TestFilterFindsByWords(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	press(in, "3", "/")
	typing(in, "PULL iss")
	contains(t, in, "search_issues", "1 of 4 tools")
	lacks(t, in, "create_issue")
	press(in, "enter", "enter")
	contains(t, in, "offered as")
	press(in, "esc", "esc")
	contains(t, in, "create_issue")
}

func TestResourceIsRead(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	press(in, "4", "enter")
	if op := press(in, "enter").Op; op != host.Op(host.ReadResource{Server: "github", URI: "repo://a/b/README.md"}) {
		t.Fatalf("it did %+v", op)
	}
	contains(t, in, "reading")
	in.Apply(host.ResourceRead{Server: "github", URI: "repo://a/b/README.md", Text: clean.Foreign("gone"), Failed: true})
	contains(t, in, "could not be read", "gone")
	press(in, "esc", "down", "enter", "enter", "ctrl+u")
	typing(in, "repo://me/mine")
	if op := press(in, "enter").Op; op != host.Op(host.ReadResource{Server: "github", URI: "repo://me/mine"}) {
		t.Errorf("it did %+v", op)
	}
}

func TestLogFollowsUntilOneReads(t *testing.T) {
	t.Parallel()
	e := github()
	in := looking(t, e)
	press(in, "6")
	add := func(n int) {
		for range n {
			e.Inspection.Log = append(e.Inspection.Log[1:len(e.Inspection.Log):len(e.Inspection.Log)], host.ServerLog{At: now, Source: host.LogStderr, Text: text(fmt.Sprintf("line %d", e.Inspection.LogDropped))})
			e.Inspection.LogDropped++
		}
		in.Apply(e)
	}
	for range 100 {
		e.Inspection.Log = append(e.Inspection.Log, host.ServerLog{At: now, Source: host.LogStderr, Text: text("old")})
	}
	add(3)
	contains(t, in, "line 14", "following")
	press(in, "up")
	lacks(t, in, "following")
	add(5)
	contains(t, in, "line 13")
	lacks(t, in, "line 19")
	press(in, "f")
	contains(t, in, "line 19")
}

func TestLogIsFiltered(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	press(in, "6", "v")
	contains(t, in, "listening", "stderr only")
	lacks(t, in, "422")
	press(in, "v", "v")
	contains(t, in, "422", "miss")
	press(in, "l")
	contains(t, in, "422", "info and worse")
	lacks(t, in, "miss")
	press(in, "v", "/")
	typing(in, "http")
	contains(t, in, "422", "1 of 4 lines")
	lacks(t, in, "listening")
}

func TestWirePairsRequestAndResponse(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	press(in, "7", "home", "enter")
	contains(t, in, "request tools/call #1", "response tools/call #1", "38 ms after the request")
	press(in, "n")
	contains(t, in, "response tools/call #1")
	press(in, "p", "p", "esc", "end", "enter")
	contains(t, in, "notifications/progress")
	lacks(t, in, "request")
}

// Ids are the sender's own: a server's request 1 is not answered by its response
// to our request 1.
func TestWirePairsOnlyWhatWentTheOtherWay(t *testing.T) {
	t.Parallel()
	e := github()
	e.Inspection.Wire = []host.WireRecord{
		{Seq: 5, Sent: true, Kind: host.WireRequest, Method: "ping", ID: "1", Body: []byte(`{"id":1,"ours":true}`)},
		{Seq: 6, Kind: host.WireRequest, Method: "roots/list", ID: "1", Body: []byte(`{"id":1,"theirs":true}`)},
		{Seq: 7, Kind: host.WireResponse, Method: "ping", ID: "1", Body: []byte(`{"id":1,"answer":"to us"}`)},
	}
	in := looking(t, e)
	press(in, "7", "home", "down", "enter")
	contains(t, in, "theirs", "no answer so far")
	lacks(t, in, "to us")
	press(in, "n")
	contains(t, in, "to us", "ours")
}

func TestWireIsCopiedAndSaved(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	press(in, "7", "home")
	if a := press(in, "w"); a.Op != host.Op(host.SaveWire{Server: "github"}) {
		t.Errorf("w did %+v", a.Op)
	}
	if got := press(in, "y").Copy; !json.Valid([]byte(got)) || !strings.Contains(got, "\n") {
		t.Errorf("copied %q", got)
	}
	if got := press(in, "x", "y").Copy; strings.Contains(got, "\n") || !strings.Contains(got, "search_issues") {
		t.Errorf("copied %q", got)
	}
}

func TestWireFiltersByMethodAndID(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	press(in, "7", "/")
	typing(in, "tools #2")
	contains(t, in, "2 of 7 messages", "#2")
	lacks(t, in, "#3")
}

// The message one looks at stays while others come, and while old ones go.
func TestWireStandsStillWhileOneLooks(t *testing.T) {
	t.Parallel()
	e := github()
	in := looking(t, e)
	press(in, "7", "home", "down", "down", "enter")
	contains(t, in, "#2")
	e.Inspection.Wire = traffic(400)[1:]
	in.Apply(e)
	contains(t, in, "request tools/call #2")
	e.Inspection.Wire = traffic(400)[500:]
	in.Apply(e)
	contains(t, in, "301 messages")
}
