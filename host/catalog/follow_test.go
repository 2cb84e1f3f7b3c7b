package catalog_test

import (
	"errors"
	"testing"

	"switchboard/host/catalog"
)

func TestFollow(t *testing.T) {
	t.Parallel()
	a, b, z := offer("a", "search", "own"), offer("b", "search"), offer("z", "search")
	both := []catalog.Offer{a, b}
	build := func(offers []catalog.Offer, choice catalog.Choice) *catalog.Catalog {
		return catalog.Build(offers, catalog.Choices{Tools: map[string]catalog.Choice{"search": choice}})
	}
	tests := []struct {
		name             string
		promised, newest *catalog.Catalog
		said, want       string
		open             bool
	}{
		{"nothing changed", build(both, catalog.Ask), build(both, catalog.Ask), "search", "a/search b/search", true},
		{"a newcomer shares the name", build(both[:1], catalog.Ask), build(both, catalog.Ask), "search", "a/search", false},
		{"a newcomer is given the name", build(both[:1], catalog.Ask), build(both, catalog.Server("b")), "search", "a/search", false},
		{"the names are split", build(both[:1], catalog.Ask), build(both, catalog.Namespace), "search", "a/search", false},
		{"the model picks now", build(both[:1], catalog.Ask), build(both, catalog.Describe), "search", "a/search", false},
		{"the person chose meanwhile", build(both, catalog.Ask), build(both, catalog.Server("b")), "search", "b/search", false},
		{"the person split the name meanwhile", build(both, catalog.Ask), build(both, catalog.Namespace), "search", "a/search b/search", false},
		{"the name was given to a stranger", build(both, catalog.Ask), build([]catalog.Offer{a, b, z}, catalog.Server("z")), "search", "a/search b/search", false},
		{"a third joined while it is open", build(both, catalog.Ask), build([]catalog.Offer{a, b, z}, catalog.Ask), "search", "a/search b/search", true},
		{"one of those who shared it is gone", build(both, catalog.Ask), build(both[1:], catalog.Ask), "search", "b/search", false},
		{"a name that is only new", build(both[1:], catalog.Ask), build(both, catalog.Ask), "own", "a/own", false},
		{"a prefixed name", build(both, catalog.Namespace), build(both, catalog.Ask), "b__search", "b/search", false},
		{"a slip of the model", build(both, catalog.Namespace), build(both, catalog.Ask), "B--search", "b/search", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r, err := catalog.Follow(test.promised, test.newest, test.said)
			if err != nil || owners(r.Tools) != test.want || r.Open != test.open {
				t.Errorf("%s, open %v, %v", owners(r.Tools), r.Open, err)
			}
		})
	}
}

func TestFollowATool(t *testing.T) {
	t.Parallel()
	away := offer("a", "t")
	away.Ready = false
	then := catalog.Build([]catalog.Offer{offer("a", "t")}, catalog.Choices{})
	r, err := catalog.Follow(then, catalog.Build([]catalog.Offer{away, offer("b", "t")}, catalog.Choices{Default: catalog.Namespace}), "t")
	if err != nil || len(r.NotReady) != 1 || owners(r.Tools) != "a/t" {
		t.Errorf("%+v, %v", r, err)
	}
	_, err = catalog.Follow(then, catalog.Build([]catalog.Offer{offer("b", "t")}, catalog.Choices{}), "t")
	var absent *catalog.AbsentError
	if !errors.As(err, &absent) || absent.Server != "a" {
		t.Errorf("%v", err)
	}
	_, err = catalog.Follow(then, then, "nothing")
	var unknown *catalog.UnknownError
	if !errors.As(err, &unknown) {
		t.Errorf("%v", err)
	}
}

func TestFollowAPickOfTheModel(t *testing.T) {
	t.Parallel()
	both := []catalog.Offer{offer("a", "t"), offer("b", "t")}
	then := catalog.Build(both, catalog.Choices{Default: catalog.Describe})
	for _, now := range []catalog.Choice{catalog.Ask, catalog.Namespace, catalog.Describe, catalog.Server("a")} {
		r, err := catalog.Follow(then, catalog.Build(both, catalog.Choices{Tools: map[string]catalog.Choice{"t": now}}), "t")
		if err != nil || r.Parameter != "server" || r.Open {
			t.Fatalf("%s: %+v, %v", now, r, err)
		}
		tool, rest, err := r.Pick([]byte(`{"server":"b","q":1}`))
		if err != nil || tool.ID.Server != "b" || string(rest) != `{"q":1}` {
			t.Errorf("%s: %v %s %v", now, tool.ID, rest, err)
		}
	}
	r, err := catalog.Follow(then, catalog.Build(both[:1], catalog.Choices{}), "t")
	if err != nil || r.Parameter != "server" || owners(r.Tools) != "a/t" {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, rest, err := r.Pick([]byte(`{"server":"a"}`)); err != nil || string(rest) != `{}` {
		t.Errorf("%s, %v", rest, err)
	}
	if _, _, err := r.Pick([]byte(`{"server":"b"}`)); err == nil {
		t.Error("a call for one server went to another")
	}
}
