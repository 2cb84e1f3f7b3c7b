package config_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"switchboard/host/config"
)

const exampleFile = "../../config.example.json"

var exampleVariables = []string{
	"GITHUB_PERSONAL_ACCESS_TOKEN=g", "DATABASE_URL=postgresql://localhost/standup",
	"SLACK_BOT_TOKEN=s", "SLACK_TEAM_ID=T1", "OPENAI_API_KEY=o",
}

func TestTheExampleWorksAsItStands(t *testing.T) {
	t.Parallel()
	c := config.Load([]string{exampleFile}, env(exampleVariables...))
	if len(c.Problems) > 0 || len(c.Model.Missing) > 0 {
		t.Errorf("problems %v, missing %q", c.Problems, c.Model.Missing)
	}
	want := map[string][]string{
		"github":     {"-y", "@modelcontextprotocol/server-github@2025.4.8"},
		"postgres":   {"-y", "@modelcontextprotocol/server-postgres@0.6.2", "postgresql://localhost/standup"},
		"filesystem": {"-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "."},
		"slack":      {"-y", "@modelcontextprotocol/server-slack@2025.4.25"},
	}
	if len(c.Servers) != len(want) {
		t.Fatalf("servers %q", names(c))
	}
	for _, s := range c.Servers {
		if s.Problem != nil || len(s.Missing) > 0 || s.Disabled || s.Command != "npx" || !slices.Equal(s.Args, want[s.Name]) {
			t.Errorf("%+v", s)
		}
	}
	if m := c.Model; m.Name == "" || m.BaseURL != "https://api.openai.com/v1" || m.APIKey != "o" {
		t.Errorf("model %+v", m)
	}
	if dead := c.Collisions.Unknown(c.Servers); len(dead) > 0 || len(c.Collisions.Order) == 0 || len(c.Collisions.Aliases) == 0 {
		t.Errorf("%+v names what is not there: %v", c.Collisions, dead)
	}
	if c.Collisions.Default != "ask" || len(c.Approval.Allow) == 0 || len(c.Approval.Deny) == 0 || c.Theme != "auto" {
		t.Errorf("%+v %+v %q", c.Collisions, c.Approval, c.Theme)
	}
}

func TestTheExampleNamesWhatItNeeds(t *testing.T) {
	t.Parallel()
	c := config.Load([]string{exampleFile}, env())
	want := map[string][]string{
		"github":   {"GITHUB_PERSONAL_ACCESS_TOKEN"},
		"postgres": {"DATABASE_URL"},
		"slack":    {"SLACK_BOT_TOKEN", "SLACK_TEAM_ID"},
	}
	for _, s := range c.Servers {
		if !slices.Equal(s.Missing, want[s.Name]) {
			t.Errorf("%s misses %q, want %q", s.Name, s.Missing, want[s.Name])
		}
	}
	if !slices.Equal(c.Model.Missing, []string{"OPENAI_API_KEY"}) {
		t.Errorf("the model misses %q", c.Model.Missing)
	}
	if len(c.Problems) > 0 {
		t.Errorf("a variable that is not set is no problem of the file: %v", c.Problems)
	}
}

func TestTheExampleIsStrictJSON(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.FromSlash(exampleFile))
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(data) {
		t.Error("other clients could not read it")
	}
}
