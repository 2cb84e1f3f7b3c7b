package catalog_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// offer makes a ready server with tools of these raw names.
func offer(server string, tools ...string) catalog.Offer {
	o := catalog.Offer{Server: server, Ready: true}
	for _, name := range tools {
		o.Tools = append(o.Tools, catalog.Tool{
			ID:          catalog.ID{Tool: name},
			Description: clean.Foreign(name + " by " + server),
			Schema:      json.RawMessage(`{"type":"object","properties":{}}`),
			Hints:       catalog.DefaultHints(),
		})
	}
	return o
}

// offered maps each offered name to the tools behind it, as text.
func offered(c *catalog.Catalog) map[string]string {
	names := map[string]string{}
	for _, e := range c.Entries() {
		names[e.Name] = owners(e.Tools)
	}
	return names
}

func owners(tools []catalog.Tool) string {
	var ids []string
	for _, t := range tools {
		ids = append(ids, t.ID.String())
	}
	return strings.Join(ids, " ")
}

func TestNames(t *testing.T) {
	t.Parallel()
	files, notes := offer("files", "read", "search"), offer("notes", "add", "search")
	choose := func(c catalog.Choice) catalog.Choices {
		return catalog.Choices{Tools: map[string]catalog.Choice{"search": c}}
	}
	tests := []struct {
		name       string
		offers     []catalog.Offer
		choices    catalog.Choices
		want       map[string]string
		unresolved []string
	}{
		{"nothing", nil, catalog.Choices{}, map[string]string{}, nil},
		{"no clash", []catalog.Offer{files}, catalog.Choices{}, map[string]string{"read": "files/read", "search": "files/search"}, nil},
		{
			"undecided",
			[]catalog.Offer{files, notes},
			catalog.Choices{},
			map[string]string{"read": "files/read", "add": "notes/add", "search": "files/search notes/search"},
			[]string{"search"},
		},
		{
			"ask beats a default",
			[]catalog.Offer{files, notes},
			catalog.Choices{Default: catalog.Namespace, Tools: map[string]catalog.Choice{"search": catalog.Ask}},
			map[string]string{"read": "files/read", "add": "notes/add", "search": "files/search notes/search"},
			[]string{"search"},
		},
		{
			"namespace by default",
			[]catalog.Offer{files, notes},
			catalog.Choices{Default: catalog.Namespace},
			map[string]string{"read": "files/read", "add": "notes/add", "files__search": "files/search", "notes__search": "notes/search"},
			nil,
		},
		{
			"namespace by choice, also alone",
			[]catalog.Offer{files},
			choose(catalog.Namespace),
			map[string]string{"read": "files/read", "files__search": "files/search"},
			nil,
		},
		{
			"one server",
			[]catalog.Offer{files, notes},
			choose(catalog.Server("notes")),
			map[string]string{"read": "files/read", "add": "notes/add", "search": "notes/search"},
			nil,
		},
		{
			"one server that is away",
			[]catalog.Offer{files},
			choose(catalog.Server("notes")),
			map[string]string{"read": "files/read"},
			nil,
		},
		{
			"ask each call",
			[]catalog.Offer{files, notes},
			choose(catalog.AskEachCall),
			map[string]string{"read": "files/read", "add": "notes/add", "search": "files/search notes/search"},
			nil,
		},
		{
			"what is no choice is asked",
			[]catalog.Offer{files, notes},
			choose("whatever"),
			map[string]string{"read": "files/read", "add": "notes/add", "search": "files/search notes/search"},
			[]string{"search"},
		},
		{
			"an owner is no default",
			[]catalog.Offer{files, notes},
			catalog.Choices{Default: catalog.Server("files")},
			map[string]string{"read": "files/read", "add": "notes/add", "search": "files/search notes/search"},
			[]string{"search"},
		},
		{
			"a denied tool does not clash",
			[]catalog.Offer{files, notes},
			catalog.Choices{Denied: func(id catalog.ID) bool { return id.String() == "notes/search" }},
			map[string]string{"read": "files/read", "add": "notes/add", "search": "files/search"},
			nil,
		},
		{
			"names that no model takes",
			[]catalog.Offer{offer("my server", "get.it", "a/b", "日本"), offer("x", "get.it")},
			catalog.Choices{Default: catalog.Namespace},
			map[string]string{"a_b": "my server/a/b", "__": "my server/日本", "my_server__get_it": "my server/get.it", "x__get_it": "x/get.it"},
			nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := catalog.Build(test.offers, test.choices)
			if got := offered(c); !reflect.DeepEqual(got, test.want) {
				t.Errorf("offered %v\nwant %v", got, test.want)
			}
			if got := c.Unresolved(); !slices.Equal(got, test.unresolved) {
				t.Errorf("unresolved %v, want %v", got, test.unresolved)
			}
		})
	}
}

