package catalog_test

import (
	"maps"
	"strings"
	"testing"

	"switchboard/host/catalog"
)

func TestCheckingANameOfOnesOwn(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("a", "search", "lone"), offer("b", "search", "get.it")}, catalog.Choices{
		Default: catalog.Namespace, Reserved: []string{"find_tools"},
		Tools: map[string]catalog.Choice{"pay": catalog.Server("bank")},
	})
	id := catalog.ID{Server: "a", Tool: "search"}
	for alias, want := range map[string]string{
		"grep":                  "",
		"search":                "", // nobody's under namespace
		"a__search":             "", // its own
		"Find-1_x":              "",
		"":                      "cannot be",
		"two words":             "cannot be",
		"naïve":                 "cannot be",
		strings.Repeat("x", 65): "1 to 64",
		"x\x1b[2J":              "cannot be",
		"get_0123456789ab":      "ends like",
		"find_tools":            "Switchboard's own",
		"lone":                  "taken by a/lone",
		"b__search":             "taken by b/search",
		"get_it":                "taken by b/get.it",
		"pay":                   "taken by bank/pay",
	} {
		err := c.Names().Check(id, alias)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", alias, err, want)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\n") {
			t.Errorf("%q: the error is not safe to show", alias)
		}
	}
}

func TestAliasesInTheWay(t *testing.T) {
	t.Parallel()
	search, read := catalog.ID{Server: "a", Tool: "search"}, catalog.ID{Server: "b", Tool: "read"}
	tests := []struct {
		name     string
		aliases  map[catalog.ID]string
		held     []catalog.Offer // what the model was given before
		want     map[string]string
		problems []string
	}{
		{"free", map[catalog.ID]string{search: "grep"}, nil, map[string]string{"grep": "a/search", "read": "b/read"}, nil},
		{
			"the same for two",
			map[catalog.ID]string{search: "x", read: "x"},
			nil,
			map[string]string{"search": "a/search", "read": "b/read"},
			[]string{"a: tool \"search\": its alias is not used: b/read was given the same name, x", "b: tool \"read\": its alias is not used: a/search was given the same name, x"},
		},
		{
			"no name for a model",
			map[catalog.ID]string{search: "a b"},
			nil,
			map[string]string{"search": "a/search", "read": "b/read"},
			[]string{"cannot be a tool's name"},
		},
		{
			"reserved",
			map[catalog.ID]string{search: "find_tools"},
			nil,
			map[string]string{"search": "a/search", "read": "b/read"},
			[]string{"Switchboard's own"},
		},
		{
			"promised to another",
			map[catalog.ID]string{search: "read"},
			[]catalog.Offer{offer("b", "read")},
			map[string]string{"search": "a/search", "read": "b/read"},
			[]string{"its alias is not used: in this session read already stands for b/read"},
		},
		{"of a tool that is not there", map[catalog.ID]string{{Server: "c", Tool: "t"}: "read"}, nil, map[string]string{"search": "a/search", "read": "b/read"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := catalog.Build([]catalog.Offer{offer("a", "search"), offer("b", "read")}, catalog.Choices{
				Aliases: test.aliases, Reserved: []string{"find_tools"},
				Held: catalog.Routes(nil).With(catalog.Build(test.held, catalog.Choices{})),
			})
			if got := offered(c); !maps.Equal(got, test.want) {
				t.Errorf("offered %v", got)
			}
			problems := c.Problems()
			if len(problems) != len(test.problems) {
				t.Fatalf("problems %v", problems)
			}
			for i, want := range test.problems {
				if !problems[i].Offered || !strings.Contains(problems[i].Error(), want) {
					t.Errorf("problem %v, want %q", problems[i], want)
				}
			}
		})
	}
}

func TestAnAliasThatIsAnothersNameIsTold(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("a", "search"), offer("b", "read")}, catalog.Choices{
		Aliases: map[catalog.ID]string{{Server: "a", Tool: "search"}: "read"},
	})
	name, _ := c.Standing(catalog.ID{Server: "b", Tool: "read"})
	if parts := tailed.FindStringSubmatch(name); parts == nil || parts[1] != "read" || offered(c)["read"] != "a/search" {
		t.Errorf("offered %v", offered(c))
	}
	p := c.Problems()
	if len(p) != 1 || !p[0].Offered || !strings.Contains(p[0].Error(), "read is also the name of b/read") || p[0].ID.String() != "a/search" {
		t.Errorf("problems %v", p)
	}
}

func TestANewcomerCannotTakeAnAlias(t *testing.T) {
	t.Parallel()
	choices := catalog.Choices{Aliases: map[catalog.ID]string{{Server: "a", Tool: "search"}: "grep"}}
	a := offer("a", "search")
	for _, c := range []*catalog.Catalog{
		catalog.Build([]catalog.Offer{a, offer("b", "grep")}, choices),
		later([]catalog.Offer{a}, choices, []catalog.Offer{a, offer("b", "grep")}),
	} {
		if got := leads(c, "grep"); got != "a/search" {
			t.Errorf("the alias leads to %s", got)
		}
	}
}

func TestParseID(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]catalog.ID{"a/b": {Server: "a", Tool: "b"}, "my files/x/y": {Server: "my files", Tool: "x/y"}, "a": {}, "/b": {}, "a/": {}, "": {}} {
		got, err := catalog.ParseID(text)
		if got != want || (err == nil) != (want != catalog.ID{}) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}
