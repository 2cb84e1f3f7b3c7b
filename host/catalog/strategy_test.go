package catalog_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/catalog"
)

// three servers that all offer search; the configuration has them in the order
// notes, files, web.
func three() []catalog.Offer {
	files, notes, web := offer("files", "search"), offer("notes", "search"), offer("web", "search")
	notes.Place, files.Place, web.Place = 0, 1, 2
	return []catalog.Offer{files, notes, web}
}

func TestStrategies(t *testing.T) {
	t.Parallel()
	const shared = "files/search notes/search web/search"
	prefixed := map[string]string{"files__search": "files/search", "notes__search": "notes/search", "web__search": "web/search"}
	search := catalog.ID{Server: "files", Tool: "search"}
	set := func(pairs ...string) map[string]catalog.Choice {
		choices := map[string]catalog.Choice{}
		for i := 0; i < len(pairs); i += 2 {
			choices[pairs[i]] = catalog.Choice(pairs[i+1])
		}
		return choices
	}
	tests := []struct {
		name    string
		choices catalog.Choices
		want    map[string]string
		reason  string // of the clash
	}{
		{"ask", catalog.Choices{}, map[string]string{"search": shared}, "the default"},
		{"namespace", catalog.Choices{Default: "namespace"}, prefixed, "the default"},
		{"priority", catalog.Choices{Default: "priority"}, map[string]string{"search": "notes/search"}, "the default"},
		{"priority in an order", catalog.Choices{Default: "priority", Order: []string{"web", "files"}}, map[string]string{"search": "web/search"}, "the default"},
		{"an order of others", catalog.Choices{Default: "priority", Order: []string{"gone"}}, map[string]string{"search": "notes/search"}, "the default"},
		{"describe", catalog.Choices{Default: "describe"}, map[string]string{"search": shared}, "the default"},
		{"a name beats the default", catalog.Choices{Default: "priority", Tools: set("search", "namespace")}, prefixed, "set for this name"},
		{
			"a name beats a server",
			catalog.Choices{Servers: set("files", "namespace"), Tools: set("search", "server:files")},
			map[string]string{"search": "files/search"},
			"set for this name",
		},
		{
			"a server beats the default",
			catalog.Choices{Default: "namespace", Servers: set("files", "priority")},
			map[string]string{"search": "notes/search"},
			"set for the server files",
		},
		{
			"a server that is always prefixed",
			catalog.Choices{Servers: set("files", "namespace")},
			map[string]string{"files__search": "files/search", "search": "notes/search web/search"},
			"the default",
		},
		{
			"of two servers' strategies the more careful",
			catalog.Choices{Default: "namespace", Servers: set("files", "priority", "web", "describe")},
			map[string]string{"search": shared},
			"set for the server web",
		},
		{
			"a server's strategy that is none",
			catalog.Choices{Default: "priority", Servers: set("files", "server:web")},
			map[string]string{"search": "notes/search"},
			"the default",
		},
		{
			"an alias",
			catalog.Choices{Aliases: map[catalog.ID]string{search: "grep"}},
			map[string]string{"grep": "files/search", "search": "notes/search web/search"},
			"the default",
		},
		{
			"hidden",
			catalog.Choices{Hidden: map[catalog.ID]bool{search: true}, Aliases: map[catalog.ID]string{search: "grep"}},
			map[string]string{"search": "notes/search web/search"},
			"the default",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := catalog.Build(three(), test.choices)
			if got := offered(c); !maps.Equal(got, test.want) {
				t.Errorf("offered %v\nwant %v", got, test.want)
			}
			if clashes := c.Clashes(); len(clashes) != 1 || clashes[0].Reason != test.reason {
				t.Errorf("clashes %+v", clashes)
			}
		})
	}
}

