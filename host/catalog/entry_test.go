package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

func TestDescriptions(t *testing.T) {
	t.Parallel()
	long := offer("long", "t")
	long.Tools[0].Description = clean.Foreign(strings.Repeat("日", 3000))
	titled := offer("titled", "u")
	titled.Tools[0].Description, titled.Tools[0].Title = clean.Text{}, clean.Foreign("A title")
	c := catalog.Build([]catalog.Offer{long, titled}, catalog.Choices{})
	entries := c.Entries()
	if got := entries[0].Description; got != strings.Repeat("日", catalog.MaxDescription/3) {
		t.Errorf("%d bytes of description", len(got))
	}
	if got := entries[1].Description; got != "A title" {
		t.Errorf("got %q", got)
	}
}

func TestSharedDescription(t *testing.T) {
	t.Parallel()
	long := offer("b", "t")
	long.Tools[0].Description = clean.Foreign(strings.Repeat("x", 10_000))
	c := catalog.Build([]catalog.Offer{long, offer("a", "t"), offer("c", "t")}, catalog.Choices{})
	got := c.Entries()[0].Description
	for _, part := range []string{"3 servers", "On a: t by a", "On b: xxx", "On c: t by c"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is missing in %q", part, got)
		}
	}
	if len(got) > catalog.MaxDescription {
		t.Errorf("%d bytes", len(got))
	}
}

func TestHintsOfASharedName(t *testing.T) {
	t.Parallel()
	reads := catalog.Hints{ReadOnly: true, Destructive: true, Idempotent: true}
	writes := catalog.Hints{Destructive: false, Idempotent: true, OpenWorld: true}
	wipes := catalog.DefaultHints()
	tests := []struct {
		name        string
		hints       []catalog.Hints
		want        catalog.Hints
		destructive bool
	}{
		{"one reader", []catalog.Hints{reads}, reads, false},
		{"one without annotations", []catalog.Hints{wipes}, wipes, true},
		{"a reader and a careful writer", []catalog.Hints{reads, writes}, catalog.Hints{Idempotent: true, OpenWorld: true}, false},
		{"a reader and a wiper", []catalog.Hints{reads, wipes}, catalog.Hints{Destructive: true, OpenWorld: true}, true},
		{"all", []catalog.Hints{reads, writes, wipes}, catalog.Hints{Destructive: true, OpenWorld: true}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var offers []catalog.Offer
			for i, h := range test.hints {
				o := offer(fmt.Sprint("s", i), "t")
				o.Tools[0].Hints = h
				offers = append(offers, o)
			}
			e := catalog.Build(offers, catalog.Choices{}).Entries()[0]
			if e.Hints != test.want || e.Destructive != test.destructive {
				t.Errorf("got %+v %v, want %+v %v", e.Hints, e.Destructive, test.want, test.destructive)
			}
		})
	}
}
