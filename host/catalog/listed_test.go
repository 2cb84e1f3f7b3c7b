package catalog_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

func TestResourcesTemplatesAndPromptsAreMerged(t *testing.T) {
	t.Parallel()
	files := offer("files", "read")
	files.Resources = []catalog.Resource{
		{URI: "file:///a", Name: clean.Foreign("readme")},
		{URI: "file:///b", Title: clean.Foreign("B")},
		{URI: "file:///c"},
		{URI: "file:///c", Name: clean.Foreign("twice")},
		{Name: clean.Foreign("no URI")},
	}
	files.Templates = []catalog.Template{{URITemplate: "file:///{path}", Name: clean.Foreign("path")}}
	files.Prompts = []catalog.Prompt{{Name: "review"}, {Name: "sum\x1bup"}}
	notes := offer("notes")
	notes.Resources = []catalog.Resource{{Server: "somebody else", URI: "file:///a", Name: clean.Foreign("readme")}}
	notes.Prompts = []catalog.Prompt{{Name: "review"}}
	c := catalog.Build([]catalog.Offer{notes, files}, catalog.Choices{})
	resources := map[string]string{}
	for _, r := range c.Resources() {
		resources[r.Name] = r.Server + " " + r.Item.Server + " " + r.Item.URI
	}
	if want := map[string]string{
		"files/readme": "files files file:///a", "notes/readme": "notes notes file:///a", "B": "files files file:///b", "file:///c": "files files file:///c",
	}; !maps.Equal(resources, want) {
		t.Errorf("resources %q", resources)
	}
	var prompts []string
	for _, p := range c.Prompts() {
		prompts = append(prompts, p.Name)
	}
	if len(prompts) != 3 || prompts[0] != "files/review" || prompts[1] != "notes/review" || strings.Contains(prompts[2], "\x1b") {
		t.Errorf("prompts %q", prompts)
	}
	if got := c.Templates(); len(got) != 1 || got[0].Name != "path" || got[0].Item.Server != "files" {
		t.Errorf("templates %+v", got)
	}
	if want := map[string]catalog.Counts{"files": {1, 3, 1, 2}, "notes": {0, 1, 0, 1}}; !reflect.DeepEqual(c.Counts(), want) {
		t.Errorf("counts %+v", c.Counts())
	}
}

func TestNamesOfPromptsAreUniqueAndStable(t *testing.T) {
	t.Parallel()
	prompts := func(o catalog.Offer) (all []catalog.Prompt) {
		for _, tool := range o.Tools {
			all = append(all, catalog.Prompt{Name: tool.ID.Tool})
		}
		return all
	}
	rapid.Check(t, func(t *rapid.T) {
		all := offers().Draw(t, "offers")
		for i := range all {
			all[i].Prompts = prompts(all[i])
		}
		named := func(offers []catalog.Offer) map[string]string {
			names := map[string]string{}
			for _, p := range catalog.Build(offers, catalog.Choices{}).Prompts() {
				if other, twice := names[p.Name]; twice {
					t.Fatalf("%s is %s and %s/%s", p.Name, other, p.Server, p.Item.Name)
				}
				names[p.Name] = p.Server + "/" + p.Item.Name
			}
			return names
		}
		before := named(all)
		if after := named(rapid.Permutation(slices.Clone(all)).Draw(t, "mixed")); !maps.Equal(before, after) {
			t.Fatalf("%v in one order, %v in another", before, after)
		}
		count := 0
		for _, o := range all {
			count += len(o.Prompts)
		}
		if len(before) != count {
			t.Fatalf("%d of %d", len(before), count)
		}
	})
}
