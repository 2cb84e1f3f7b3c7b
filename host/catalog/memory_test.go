package catalog_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// launched is an offer of a tool t by a server of this launch identity.
func launched(server, identity, description string) catalog.Offer {
	o := offer(server, "t")
	o.Identity = identity
	o.Tools[0].Description = clean.Foreign(description)
	return o
}

// decide remembers a choice about t as it is offered.
func decide(choice catalog.Choice, offers ...catalog.Offer) catalog.Decision {
	c := catalog.Build(offers, catalog.Choices{})
	var tools []catalog.Tool
	for _, o := range offers {
		t, _ := c.Lookup(catalog.ID{Server: o.Server, Tool: "t"})
		tools = append(tools, t)
	}
	return catalog.Decision{Tool: "t", Choice: choice, Among: c.Candidacy(tools)}
}

func TestRecall(t *testing.T) {
	t.Parallel()
	a, b := launched("a", "id-a", "one"), launched("b", "id-b", "two")
	renamed, redefined := launched("other", "id-b", "two"), launched("b", "id-b", "two, now with more")
	disabled := offer("b")
	disabled.Identity = "id-b"
	swapped := []catalog.Offer{launched("b", "id-a", "one"), launched("a", "id-b", "two")}
	tests := []struct {
		name   string
		now    []catalog.Offer
		want   catalog.Choice
		shifts []string // nil: it holds
	}{
		{"as it was", []catalog.Offer{a, b}, "server:b", nil},
		{"in another order", []catalog.Offer{b, a}, "server:b", nil},
		{"one is renamed", []catalog.Offer{a, renamed}, "server:other", nil},
		{"two swap their names", swapped, "server:a", nil},
		{"the owner is not there yet", []catalog.Offer{a}, "server:b", nil},
		{"the owner lost the tool", []catalog.Offer{a, disabled}, "server:b", nil},
		{"the other is not there", []catalog.Offer{b}, "server:b", nil},
		{"nobody is there", nil, "server:b", nil},
		{"a third joins", []catalog.Offer{a, b, launched("c", "id-c", "one")}, "ask", []string{"c offers it too"}},
		{"one is redefined", []catalog.Offer{a, redefined}, "ask", []string{"b defines it in another way"}},
		{"one is launched in another way", []catalog.Offer{a, launched("b", "id-x", "two")}, "ask", []string{"b does not offer it now", "b offers it too"}},
		{"the same is configured twice", []catalog.Offer{a, b, launched("b2", "id-b", "two")}, "ask", []string{"b2 offers it too"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			choices, doubts := catalog.Recall([]catalog.Decision{decide("server:b", a, b)}, test.now, catalog.Choices{Default: catalog.Namespace})
			if choices.Tools["t"] != test.want {
				t.Errorf("%q, want %q", choices.Tools["t"], test.want)
			}
			var shifts []string
			for _, d := range doubts {
				for _, s := range d.Shifts {
					shifts = append(shifts, s.String())
				}
			}
			if !slices.Equal(shifts, test.shifts) {
				t.Errorf("shifts %q, want %q", shifts, test.shifts)
			}
		})
	}
}

func TestADoubtTellsBothDefinitions(t *testing.T) {
	t.Parallel()
	a, b, changed := launched("a", "id-a", "one"), launched("b", "id-b", "two"), launched("a", "id-a", "three")
	_, doubts := catalog.Recall([]catalog.Decision{decide(catalog.Describe, a, b)}, []catalog.Offer{changed, b}, catalog.Choices{})
	want := []catalog.Shift{{catalog.Redefined, "a", decide("", a).Among[0].Hash, decide("", changed).Among[0].Hash}}
	if len(doubts) != 1 || !reflect.DeepEqual(doubts[0].Shifts, want) || want[0].Then == want[0].Now {
		t.Errorf("doubts %+v", doubts)
	}
}

func TestMemoryComesAfterWhatIsSet(t *testing.T) {
	t.Parallel()
	a, b := launched("a", "id-a", "one"), launched("b", "id-b", "two")
	memory := []catalog.Decision{decide("server:b", a, b)}
	for set, want := range map[catalog.Choice]catalog.Choice{"": "server:b", "ask": "server:b", "namespace": "namespace", "server:a": "server:a"} {
		given := catalog.Choices{Tools: map[string]catalog.Choice{"t": set}}
		choices, doubts := catalog.Recall(memory, []catalog.Offer{a, b}, given)
		if choices.Tools["t"] != want || len(doubts) != 0 {
			t.Errorf("%q: %q, %v", set, choices.Tools["t"], doubts)
		}
		if given.Tools["t"] != set {
			t.Error("the caller's choices were changed")
		}
	}
}

