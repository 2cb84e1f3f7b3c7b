package config_test

import (
	"slices"
	"testing"
)

func TestVariables(t *testing.T) {
	t.Parallel()
	set := []string{"A=one", "EMPTY=", "NESTED=${A}", "_x1=under"}
	tests := []struct {
		in, want string
		missing  []string
	}{
		{in: "${A}", want: "one"},
		{in: "-${A}-${A}-", want: "-one-one-"},
		{in: "${_x1}", want: "under"},
		{in: "${EMPTY}", want: ""},
		{in: "${EMPTY:-two}", want: ""},
		{in: "${NONE:-two}", want: "two"},
		{in: "${NONE:-}", want: ""},
		{in: "${NONE:-a:-b $HOME}", want: "a:-b $HOME"},
		{in: "${A:-two}", want: "one"},
		{in: "${NESTED}", want: "${A}"}, // a value is not looked through again
		{in: "${NONE}", want: "", missing: []string{"NONE"}},
		{in: "x${NONE}y${OTHER}z${NONE}", want: "xyz", missing: []string{"NONE", "OTHER"}},
		{in: "$A $$ $(A) %A% $", want: "$A $$ $(A) %A% $"},
		{in: "$${A}", want: "$one"},
		{in: "${DOLLAR:-$}{A}", want: "${A}"},
		{in: "${1} ${A", want: "${1} ${A"},
		{in: "${A-b} ${A:b}", want: "${A-b} ${A:b}"},
	}
	for _, test := range tests {
		s := server(t, `"command": "x", "args": ["`+test.in+`"]`, set...)
		if s.Args[0] != test.want || !slices.Equal(s.Missing, test.missing) {
			t.Errorf("%q gives %q, missing %q; want %q, missing %q", test.in, s.Args[0], s.Missing, test.want, test.missing)
		}
	}
}

func TestVariablesEverywhere(t *testing.T) {
	t.Parallel()
	s := server(t, `"command": "${C}", "args": ["${D}"], "env": {"K": "${E}"}, "cwd": "${F}"`)
	if want := []string{"C", "D", "E", "F"}; !slices.Equal(s.Missing, want) {
		t.Errorf("missing %q, want %q", s.Missing, want)
	}
	s = server(t, `"url": "${U}/mcp", "headers": {"A": "${H}"}`)
	if want := []string{"U", "H"}; !slices.Equal(s.Missing, want) {
		t.Errorf("missing %q, want %q", s.Missing, want)
	}
}

func TestAVariableSetToNothingIsSet(t *testing.T) {
	t.Parallel()
	s := server(t, `"command": "x", "env": {"K": "${EMPTY}"}`, "EMPTY=")
	if !slices.Equal(s.Env, []string{"K="}) || len(s.Missing) > 0 {
		t.Errorf("%+v", s)
	}
	c := parse(`{"mcpServers": {"x": {"command": "${EMPTY}"}}}`, "EMPTY=")
	if c.Servers[0].Problem == nil {
		t.Error("an empty command is no command")
	}
}

func TestAFilledValueIsJudgedToo(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"URL":    `"url": "${V}"`,
		"header": `"url": "https://h/", "headers": {"A": "x${V}y"}`,
	} {
		c := parse(`{"mcpServers": {"x": {`+text+`}}}`, "V=s3cret\nvalue")
		if p := c.Servers[0].Problem; p == nil {
			t.Errorf("%s: a line break went through", name)
		}
	}
}
