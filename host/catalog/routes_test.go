package catalog_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/catalog"
)

// later builds a catalogue after the model was given one of some offers.
func later(first []catalog.Offer, choices catalog.Choices, then []catalog.Offer) *catalog.Catalog {
	choices.Held = choices.Held.With(catalog.Build(first, choices))
	return catalog.Build(then, choices)
}

// leads says where a call to a name goes, as text.
func leads(c *catalog.Catalog, name string) string {
	r, err := c.Resolve(name)
	var absent *catalog.AbsentError
	switch {
	case errors.As(err, &absent):
		return "kept for " + absent.Server
	case err != nil:
		return "unknown"
	case r.Open:
		return "open: " + owners(r.Tools)
	}
	return owners(r.Tools)
}

func TestANewcomerUnderEachStrategy(t *testing.T) {
	t.Parallel()
	a, b := offer("a", "search"), offer("b", "search")
	b.Place = -1 // before a in the configuration
	tests := []struct {
		name    string
		choices catalog.Choices
		leads   string // where the promised name goes
		offered map[string]string
		holder  string // while it is asked about
	}{
		{"ask", catalog.Choices{}, "a/search", map[string]string{"search": "a/search"}, "a"},
		{
			"namespace",
			catalog.Choices{Default: catalog.Namespace},
			"a/search",
			map[string]string{"a__search": "a/search", "b__search": "b/search"},
			"",
		},
		{
			"priority by the order of the configuration",
			catalog.Choices{Default: catalog.Priority},
			"a/search",
			map[string]string{"search": "a/search"},
			"a",
		},
		{
			"priority by an order that names the newcomer",
			catalog.Choices{Default: catalog.Priority, Order: []string{"b"}},
			"b/search",
			map[string]string{"search": "b/search"},
			"",
		},
		{
			"priority by an order that names who came first",
			catalog.Choices{Default: catalog.Priority, Order: []string{"a"}},
			"a/search",
			map[string]string{"search": "a/search"},
			"",
		},
		{
			"describe",
			catalog.Choices{Default: catalog.Describe},
			"a/search b/search",
			map[string]string{"search": "a/search b/search"},
			"",
		},
		{
			"ask at each call",
			catalog.Choices{Default: catalog.AskEachCall},
			"a/search b/search",
			map[string]string{"search": "a/search b/search"},
			"",
		},
		{
			"the newcomer is always prefixed",
			catalog.Choices{Servers: map[string]catalog.Choice{"b": catalog.Namespace}},
			"a/search",
			map[string]string{"search": "a/search", "b__search": "b/search"},
			"",
		},
		{
			"the newcomer's alias is the name",
			catalog.Choices{Aliases: map[catalog.ID]string{{Server: "b", Tool: "search"}: "search"}},
			"a/search",
			map[string]string{"search": "a/search"},
			"a",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := later([]catalog.Offer{a}, test.choices, []catalog.Offer{a, b})
			if got := leads(c, "search"); got != test.leads {
				t.Errorf("the name leads to %q, want %q", got, test.leads)
			}
			if got := offered(c); !maps.Equal(got, test.offered) {
				t.Errorf("offered %v, want %v", got, test.offered)
			}
			holder := ""
			for _, clash := range c.Clashes() {
				holder = clash.Holder
				if clash.Open() != (test.holder != "") {
					t.Errorf("open: %v", clash.Open())
				}
			}
			if holder != test.holder {
				t.Errorf("held by %q, want %q", holder, test.holder)
			}
		})
	}
}

func TestNamesBeforeAnyPromiseDoNotDependOnWhoCameFirst(t *testing.T) {
	t.Parallel()
	a, b := offer("a", "search"), offer("b", "search")
	b.Place = -1
	c := catalog.Build([]catalog.Offer{a, b}, catalog.Choices{Default: catalog.Priority})
	if got := leads(c, "search"); got != "b/search" {
		t.Errorf("the first of the configuration is passed over for %s", got)
	}
}

