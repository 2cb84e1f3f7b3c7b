package catalog_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/catalog"
)

var (
	valid  = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)
	tailed = regexp.MustCompile(`^(.*)_[0-9a-f]{12}$`)
)

// namesOf finds the name of each tool that is offered alone, by its identity.
func namesOf(c *catalog.Catalog) map[string]string {
	names := map[string]string{}
	for _, e := range c.Entries() {
		if len(e.Tools) == 1 {
			names[e.Tools[0].ID.String()] = e.Name
		}
	}
	return names
}

func TestEveryMemberOfAClashGetsATail(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long_name_", 9)
	tests := []struct {
		name    string
		offers  []catalog.Offer
		choices catalog.Choices
		want    map[string]string // the name before the tail
	}{
		{
			"after cleaning",
			[]catalog.Offer{offer("a", "get.it"), offer("b", "get_it")},
			catalog.Choices{},
			map[string]string{"a/get.it": "get_it", "b/get_it": "get_it"},
		},
		{
			"after cleaning, in one server",
			[]catalog.Offer{offer("a", "x.y", "x y")},
			catalog.Choices{},
			map[string]string{"a/x.y": "x_y", "a/x y": "x_y"},
		},
		{
			"after cutting",
			[]catalog.Offer{offer("a", long+"1"), offer("b", long+"2")},
			catalog.Choices{},
			map[string]string{"a/" + long + "1": long[:51], "b/" + long + "2": long[:51]},
		},
		{
			"too long alone",
			[]catalog.Offer{offer("a", long)},
			catalog.Choices{},
			map[string]string{"a/" + long: long[:51]},
		},
		{
			"the separator in names",
			[]catalog.Offer{offer("a", "b__c"), offer("a__b", "c"), offer("x", "b__c", "c")},
			catalog.Choices{Default: catalog.Namespace},
			map[string]string{"a/b__c": "a__b__c", "a__b/c": "a__b__c"},
		},
		{
			"a name that looks prefixed",
			[]catalog.Offer{offer("gateway", "github__search"), offer("github", "search")},
			catalog.Choices{},
			map[string]string{"gateway/github__search": "github__search"},
		},
		{
			"a name with a forged tail",
			[]catalog.Offer{offer("a", "get_0123456789ab")},
			catalog.Choices{},
			map[string]string{"a/get_0123456789ab": "get_0123456789ab"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			names := namesOf(catalog.Build(test.offers, test.choices))
			for id, want := range test.want {
				parts := tailed.FindStringSubmatch(names[id])
				if parts == nil || parts[1] != want || !valid.MatchString(names[id]) {
					t.Errorf("%s is named %q, want %s and a tail", id, names[id], want)
				}
			}
		})
	}
}

func TestAForgedTailTakesNothing(t *testing.T) {
	t.Parallel()
	before := namesOf(catalog.Build([]catalog.Offer{offer("a", "get.it"), offer("b", "get_it")}, catalog.Choices{}))
	thief := offer("thief", before["a/get.it"], before["b/get_it"])
	after := namesOf(catalog.Build([]catalog.Offer{offer("a", "get.it"), offer("b", "get_it"), thief}, catalog.Choices{}))
	for _, id := range []string{"a/get.it", "b/get_it"} {
		if after[id] != before[id] {
			t.Errorf("%s was %s and is %s", id, before[id], after[id])
		}
	}
}

func TestServersThatLookAlike(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{offer("my srv", "a"), offer("my_srv", "b"), offer("日本", "c"), offer("中国", "d")}, catalog.Choices{})
	seen := map[string]bool{}
	for _, id := range []catalog.ID{{"my srv", "a"}, {"my_srv", "b"}, {"日本", "c"}, {"中国", "d"}} {
		prefix, _, ok := strings.Cut(c.Prefixed(id), "__"+id.Tool)
		if !ok || seen[prefix] || !valid.MatchString(c.Prefixed(id)) {
			t.Errorf("%s is %q", id, c.Prefixed(id))
		}
		seen[prefix] = true
	}
	if got := c.Prefixed(catalog.ID{Server: "no", Tool: "tool"}); got != "" {
		t.Errorf("an unknown tool has the name %q", got)
	}
}

