package catalog_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"switchboard/host/catalog"
)

// described builds a name that the model picks a server for; each schema is that of
// one more server, called a, b, ….
func described(t *testing.T, schemas ...string) (catalog.Entry, catalog.Resolution) {
	t.Helper()
	var offers []catalog.Offer
	for i, s := range schemas {
		o := offer(string(rune('a'+i)), "t")
		o.Tools[0].Schema = json.RawMessage(s)
		offers = append(offers, o)
	}
	c := catalog.Build(offers, catalog.Choices{Default: catalog.Describe})
	r, err := c.Resolve("t")
	if err != nil || len(c.Entries()) != 1 {
		t.Fatalf("%v: %v", offered(c), err)
	}
	return c.Entries()[0], r
}

func TestDescribeAddsARequiredServer(t *testing.T) {
	t.Parallel()
	entry, r := described(t,
		`{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]}`,
		`{"type":"object","properties":{"q":{"type":"string"},"n":{"type":"integer"}},"required":["q"]}`,
	)
	want := `{"properties":{"n":{"type":"integer"},"q":{"type":"string"},` +
		`"server":{"description":"The server that answers.\na: t by a\nb: t by b","enum":["a","b"],"type":"string"}},` +
		`"required":["server","q"],"type":"object"}`
	if string(entry.Schema) != want {
		t.Errorf("got  %s\nwant %s", entry.Schema, want)
	}
	if entry.Parameter != "server" || r.Parameter != "server" || r.Open {
		t.Errorf("the parameter is %q and %q, open %v", entry.Parameter, r.Parameter, r.Open)
	}
	if !strings.Contains(entry.Description, "the parameter server says which") || !strings.Contains(entry.Description, "On b: t by b") {
		t.Errorf("described as %q", entry.Description)
	}
}

func TestTheParameterIsNobodys(t *testing.T) {
	t.Parallel()
	own := `{"type":"object","properties":{"server":{"type":"string"}}}`
	tests := map[string][]string{
		"server":       {`{}`, `{}`},
		"mcp_server":   {own, `{}`},
		"mcp_server_2": {own, `{"properties":{"mcp_server":{}}}`},
		"mcp_server_3": {own, `{"properties":{"mcp_server":{}},"required":["mcp_server_2"]}`},
	}
	for want, schemas := range tests {
		entry, r := described(t, schemas...)
		if entry.Parameter != want {
			t.Errorf("%v: %q, want %q", schemas, entry.Parameter, want)
		}
		_, rest, err := r.Pick(json.RawMessage(`{"server":"mine","` + want + `":"b"}`))
		if want != "server" && (err != nil || string(rest) != `{"server":"mine"}`) {
			t.Errorf("%s: %s, %v", want, rest, err)
		}
	}
}

func TestOneServerNeedsNoParameter(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("a", "t")}, catalog.Choices{Tools: map[string]catalog.Choice{"t": catalog.Describe}})
	r, err := c.Resolve("t")
	if err != nil || r.Parameter != "" || strings.Contains(string(c.Entries()[0].Schema), "server") {
		t.Errorf("%+v, %v: %s", r, err, c.Entries()[0].Schema)
	}
	arguments := json.RawMessage(`{ "server" : 1 }`)
	if tool, rest, err := r.Pick(arguments); err != nil || tool.ID.Server != "a" || string(rest) != string(arguments) {
		t.Errorf("%v %s %v", tool.ID, rest, err)
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("my-notes", "t"), offer("files", "t"), offer("Web", "t"), offer("web", "t")}, catalog.Choices{Default: catalog.Describe})
	r, err := c.Resolve("t")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ arguments, server, rest, fault string }{
		{`{"server":"files","q":1}`, "files", `{"q":1}`, ""},
		{` { "q" : 1.50 , "server" : "files" , "r":{"server": "x"} } `, "files", `{"q" : 1.50,"r":{"server": "x"}}`, ""},
		{`{"s\u0065rver":"files"}`, "files", `{}`, ""},
		{`{"a":"\u003c","a":2,"server":"my-notes"}`, "my-notes", `{"a":"\u003c","a":2}`, ""},
		{`{"server":"My_Notes"}`, "my-notes", `{}`, ""},
		{`{"server":"Web"}`, "Web", `{}`, ""},
		{`{"server":"WEB"}`, "", "", "it was WEB"},
		{`{"server":"mail"}`, "", "", `one of "Web", "files", "my-notes", "web"; it was mail`},
		{`{"server":["files"]}`, "", "", `it was ["files"]`},
		{`{"server":null}`, "", "", "it was missing"},
		{`{"q":1}`, "", "", "it was missing"},
		{``, "", "", "it was missing"},
		{`{"server":"files","server":"web"}`, "", "", "twice"},
		{`["server"]`, "", "", "not a JSON object"},
		{`{"server":"files"} {}`, "", "", "not a JSON object"},
		{`{"server":"files",}`, "", "", "not a JSON object"},
	}
	for _, test := range tests {
		tool, rest, err := r.Pick(json.RawMessage(test.arguments))
		if test.fault != "" {
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("%s: %v, want %q", test.arguments, err, test.fault)
			}
			continue
		}
		if err != nil || tool.ID.Server != test.server || string(rest) != test.rest {
			t.Errorf("%s: %s, %s, %v", test.arguments, tool.ID.Server, rest, err)
		}
	}
	_, _, err = r.Pick(json.RawMessage(`{"server":"a\u001b[2Jb"}`))
	var pick *catalog.PickError
	if !errors.As(err, &pick) || pick.Name != "t" || len(pick.Servers) != 4 || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("%v", err)
	}
}

func FuzzPick(f *testing.F) {
	for _, seed := range []string{`{"server":"a","q":1}`, `{"q":[{"server":"b"}],"server":"b"}`, `{"server":"a","server":"a"}`, ` {}`, `{"\u0073erver":"a"}`, `{"a":"\ud800"}`} {
		f.Add([]byte(seed))
	}
	c := catalog.Build([]catalog.Offer{offer("a", "t"), offer("b", "t")}, catalog.Choices{Default: catalog.Describe})
	r, err := c.Resolve("t")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, arguments []byte) {
		before := slices.Clone(arguments)
		tool, rest, err := r.Pick(arguments)
		if !slices.Equal(before, arguments) {
			t.Fatal("the arguments were changed")
		}
		if err != nil {
			return
		}
		var said, kept map[string]json.RawMessage
		if json.Unmarshal(arguments, &said) != nil || json.Unmarshal(rest, &kept) != nil {
			t.Fatalf("%q gives %q", arguments, rest)
		}
		delete(said, "server")
		if tool.ID.Server == "" || !maps.EqualFunc(said, kept, func(a, b json.RawMessage) bool { return string(a) == string(b) }) {
			t.Fatalf("%q gives %q", arguments, rest)
		}
	})
}