func TestPriorityTellsWhatItShadows(t *testing.T) {
	t.Parallel()
	c := catalog.Build(three(), catalog.Choices{Default: catalog.Priority, Order: []string{"web"}})
	var got []string
	for _, s := range c.Shadowed() {
		got = append(got, s.Tool.ID.String()+": "+s.Reason)
	}
	const reason = ": the name goes to web, which comes first in the order"
	if want := []string{"files/search" + reason, "notes/search" + reason}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestTheSameServerConfiguredTwice(t *testing.T) {
	t.Parallel()
	tests := []struct {
		endpoints []string
		same      bool
	}{
		{[]string{"x", "x"}, true},
		{[]string{"x", "y"}, false},
		{[]string{"", ""}, false},
		{[]string{"x", "x", "y"}, false},
	}
	for _, test := range tests {
		var all []catalog.Offer
		for i, endpoint := range test.endpoints {
			o := offer(string(rune('a'+i)), "t")
			o.Endpoint = endpoint
			all = append(all, o)
		}
		if got := catalog.Build(all, catalog.Choices{}).Clashes()[0].SameEndpoint; got != test.same {
			t.Errorf("%v: %v", test.endpoints, got)
		}
	}
}

// TestADefaultRenamesNothingElse holds that names which do not clash stay when the
// default changes.
func TestADefaultRenamesNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := offers().Draw(t, "offers")
		chosen := choices(all, true).Draw(t, "choices")
		before := catalog.Build(all, chosen)
		chosen.Default = rapid.SampledFrom(catalog.Strategies()).Draw(t, "another default")
		after := offered(catalog.Build(all, chosen))
		clashing := map[string]bool{}
		for _, clash := range before.Clashes() {
			clashing[clash.Name] = true
		}
		for _, e := range before.Entries() {
			if !clashing[e.Tools[0].ID.Tool] && after[e.Name] != owners(e.Tools) {
				t.Fatalf("%s led to %s and leads to %q", e.Name, owners(e.Tools), after[e.Name])
			}
		}
	})
}

// TestAnAliasAndHidingAreReversible holds that taking them back gives the names of
// before, and that meanwhile nothing else has another name.
func TestAnAliasAndHidingAreReversible(t *testing.T) {
	t.Parallel()
	search := catalog.ID{Server: "files", Tool: "search"}
	plain := offered(catalog.Build(three(), catalog.Choices{Default: catalog.Namespace}))
	for name, choices := range map[string]catalog.Choices{
		"alias": {Default: catalog.Namespace, Aliases: map[catalog.ID]string{search: "grep"}},
		"hide":  {Default: catalog.Namespace, Hidden: map[catalog.ID]bool{search: true}},
	} {
		changed := offered(catalog.Build(three(), choices))
		for listed, tool := range plain {
			if tool != "files/search" && changed[listed] != tool {
				t.Errorf("%s: %s is lost: %v", name, listed, changed)
			}
		}
		choices.Aliases, choices.Hidden = nil, nil
		if again := offered(catalog.Build(three(), choices)); !maps.Equal(again, plain) {
			t.Errorf("%s: %v afterwards", name, again)
		}
	}
}

func TestStanding(t *testing.T) {
	t.Parallel()
	all := append(three(), offer("x", "search", "lone", "broken", "read"))
	all[3].Tools[2].Schema = []byte(`3`)
	build := func(choices catalog.Choices) *catalog.Catalog { return catalog.Build(all, choices) }
	own := map[catalog.ID]string{{Server: "web", Tool: "search"}: "find", {Server: "x", Tool: "lone"}: "read"}
	tests := []struct {
		choices  catalog.Choices
		id, name string
		why      string
	}{
		{catalog.Choices{}, "x/lone", "lone", ""},
		{catalog.Choices{}, "x/search", "search", "you pick the server"},
		{catalog.Choices{}, "x/broken", "", "set aside: its input schema is unusable: it is not a JSON object"},
		{catalog.Choices{}, "x/none", "", ""},
		{catalog.Choices{Default: catalog.Describe}, "x/search", "search", "the model picks the server by the parameter server"},
		{catalog.Choices{Default: catalog.Namespace}, "x/search", "x__search", "search is also offered by files, notes, web"},
		{catalog.Choices{Default: catalog.Priority}, "notes/search", "search", "the name goes to this server"},
		{catalog.Choices{Default: catalog.Priority}, "x/search", "", "the name goes to notes"},
		{catalog.Choices{Aliases: own}, "web/search", "find", "a name of your own"},
		{catalog.Choices{Aliases: own}, "x/lone", "read", "its alias read is also the name of x/read"},
		{catalog.Choices{Hidden: map[catalog.ID]bool{{Server: "x", Tool: "lone"}: true}}, "x/lone", "", "you chose never to offer it"},
	}
	for _, test := range tests {
		id, err := catalog.ParseID(test.id)
		if err != nil {
			t.Fatal(err)
		}
		name, why := build(test.choices).Standing(id)
		if name != test.name || !strings.HasPrefix(why, test.why) || test.why == "" && why != "" {
			t.Errorf("%s is %q: %s\nwant %q: %s", test.id, name, why, test.name, test.why)
		}
	}
}
