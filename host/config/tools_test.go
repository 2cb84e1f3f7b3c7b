package config_test

import (
	"testing"

	"switchboard/host/config"
)

func TestToolsAreMergedFieldByField(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		first  string
		second string
		want   config.Tools
	}{
		{"absent", `{}`, `{}`, config.Tools{}},
		{"one file", `{"tools": {"max": 12, "share": 0.25}}`, `{}`, config.Tools{Max: 12, Share: 0.25}},
		{"the later wins", `{"tools": {"max": 12, "share": 0.25}}`, `{"tools": {"max": 40}}`, config.Tools{Max: 40, Share: 0.25}},
		{"a fault costs its field", `{"tools": {"max": -1, "share": 1}}`, `{}`, config.Tools{Share: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := config.Load(write(t, c.first, c.second), nil).Tools
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestToolsFaults(t *testing.T) {
	t.Parallel()
	checkFaults(t, []fault{
		{"a list", `{"tools": []}`, []string{
			`1:11: tools: expected an object with "max" or "share", found a list`,
		}},
		{"none at all", `{"tools": {"max": 0}}`, []string{
			`1:19: tools.max: expected a whole number of tools, found 0`,
		}},
		{"half a tool", `{"tools": {"max": 1.5}}`, []string{
			`1:19: tools.max: expected a whole number of tools, found 1.5`,
		}},
		{"more than the window", `{"tools": {"share": 1.5}}`, []string{
			`1:21: tools.share: expected a part of the window from 0.001 to 1, found 1.5`,
		}},
		{"a misspelt key", `{"tools": {"maximum": 3, "shar": 1}}`, []string{
			`1:12: warning: tools.maximum: unknown key, ignored`,
			`1:26: warning: tools.shar: unknown key, ignored (did you mean "share"?)`,
		}},
	})
}