func TestALongServerNameLeavesRoomForTheTool(t *testing.T) {
	t.Parallel()
	server := strings.Repeat("server", 20)
	c := catalog.Build([]catalog.Offer{offer(server, "get_the_weather")}, catalog.Choices{})
	got := c.Prefixed(catalog.ID{Server: server, Tool: "get_the_weather"})
	if !valid.MatchString(got) || !strings.Contains(got, "__get_the_weather_") {
		t.Errorf("got %q", got)
	}
}

// words make names that clash after cleaning, that look prefixed, that are too
// long, that differ by case alone.
var words = []string{"a", "b", "A", "_", "__", "-", ".", " ", "é", strings.Repeat("x", 40), "_0123456789ab"}

func word() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 3).Draw(t, "words"), "")
	})
}

func offers() *rapid.Generator[[]catalog.Offer] {
	return rapid.Custom(func(t *rapid.T) []catalog.Offer {
		var all []catalog.Offer
		for _, server := range rapid.SliceOfNDistinct(word(), 0, 5, rapid.ID).Draw(t, "servers") {
			o := offer(server, rapid.SliceOfNDistinct(word(), 0, 4, rapid.ID).Draw(t, "tools")...)
			o.Ready = rapid.Bool().Draw(t, "ready")
			o.Place = rapid.IntRange(0, 3).Draw(t, "place")
			o.Identity = "launches " + server
			all = append(all, o)
		}
		return all
	})
}

// choices draws everything that may be decided, about names, servers and tools
// that are offered or not. The order is drawn only where the caller wants one.
func choices(all []catalog.Offer, ordered bool) *rapid.Generator[catalog.Choices] {
	return rapid.Custom(func(t *rapid.T) catalog.Choices {
		names, servers, ids := []string{"absent"}, []string{"absent"}, []catalog.ID{{Server: "absent", Tool: "absent"}}
		for _, o := range all {
			servers = append(servers, o.Server)
			for _, tool := range o.Tools {
				names = append(names, tool.ID.Tool)
				ids = append(ids, catalog.ID{Server: o.Server, Tool: tool.ID.Tool})
			}
		}
		strategies := append([]catalog.Choice{catalog.Undecided}, catalog.Strategies()...)
		kinds := slices.Clone(strategies)
		for _, s := range servers {
			kinds = append(kinds, catalog.Server(s))
		}
		drawn := catalog.Choices{
			Default:  rapid.SampledFrom(strategies).Draw(t, "default"),
			Tools:    rapid.MapOfN(rapid.SampledFrom(names), rapid.SampledFrom(kinds), 0, 3).Draw(t, "choices"),
			Servers:  rapid.MapOfN(rapid.SampledFrom(servers), rapid.SampledFrom(strategies), 0, 2).Draw(t, "strategies of servers"),
			Aliases:  rapid.MapOfN(rapid.SampledFrom(ids), word(), 0, 2).Draw(t, "aliases"),
			Hidden:   rapid.MapOfN(rapid.SampledFrom(ids), rapid.Just(true), 0, 1).Draw(t, "hidden"),
			Reserved: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "ab", "b__a"}), 0, 2).Draw(t, "reserved"),
		}
		if ordered {
			drawn.Order = rapid.SliceOfNDistinct(rapid.SampledFrom(servers), 0, 2, rapid.ID).Draw(t, "order")
		}
		return drawn
	})
}

// TestTenThousandCatalogues holds what every catalogue promises, over 100 times
// the 100 draws of a check.
func TestTenThousandCatalogues(t *testing.T) {
	t.Parallel()
	for part := range 100 {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				all := offers().Draw(t, "offers")
				chosen := choices(all, true).Draw(t, "choices")
				c := catalog.Build(all, chosen)
				checkNames(t, c, chosen)
				checkNothingLost(t, c, all)
				mixed := rapid.Permutation(all).Draw(t, "another order")
				if a, b := offered(c), offered(catalog.Build(mixed, chosen)); !maps.Equal(a, b) {
					t.Fatalf("%v in one order, %v in another", a, b)
				}
			})
		})
	}
}