func TestANameWhoseToolIsGoneGoesToNobodyElse(t *testing.T) {
	t.Parallel()
	a, b := offer("a", "search"), offer("b", "search")
	c := later([]catalog.Offer{a}, catalog.Choices{}, []catalog.Offer{offer("a", "other"), b})
	if got := leads(c, "search"); got != "kept for a" {
		t.Errorf("the name leads to %q", got)
	}
	if got := offered(c)["b__search"]; got != "b/search" {
		t.Errorf("the other tool is not offered under its prefix: %v", offered(c))
	}
	back := later([]catalog.Offer{a}, catalog.Choices{}, []catalog.Offer{a, b})
	if got := leads(back, "search"); got != "a/search" {
		t.Errorf("the name leads to %q once the tool is back", got)
	}
}

func TestCleverNamesTakeNothing(t *testing.T) {
	t.Parallel()
	long := "a_tool_name_that_is_longer_than_sixty_four_characters_for_no_good_reason_"
	tests := []struct {
		name      string
		first     []catalog.Offer
		newcomers []catalog.Offer
		strategy  catalog.Choice
	}{
		{"the same after cleaning", []catalog.Offer{offer("a", "get_it")}, []catalog.Offer{offer("b", "get.it")}, catalog.Ask},
		{"the same after cutting", []catalog.Offer{offer("a", long+"1")}, []catalog.Offer{offer("b", long+"2")}, catalog.Ask},
		{"the separator in a server's name", []catalog.Offer{offer("a", "b__c"), offer("z", "b__c")}, []catalog.Offer{offer("a__b", "c"), offer("y", "c")}, catalog.Namespace},
		{"a raw name that is another's prefixed one", []catalog.Offer{offer("a", "c"), offer("z", "c")}, []catalog.Offer{offer("b", "a__c")}, catalog.Namespace},
		{"servers that look alike", []catalog.Offer{offer("my srv", "c"), offer("z", "c")}, []catalog.Offer{offer("my_srv", "c")}, catalog.Namespace},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			choices := catalog.Choices{Default: test.strategy}
			before := catalog.Build(test.first, choices)
			for _, all := range [][]catalog.Offer{slices.Concat(test.first, test.newcomers), test.newcomers} {
				after := later(test.first, choices, all)
				for name, was := range offered(before) {
					if got := leads(after, name); got != was && got != "kept for "+test.first[0].Server && got != "kept for "+test.first[len(test.first)-1].Server {
						t.Errorf("%s led to %s and leads to %s", name, was, got)
					}
				}
			}
			after := later(test.first, choices, slices.Concat(test.first, test.newcomers))
			for _, o := range test.newcomers {
				for _, tool := range o.Tools {
					if name, why := after.Standing(catalog.ID{Server: o.Server, Tool: tool.ID.Tool}); name == "" {
						t.Errorf("%s is not offered: %s", tool.ID.Tool, why)
					}
				}
			}
		})
	}
}

func TestAPromisedNameStaysListedWhenANewcomerLooksLikeIt(t *testing.T) {
	t.Parallel()
	c := later([]catalog.Offer{offer("a", "get_it")}, catalog.Choices{}, []catalog.Offer{offer("a", "get_it"), offer("b", "get.it")})
	if got := offered(c)["get_it"]; got != "a/get_it" {
		t.Errorf("offered %v", offered(c))
	}
}

func TestReservedNames(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("a", "find_tools", "find.tools")}, catalog.Choices{Reserved: []string{"find_tools"}})
	for name := range offered(c) {
		if !tailed.MatchString(name) {
			t.Errorf("%s has no tail", name)
		}
	}
	if len(c.Entries()) != 2 {
		t.Errorf("offered %v", offered(c))
	}
}

