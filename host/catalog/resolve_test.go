package catalog_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	away := offer("away", "fetch", "shared")
	away.Ready = false
	c := catalog.Build([]catalog.Offer{
		offer("a", "get_issue", "List-Files", "shared", "case", "a.b", "x_y"), offer("b", "Case", "each", "mine"), offer("c", "each", "mine"), away,
	}, catalog.Choices{Tools: map[string]catalog.Choice{"each": catalog.AskEachCall, "mine": catalog.Server("c")}})
	tests := []struct {
		said, name, tools string
		open              bool
		notReady          []string
	}{
		{"get_issue", "get_issue", "a/get_issue", false, nil},
		{"get-issue", "get_issue", "a/get_issue", false, nil},
		{"Get_Issue", "get_issue", "a/get_issue", false, nil},
		{"list_files", "List-Files", "a/List-Files", false, nil},
		{"a.b", "a_b", "a/a.b", false, nil},
		{"x-y", "x_y", "a/x_y", false, nil},
		{"case", "case", "a/case", false, nil},
		{"Case", "Case", "b/Case", false, nil},
		{"each", "each", "b/each c/each", false, nil},
		{"mine", "mine", "c/mine", false, nil},
		{"fetch", "fetch", "away/fetch", false, []string{"away"}},
		{"shared", "shared", "a/shared away/shared", true, []string{"away"}},
	}
	for _, test := range tests {
		r, err := c.Resolve(test.said)
		if err != nil {
			t.Errorf("%s: %v", test.said, err)
			continue
		}
		if r.Name != test.name || owners(r.Tools) != test.tools || r.Open != test.open || !slices.Equal(r.NotReady, test.notReady) {
			t.Errorf("%s leads to %+v", test.said, r)
		}
		if r.Raw != r.Tools[0].ID.Tool {
			t.Errorf("%s has the raw name %q", test.said, r.Raw)
		}
	}
}

func TestResolveUnknown(t *testing.T) {
	t.Parallel()
	c := catalog.Build([]catalog.Offer{
		offer("files", "search", "read_file", "write_file"), offer("notes", "search", "add_note"), offer("x", "Twin", "twin"),
	}, catalog.Choices{Default: catalog.Namespace})
	tests := []struct {
		said string
		near []string
	}{
		{"search", []string{"files__search", "notes__search"}},
		{"read_fil", []string{"read_file"}},
		{"raed_file", []string{"read_file"}},
		{"TWIN", []string{"Twin", "twin"}},
		{"mail__search", []string{"files__search", "notes__search"}},
		{"mail__raed_file", []string{"read_file"}},
		{"completely_different_thing", nil},
		{"", nil},
		{"\x1b[2J", nil},
		{strings.Repeat("search", 100_000), nil},
	}
	for _, test := range tests {
		_, err := c.Resolve(test.said)
		var unknown *catalog.UnknownError
		if !errors.As(err, &unknown) {
			t.Errorf("%.20q: %v", test.said, err)
			continue
		}
		if !slices.Equal(unknown.Near, test.near) || unknown.Name != test.said {
			t.Errorf("%.20q is near %v, want %v", test.said, unknown.Near, test.near)
		}
		text := err.Error()
		if clean.Line(text) != text || len(text) > 1000 {
			t.Errorf("%.20q: %q", test.said, text)
		}
		if len(test.near) > 0 && !strings.Contains(text, test.near[0]) {
			t.Errorf("%.20q: %q names nothing near", test.said, text)
		}
	}
}

func TestAnAbsentOwnerKeepsItsName(t *testing.T) {
	t.Parallel()
	choices := catalog.Choices{Tools: map[string]catalog.Choice{"pay": catalog.Server("bank")}}
	tests := map[string][]catalog.Offer{
		"a newcomer offers it":        {offer("shop", "pay")},
		"two newcomers offer it":      {offer("shop", "pay"), offer("store", "pay")},
		"the owner lost the tool":     {offer("bank", "balance"), offer("shop", "pay")},
		"nobody offers it":            {offer("shop", "other")},
		"somebody offers a near name": {offer("shop", "Pay")},
	}
	for name, offers := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := catalog.Build(offers, choices)
			_, err := c.Resolve("pay")
			var absent *catalog.AbsentError
			if !errors.As(err, &absent) || absent.Server != "bank" || absent.Name != "pay" || !strings.Contains(err.Error(), "bank") {
				t.Errorf("got %v", err)
			}
			if _, ok := offered(c)["pay"]; ok {
				t.Error("the name is offered")
			}
		})
	}
}

func TestAnOwnerThatRestartsKeepsItsName(t *testing.T) {
	t.Parallel()
	bank := offer("bank", "pay")
	bank.Ready = false
	c := catalog.Build([]catalog.Offer{bank, offer("shop", "pay")}, catalog.Choices{
		Tools: map[string]catalog.Choice{"pay": catalog.Server("bank")},
	})
	r, err := c.Resolve("pay")
	if err != nil || owners(r.Tools) != "bank/pay" || !slices.Equal(r.NotReady, []string{"bank"}) {
		t.Errorf("got %+v, %v", r, err)
	}
}
