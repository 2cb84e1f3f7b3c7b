package preflight_test

import (
	"testing"

	"switchboard/llm/preflight"
)

func TestCulprit(t *testing.T) {
	t.Parallel()
	names := []string{"alpha", "beta", "files__search", "paths"}
	for _, c := range []struct {
		message string
		want    string // "" for none
	}{
		{`Invalid schema for function 'files__search': In context=('properties', 'paths'), array schema missing items.`, "files__search"},
		{`Invalid schema for function "beta": schema must have type "object" and not have 'oneOf'/'anyOf' at the top level.`, "beta"},
		{`Invalid 'tools[2].function.parameters': schema`, "files__search"},
		{`Invalid 'tools[1].function.name': string too long. Expected a string with maximum length 64`, "beta"},
		{`tools.1.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12`, "beta"},
		{`tools.0.custom.input_schema.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'`, "alpha"},
		{`* GenerateContentRequest.tools[0].function_declarations[3].parameters.properties[x].items: missing field.`, "paths"},
		{`Invalid value at 'request.tools[0].function_declarations[2].parameters.properties[5].value.enum[0]' (TYPE_STRING), 0`, "files__search"},
		{"Unable to submit request because `beta` functionDeclaration `parameters.y` schema specified other fields alongside any_of.", "beta"},
		{`tool "paths" has an unsupported schema`, "paths"},
		{`the schema of 'alpha' cannot be converted`, "alpha"},
		{`tools.function.parameters is not a valid moonshot flavored json schema, details: <At path 'root': …>`, ""},
		{`Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length 171 instead.`, ""},
		{`tools.187.custom.name: too long`, ""},
		{`Invalid 'messages[2].tool_calls[0].function.name': string does not match pattern`, ""},
		{`JSON schema conversion failed: Pattern must start with '^' and end with '$'`, ""},
		{`tool call validation failed: parameters for tool 'alpha' did not match schema`, ""},
		{`attempted to call tool 'beta' which was not in request.tools`, ""},
		{`the model alpha is overloaded`, ""},
		{``, ""},
	} {
		got := ""
		if i, ok := preflight.Culprit(c.message, names); ok {
			got = names[i]
		}
		if got != c.want {
			t.Errorf("%s\ngot %q, want %q", c.message, got, c.want)
		}
	}
}

func FuzzCulprit(f *testing.F) {
	f.Add("Invalid schema for function 'a'", "a")
	f.Add("tools[99999999999999999999]", "b")
	f.Add("tools.1.input_schema `b` functionDeclaration", "b")
	f.Fuzz(func(t *testing.T, message, name string) {
		names := []string{"first", name}
		if i, ok := preflight.Culprit(message, names); i < 0 || i >= len(names) || !ok && i != 0 {
			t.Errorf("%q blames %d, %v", message, i, ok)
		}
		if i, ok := preflight.Culprit(message, nil); ok {
			t.Errorf("%q blames %d of none", message, i)
		}
	})
}