func TestAChoiceOfThePersonMovesAPromisedName(t *testing.T) {
	t.Parallel()
	a, b := offer("a", "search"), offer("b", "search")
	held := catalog.Routes(nil).With(catalog.Build([]catalog.Offer{a}, catalog.Choices{}))
	c := catalog.Build([]catalog.Offer{a, b}, catalog.Choices{
		Held: held, Tools: map[string]catalog.Choice{"search": catalog.Server("b")},
	})
	if got := leads(c, "search"); got != "b/search" {
		t.Errorf("the name leads to %q", got)
	}
	if held = held.With(c); !slices.Equal(held["search"], []catalog.ID{{Server: "b", Tool: "search"}}) {
		t.Errorf("held %v", held)
	}
}

func TestAPromiseOfAToolThatIsWithheldEnds(t *testing.T) {
	t.Parallel()
	first := []catalog.Offer{offer("a", "search")}
	held := catalog.Routes(nil).With(catalog.Build(first, catalog.Choices{}))
	id := catalog.ID{Server: "a", Tool: "search"}
	for name, choices := range map[string]catalog.Choices{
		"hidden": {Hidden: map[catalog.ID]bool{id: true}},
		"denied": {Denied: func(other catalog.ID) bool { return other == id }},
	} {
		choices.Held = held
		if got := leads(catalog.Build(first, choices), "search"); got != "unknown" {
			t.Errorf("%s: the name leads to %s", name, got)
		}
	}
}

func TestRoutesForgetAServer(t *testing.T) {
	t.Parallel()
	held := catalog.Routes(nil).With(catalog.Build([]catalog.Offer{offer("a", "x", "y"), offer("b", "y")}, catalog.Choices{}))
	rest := held.Without("a")
	if len(rest) != 1 || len(rest["y"]) != 1 || len(held["y"]) != 2 || len(held) != 2 {
		t.Errorf("%v of %v", rest, held)
	}
}

// TestNothingTakesAPromisedName holds over any change of servers and tools that a
// name which stood for one tool never comes to stand for one other.
func TestNothingTakesAPromisedName(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := offers().Draw(t, "first")
		second := offers().Draw(t, "second")
		third := offers().Draw(t, "third")
		chosen := choices(slices.Concat(first, second), false).Draw(t, "choices")
		before := catalog.Build(first, chosen)
		chosen.Held = chosen.Held.With(before)
		between := catalog.Build(second, chosen)
		chosen.Held = chosen.Held.With(between)
		after := catalog.Build(third, chosen)
		for _, e := range before.Entries() {
			for _, c := range []*catalog.Catalog{between, after} {
				r, err := c.Resolve(e.Name)
				if len(e.Tools) == 1 && err == nil && r.Name == e.Name && len(r.Tools) == 1 && r.Tools[0].ID != e.Tools[0].ID {
					t.Fatalf("%s led to %s and leads to %s", e.Name, owners(e.Tools), owners(r.Tools))
				}
			}
		}
		checkNames(t, after, chosen)
		checkNothingLost(t, after, third)
	})
}

// TestPromisedNamesStay holds that what was offered alone keeps its listed name
// whoever else comes, when the strategy is such that only the looks of names count.
func TestPromisedNamesStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := offers().Draw(t, "first")
		known := map[string]bool{}
		for _, o := range first {
			known[o.Server] = true
		}
		newcomers := slices.DeleteFunc(offers().Draw(t, "newcomers"), func(o catalog.Offer) bool { return known[o.Server] })
		all := slices.Concat(first, newcomers)
		strategy := map[string]catalog.Choice{}
		for _, o := range all {
			strategy[o.Server] = catalog.Namespace
		}
		chosen := rapid.SampledFrom([]catalog.Choices{{}, {Servers: strategy}}).Draw(t, "choices")
		before := catalog.Build(first, chosen)
		after := later(first, chosen, all)
		for name, was := range namesOf(before) {
			if got := namesOf(after)[name]; got != was {
				t.Fatalf("%s was %s and is %q", name, was, got)
			}
		}
	})
}
