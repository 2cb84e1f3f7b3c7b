package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	a := defined(`{"name":"t","description":"Finds lines in files.","inputSchema":{"properties":{
		"query":{"type":"string","description":"a word"},"dir":{"type":"string","minLength":1}},"required":["query"]}}`)
	b := defined(`{"name":"t","description":"Finds notes.","inputSchema":{"properties":{
		"query":{"type":"string","description":"a regexp"},"tags":{"type":"array","items":{"enum":["x","y"]}}}}}`)
	b.ID.Server = "b"
	b.Hints.ReadOnly = true
	c := catalog.Compare([]catalog.Tool{a, b})
	if !slices.Equal(c.Servers, []string{"s", "b"}) {
		t.Errorf("columns %q", c.Servers)
	}
	var got []string
	for _, r := range c.Differing().Rows {
		got = append(got, fmt.Sprintf("%s/%s: %s | %s", r.Parameter, r.Field, r.Cells[0], r.Cells[1]))
	}
	want := []string{
		"/description: Finds lines in files. | Finds notes.",
		"/read only: no | yes",
		"dir/type: string | ",
		"dir/required: no | ",
		`dir/also: {"minLength":1} | `,
		"query/required: yes | no",
		"query/description: a word | a regexp",
		"tags/type:  | array of one of \"x\", \"y\"",
		"tags/required:  | no",
		`tags/also:  | {"items":{"enum":["x","y"]}}`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if whole := len(c.Rows); whole != len(want)+4 { // destroys, idempotent, open world, type of query
		t.Errorf("%d rows in all", whole)
	}
	for _, r := range c.Rows {
		if (r.Marked == nil) != r.Same {
			t.Errorf("%s/%s: same %v, marked %v", r.Parameter, r.Field, r.Same, r.Marked)
		}
	}
	description := c.Rows[0]
	if first, second := marks(description.Marked[0]), marks(description.Marked[1]); first != "Finds +lines in files." || second != "Finds +notes." {
		t.Errorf("marked %q and %q", first, second)
	}
}

func TestCompareShowsEveryCellWhole(t *testing.T) {
	t.Parallel()
	tools := []catalog.Tool{offer("a", "t").Tools[0], offer("b", "t").Tools[0], offer("c", "t").Tools[0]}
	tools[1].Title = clean.Foreign("B\x1b")
	for _, r := range catalog.Compare(tools).Differing().Rows {
		for i, segments := range r.Marked {
			var text string
			for _, s := range segments {
				text += s.Text.Raw()
			}
			if text != r.Cells[i].Raw() {
				t.Errorf("%s: %q is marked as %q", r.Field, r.Cells[i], text)
			}
		}
	}
	if rows := catalog.Compare(nil).Rows; len(rows) != 0 {
		t.Errorf("%v", rows)
	}
}

func TestParameters(t *testing.T) {
	t.Parallel()
	var many []string
	for i := range 50 {
		many = append(many, fmt.Sprintf(`"p%02d":{}`, i))
	}
	tests := []struct{ schema, want string }{
		{`{"properties":{"limit":{"type":"integer"},"path":{"type":"string"}},"required":["path"]}`, "path (string, required), limit (integer)"},
		{`{"properties":{"mode":{"enum":["a","b"]},"one":{"enum":[1]},"any":true,"two":{"type":["string","null"]}}}`, `any (any), mode (one of "a", "b"), one (1), two (string or null)`},
		{`{"properties":{"l":{"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"array","items":{}}}}}}}`, "l (array of array of array of array)"},
		{`{"properties":{"e":{"enum":[1,2,3,4,5,6,7,8,9]}}}`, "e (one of 1, 2, 3, 4, 5, 6, 7, 8 and 1 more)"},
		{`{}`, "no parameters"},
		{`null`, "no parameters"},
		{`"none"`, "no parameters"},
		{`{"properties":{` + strings.Join(many, ",") + `}}`, "and 10 more"},
		{`{"properties":{"a\u001b[2J":{"type":"\u202e"}}}`, "a"},
	}
	for _, test := range tests {
		got := catalog.Parameters(catalog.Tool{Schema: []byte(test.schema)})
		if !strings.Contains(got, test.want) || clean.Hidden(got) > 0 || len(got) > 2048 {
			t.Errorf("%s: %q, want %q", test.schema, got, test.want)
		}
	}
}