func TestClashes(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("b", "get", "put", "own"), offer("a", "put", "get")}, catalog.Choices{
		Tools: map[string]catalog.Choice{"put": catalog.Server("a"), "own": catalog.Namespace},
	})
	clashes := c.Clashes()
	if len(clashes) != 2 {
		t.Fatalf("got %+v", clashes)
	}
	get, put := clashes[0], clashes[1]
	if get.Name != "get" || get.Choice != catalog.Ask || !get.Open() || owners(get.Tools) != "a/get b/get" {
		t.Errorf("got %+v", get)
	}
	if !slices.Equal(get.Prefixed, []string{"a__get", "b__get"}) {
		t.Errorf("prefixed: %v", get.Prefixed)
	}
	if put.Name != "put" || put.Choice != catalog.Server("a") || put.Open() {
		t.Errorf("got %+v", put)
	}
}

func TestShadowed(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("b", "get", "put", "rm"), offer("a", "put", "get")}, catalog.Choices{
		Tools:  map[string]catalog.Choice{"put": catalog.Server("a"), "get": catalog.Server("gone")},
		Denied: func(id catalog.ID) bool { return id.Tool == "rm" },
	})
	want := []string{
		"a/get: the name is kept for gone, which does not offer it now",
		"b/get: the name is kept for gone, which does not offer it now",
		"b/put: the name goes to a",
		"b/rm: a rule denies every call to it",
	}
	var got []string
	for _, s := range c.Shadowed() {
		got = append(got, s.Tool.ID.String()+": "+s.Reason)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if _, ok := c.Lookup(catalog.ID{Server: "b", Tool: "put"}); !ok {
		t.Error("a shadowed tool cannot be looked up")
	}
}

func TestProblemsCostOnlyThemselves(t *testing.T) {
	t.Parallel()
	bad := offer("s", "", "good", "a\x1b[2J", "zero\u200bwidth", "\xff", strings.Repeat("x", 129), "good", strings.Repeat("y", 128))
	bad.Tools = append(bad.Tools,
		catalog.Tool{ID: catalog.ID{Tool: "text"}, Schema: json.RawMessage(`"object"`)},
		catalog.Tool{ID: catalog.ID{Tool: "string"}, Schema: json.RawMessage(`{"type":"string"}`)},
		catalog.Tool{ID: catalog.ID{Tool: "broken"}, Schema: json.RawMessage(`{"type":`)},
		catalog.Tool{ID: catalog.ID{Tool: "listed"}, Schema: json.RawMessage(`{"properties":[]}`)},
		catalog.Tool{ID: catalog.ID{Tool: "counted"}, Schema: json.RawMessage(`{"required":3}`)},
	)
	c := catalog.Build([]catalog.Offer{bad, offer("t", "fine")}, catalog.Choices{})
	wants := []string{
		"it has no name", "cannot be seen", "cannot be seen", "cannot be seen", "129 bytes", "twice",
		"not a JSON object", "type is not object", "reading it as JSON", "reading properties", "reading required",
	}
	problems := c.Problems()
	if len(problems) != len(wants) {
		t.Fatalf("got %v", problems)
	}
	for i, want := range wants {
		text := problems[i].Error()
		if !strings.Contains(text, want) || !strings.HasPrefix(text, "s: tool ") || clean.Line(text) != text {
			t.Errorf("problem %d is %q, want %q", i, text, want)
		}
	}
	if got := len(c.Entries()); got != 3 {
		t.Errorf("%d tools are offered, want good, y… and fine: %v", got, offered(c))
	}
	if tool, _ := c.Lookup(catalog.ID{Server: "s", Tool: "good"}); tool.Description.Raw() != "good by s" {
		t.Errorf("the first of two did not count: %+v", tool)
	}
}

func TestTheSameServerTwice(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("s", "one"), offer("s", "two")}, catalog.Choices{})
	if got := offered(c); !reflect.DeepEqual(got, map[string]string{"one": "s/one"}) {
		t.Errorf("got %v", got)
	}
}

func TestTheServerOfAToolIsItsOffer(t *testing.T) {
	t.Parallel()
	o := offer("honest", "t")
	o.Tools[0].ID.Server = "somebody else"
	c := catalog.Build([]catalog.Offer{o}, catalog.Choices{})
	if got := offered(c)["t"]; got != "honest/t" {
		t.Errorf("got %q", got)
	}
	if o.Tools[0].ID.Server != "somebody else" {
		t.Error("the caller's tools were changed")
	}
}

func TestListsAreCopies(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("a", "t", "u"), offer("b", "t", "")}, catalog.Choices{
		Tools: map[string]catalog.Choice{"u": catalog.Server("b")},
	})
	c.Entries()[0].Name = "changed"
	c.Clashes()[0].Name = "changed"
	c.Shadowed()[0].Reason = "changed"
	c.Problems()[0].Message = "changed"
	if c.Entries()[0].Name != "t" || c.Clashes()[0].Name != "t" || c.Shadowed()[0].Reason == "changed" || c.Problems()[0].Message == "changed" {
		t.Error("a caller changed the catalogue")
	}
}

func BenchmarkBuild(b *testing.B) {
	var offers []catalog.Offer
	for s := range 40 {
		var tools []string
		for i := range 50 {
			tools = append(tools, fmt.Sprintf("tool_%d_%d", s/2, i))
		}
		offers = append(offers, offer(fmt.Sprint("server", s), tools...))
	}
	b.ReportAllocs()
	for b.Loop() {
		catalog.Build(offers, catalog.Choices{})
	}
}
