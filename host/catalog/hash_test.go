package catalog_test

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/host/catalog"
	"switchboard/host/clean"
)

func TestHash(t *testing.T) {
	t.Parallel()
	tool := func(change func(*catalog.Tool)) string {
		it := catalog.Tool{
			ID: catalog.ID{Server: "s", Tool: "t"}, Description: clean.Foreign("d"),
			Schema: json.RawMessage(`{"a":1.0,"b":[1,2]}`),
		}
		change(&it)
		return it.Hash()
	}
	schema := func(s string) string { return tool(func(it *catalog.Tool) { it.Schema = json.RawMessage(s) }) }
	base := tool(func(*catalog.Tool) {})
	if len(base) != len("sha256:")+64 || !strings.HasPrefix(base, "sha256:") {
		t.Fatalf("got %q", base)
	}
	same := map[string]string{
		"another server": tool(func(it *catalog.Tool) { it.ID.Server = "other" }),
		"order of keys":  schema(` { "b":[1, 2], "a" : 1.0 } `),
		"escapes":        schema(`{"\u0061":1.0,"b":[1,2]}`),
	}
	for what, got := range same {
		if got != base {
			t.Errorf("%s changes the hash", what)
		}
	}
	seen := map[string]string{base: "the tool itself"}
	others := map[string]string{
		"name":            tool(func(it *catalog.Tool) { it.ID.Tool = "u" }),
		"description":     tool(func(it *catalog.Tool) { it.Description = clean.Foreign("d ") }),
		"hidden text":     tool(func(it *catalog.Tool) { it.Description = clean.Foreign("d\u200b") }),
		"value":           schema(`{"a":1.0,"b":[1,3]}`),
		"order of a list": schema(`{"a":1.0,"b":[2,1]}`),
		"spelling":        schema(`{"a":1,"b":[1,2]}`),
		"trailing text":   schema(`{"a":1.0,"b":[1,2]} {}`),
		"title":           tool(func(it *catalog.Tool) { it.Title = clean.Foreign("T") }),
		"annotations":     tool(func(it *catalog.Tool) { it.Hints.ReadOnly = true }),
		"no schema":       schema(``),
		"an empty object": schema(`{}`),
		"null":            schema(`null`),
	}
	for what, got := range others {
		if twin, ok := seen[got]; ok {
			t.Errorf("%s hashes as %s", what, twin)
		}
		seen[got] = what
	}
}

func TestHashOfAWholeDefinition(t *testing.T) {
	t.Parallel()
	const definition = `{"name":"t","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}`
	base := defined(definition).Hash()
	same := []string{
		` { "annotations" : {"readOnlyHint":true}, "inputSchema":{"type":"object"}, "name":"\u0074" }`,
		`{"_meta":{"listed":"today"},` + definition[1:],
	}
	for _, d := range same {
		if defined(d).Hash() != base {
			t.Errorf("%s changes the hash", d)
		}
	}
	other := []string{
		`{"title":"T",` + definition[1:], `{"outputSchema":{},` + definition[1:], `{"icons":[],` + definition[1:],
		strings.Replace(definition, "true", "false", 1), strings.Replace(definition, `"readOnlyHint":true`, "", 1),
	}
	seen := map[string]string{base: definition}
	for _, d := range other {
		hash := defined(d).Hash()
		if twin, ok := seen[hash]; ok {
			t.Errorf("%s hashes as %s", d, twin)
		}
		seen[hash] = d
	}
}