// checkNames holds that names are valid, unique, not the host's, and lead back.
func checkNames(t *rapid.T, c *catalog.Catalog, chosen catalog.Choices) {
	entries := c.Entries()
	if !slices.IsSortedFunc(entries, func(a, b catalog.Entry) int { return strings.Compare(a.Name, b.Name) }) {
		t.Fatal("not sorted")
	}
	for i, e := range entries {
		if !valid.MatchString(e.Name) || i > 0 && entries[i-1].Name == e.Name || slices.Contains(chosen.Reserved, e.Name) {
			t.Fatalf("%q is not valid, not unique or reserved", e.Name)
		}
		r, err := c.Resolve(e.Name)
		if err != nil || r.Name != e.Name || owners(r.Tools) != owners(e.Tools) || r.Parameter != e.Parameter {
			t.Fatalf("%s of %s leads to %+v, %v", e.Name, owners(e.Tools), r, err)
		}
	}
}

// checkNothingLost holds that every tool is offered once, or told of as shadowed.
func checkNothingLost(t *rapid.T, c *catalog.Catalog, all []catalog.Offer) {
	for _, p := range c.Problems() {
		if !p.Offered {
			t.Fatalf("set aside: %v", p)
		}
	}
	reached := map[catalog.ID]int{}
	for _, e := range c.Entries() {
		for _, tool := range e.Tools {
			reached[tool.ID]++
		}
	}
	for _, s := range c.Shadowed() {
		reached[s.Tool.ID]++
	}
	for _, o := range all {
		for _, tool := range o.Tools {
			if id := (catalog.ID{Server: o.Server, Tool: tool.ID.Tool}); reached[id] != 1 {
				t.Fatalf("%s is told of %d times", id, reached[id])
			}
		}
	}
}

func TestAnUnrelatedServerRenamesNothing(t *testing.T) {
	t.Parallel()
	unrelated := rapid.Map(word(), func(s string) string { return "z" + s }) // no other word has a z
	rapid.Check(t, func(t *rapid.T) {
		all := offers().Draw(t, "offers")
		chosen := choices(all, true).Draw(t, "choices")
		tools := rapid.SliceOfNDistinct(unrelated, 0, 4, rapid.ID).Draw(t, "tools")
		newcomer := offer(unrelated.Draw(t, "server"), tools...)
		before := offered(catalog.Build(all, chosen))
		after := offered(catalog.Build(append(slices.Clone(all), newcomer), chosen))
		for name, tools := range before {
			if after[name] != tools {
				t.Fatalf("%s led to %s and leads to %q", name, tools, after[name])
			}
		}
	})
}

func TestAChoiceRenamesNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := offers().Draw(t, "offers")
		undecided := catalog.Build(all, catalog.Choices{})
		clashes := undecided.Clashes()
		if len(clashes) == 0 {
			return
		}
		clash := rapid.SampledFrom(clashes).Draw(t, "clash")
		choice := rapid.SampledFrom(append(catalog.Strategies(), catalog.Server(clash.Tools[0].ID.Server))).Draw(t, "choice")
		decided := catalog.Build(all, catalog.Choices{Tools: map[string]catalog.Choice{clash.Name: choice}})
		after := offered(decided)
		for _, e := range undecided.Entries() {
			if e.Tools[0].ID.Tool != clash.Name && after[e.Name] != owners(e.Tools) {
				t.Fatalf("%s led to %s and leads to %q", e.Name, owners(e.Tools), after[e.Name])
			}
		}
		if choice != catalog.Namespace {
			return
		}
		for i, name := range clash.Prefixed {
			if after[name] != clash.Tools[i].ID.String() {
				t.Fatalf("%s was promised to %s and leads to %q", name, clash.Tools[i].ID, after[name])
			}
		}
	})
}
