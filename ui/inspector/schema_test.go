package inspector

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"switchboard/theme"
	"switchboard/ui/form"
)

func drawn(t testing.TB, raw string) string {
	t.Helper()
	th, err := theme.New("none", true)
	if err != nil {
		t.Fatal(err)
	}
	n, err := form.Read(json.RawMessage(raw))
	if err != nil {
		return err.Error()
	}
	s := &sheet{theme: th, w: 60}
	s.tree(n)
	return ansi.Strip(strings.Join(s.lines, "\n"))
}

func TestSchemaIsReadable(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, schema, want string }{
		{"order of the author", `{"properties":{"b":{"type":"string"},"a":{"type":"number"}}}`, "b  string\na  number"},
		{"required", `{"required":["a"],"properties":{"a":{"type":"string","description":"why"}}}`, "a  string  required\n    why"},
		{"limits", `{"properties":{"a":{"type":"integer","minimum":1,"maximum":9,"default":3}}}`, "a  integer\n    1 … 9\n    default 3"},
		{"choices", `{"properties":{"a":{"enum":["x",1]}}}`, "a  choice\n    one of \"x\" | 1"},
		{"constant", `{"properties":{"a":{"const":"x"}}}`, "a  choice\n    one of \"x\""},
		{"nested", `{"properties":{"a":{"type":"object","properties":{"b":{"type":"string"}}}}}`, "a  object\n  b  string"},
		{"array of objects", `{"properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{"type":"string"}}}}}}`, "a  array of object\n  b  string"},
		{"reference", `{"properties":{"a":{"$ref":"#/$defs/x","description":"mine"}},"$defs":{"x":{"type":"string","description":"its own"}}}`, "a  string\n    mine"},
		{"escaped reference", `{"properties":{"a":{"$ref":"#/$defs/x~1y"}},"$defs":{"x/y":{"type":"string"}}}`, "a  string"},
		{"reference to nothing", `{"properties":{"a":{"$ref":"#/$defs/x"}}}`, "a  see #/$defs/x"},
		{"reference elsewhere", `{"properties":{"a":{"$ref":"https://x/y"}}}`, "a  see https://x/y"},
		{"circle", `{"properties":{"a":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":"object","properties":{"next":{"$ref":"#/$defs/x"}}}}}`, "a  object\n  next  as above: #/$defs/x"},
		{"alternatives", `{"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}`, "a  string or null"},
		{"a member of a wrong type", `{"properties":{"a":{"type":"string","minimum":"no","description":"kept"}}}`, "a  string\n    kept"},
		{"true", `{"properties":{"a":true}}`, "a  any"},
		{"empty", `{}`, "no arguments"},
		{"not an object", `[]`, "not a JSON object"},
		{"not JSON", `{"properties":{`, "reading properties: unexpected EOF"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := drawn(t, tt.schema); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// A schema that refers to itself in many places at once must not explode.
func TestSchemaIsBounded(t *testing.T) {
	t.Parallel()
	wide := `{"properties":{"a":{"$ref":"#"},"b":{"$ref":"#/properties/a"},"c":{"anyOf":[{"$ref":"#/$defs/p"},{"$ref":"#/$defs/q"}]}},
		"$defs":{"p":{"properties":{"a":{"$ref":"#/$defs/q"},"b":{"$ref":"#/$defs/q"}}},"q":{"properties":{"a":{"$ref":"#/$defs/p"},"b":{"$ref":"#/$defs/p"}}}}}`
	deep := strings.Repeat(`{"properties":{"a":`, 60) + `{}` + strings.Repeat(`}}`, 60)
	for _, s := range []string{wide, deep} {
		if n := strings.Count(drawn(t, s), "\n"); n > 3000 {
			t.Errorf("%d lines", n)
		}
	}
}

func FuzzSchema(f *testing.F) {
	f.Add(`{"properties":{"a":{"type":"string"}}}`)
	f.Add(`{"properties":{"a":{"$ref":"#"}}}`)
	f.Add(`{"properties":{"a":{"enum":[1,"\u202e"],"default":{}}},"required":["a"]}`)
	f.Add(`{"anyOf":[{"properties":{"a":{"items":{"$ref":"#/anyOf/0"}}}}]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		for l := range strings.SplitSeq(drawn(t, raw), "\n") {
			if strings.ContainsAny(l, "\x1b\r\t\u202e") {
				t.Errorf("not clean: %q", l)
			}
		}
	})
}