func TestWhatIsKeptOutOfAClashIsNoCandidate(t *testing.T) {
	t.Parallel()
	a, b, c := launched("a", "id-a", "one"), launched("b", "id-b", "two"), launched("c", "id-c", "three")
	id := catalog.ID{Server: "c", Tool: "t"}
	for name, given := range map[string]catalog.Choices{
		"denied":   {Denied: func(other catalog.ID) bool { return other == id }},
		"hidden":   {Hidden: map[catalog.ID]bool{id: true}},
		"aliased":  {Aliases: map[catalog.ID]string{id: "other"}},
		"prefixed": {Servers: map[string]catalog.Choice{"c": catalog.Namespace}},
	} {
		offers := []catalog.Offer{a, b, c}
		clash := catalog.Build(offers, given).Clashes()[0]
		memory := []catalog.Decision{{Tool: "t", Choice: "server:a", Among: catalog.Build(offers, given).Candidacy(clash.Tools)}}
		choices, doubts := catalog.Recall(memory, offers, given)
		if len(doubts) != 0 || choices.Tools["t"] != "server:a" || len(memory[0].Among) != 2 {
			t.Errorf("%s: %v, %+v", name, choices.Tools, doubts)
		}
		if _, doubts := catalog.Recall(memory, offers, catalog.Choices{}); len(doubts) != 1 {
			t.Errorf("%s: a third candidate goes unnoticed", name)
		}
	}
}

func TestAliasesAndHiddenToolsAreRemembered(t *testing.T) {
	t.Parallel()
	a, b := launched("a", "id-a", "one"), launched("b", "id-b", "two")
	d := decide(catalog.Undecided, a, b)
	d.Among[0].Alias, d.Among[1].Hidden = "grep", true
	written, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var read catalog.Decision
	if err := json.Unmarshal(written, &read); err != nil || !reflect.DeepEqual(read, d) {
		t.Fatalf("%s: %v", written, err)
	}
	now := []catalog.Offer{launched("renamed", "id-a", "redefined"), b}
	choices, doubts := catalog.Recall([]catalog.Decision{read}, now, catalog.Choices{})
	if got := choices.Aliases[catalog.ID{Server: "renamed", Tool: "t"}]; got != "grep" || len(choices.Aliases) != 1 {
		t.Errorf("aliases %v", choices.Aliases)
	}
	if !choices.Hidden[catalog.ID{Server: "b", Tool: "t"}] || len(choices.Hidden) != 1 {
		t.Errorf("hidden %v", choices.Hidden)
	}
	if len(doubts) != 1 {
		t.Errorf("the new definition is not told: %v", doubts)
	}
	given := map[catalog.ID]string{{Server: "renamed", Tool: "t"}: "find"}
	if choices, _ := catalog.Recall([]catalog.Decision{read}, now, catalog.Choices{Aliases: given}); choices.Aliases[catalog.ID{Server: "renamed", Tool: "t"}] != "find" {
		t.Errorf("memory came before the configuration: %v", choices.Aliases)
	}
}

func TestServersOfUnknownIdentityAreKnownByName(t *testing.T) {
	t.Parallel()
	a, b := launched("a", "", "one"), launched("b", "", "one")
	memory := []catalog.Decision{decide("server:b", a, b)}
	if choices, doubts := catalog.Recall(memory, []catalog.Offer{b, a}, catalog.Choices{}); choices.Tools["t"] != "server:b" || len(doubts) != 0 {
		t.Errorf("%v %v", choices.Tools, doubts)
	}
	if _, doubts := catalog.Recall(memory, []catalog.Offer{a, launched("c", "", "one")}, catalog.Choices{}); len(doubts) != 1 {
		t.Errorf("a stranger passed: %v", doubts)
	}
}

// TestMemoryOutlivesRenamingAndReordering holds over any set of servers that new
// names and another order leave a decision as it is, and that a newcomer does not.
func TestMemoryOutlivesRenamingAndReordering(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		identities := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-f]{1,3}`), 2, 5, rapid.ID).Draw(t, "identities")
		var then, now []catalog.Offer
		names := rapid.Permutation(identities).Draw(t, "names of now")
		owner := rapid.IntRange(0, len(identities)-1).Draw(t, "owner")
		for i, id := range identities {
			then = append(then, launched(fmt.Sprint("s", i), id, id))
			now = append(now, launched("n"+names[i], id, id))
		}
		memory := []catalog.Decision{decide(catalog.Server(then[owner].Server), then...)}
		mixed := rapid.Permutation(now).Draw(t, "order of now")
		mixed = mixed[:rapid.IntRange(0, len(mixed)).Draw(t, "so far connected")]
		choices, doubts := catalog.Recall(memory, mixed, catalog.Choices{})
		if len(doubts) != 0 {
			t.Fatalf("doubts %+v", doubts)
		}
		here := slices.ContainsFunc(mixed, func(o catalog.Offer) bool { return o.Server == now[owner].Server })
		if here && choices.Tools["t"] != catalog.Server(now[owner].Server) {
			t.Fatalf("%q, want %s", choices.Tools["t"], now[owner].Server)
		}
		if _, doubts := catalog.Recall(memory, append(mixed, launched("new", "x", "x")), catalog.Choices{}); len(doubts) != 1 {
			t.Fatal("a newcomer went unnoticed")
		}
	})
}

func TestShiftsAreSafeToShow(t *testing.T) {
	t.Parallel()
	for _, kind := range []catalog.ShiftKind{catalog.Joined, catalog.Redefined, catalog.Left} {
		if s := (catalog.Shift{Kind: kind, Server: "a\x1b[2J\n"}).String(); strings.ContainsAny(s, "\x1b\n") {
			t.Errorf("%q", s)
		}
	}
}
