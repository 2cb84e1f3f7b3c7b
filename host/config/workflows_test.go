package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host/config"
)

func TestWorkflows(t *testing.T) {
	t.Parallel()
	c := config.Parse("config.json", []byte(`{"workflows": {
  "standup": {
    "description": "the report",
    "parameters": {"repo": "owner/name", "days": {"description": "how far back", "default": "1"}},
    "servers": ["github"],
    "prompt": ["Report on {{repo}}", "for {{days}} days."]
  },
  "bad": {"prompt": "of {{nothing}}"},
  "Bad Name": {"prompt": "x"},
  "worse": {"prompt": 7}
}}`), env())
	if len(c.Workflows) != 1 {
		t.Fatalf("read %+v", c.Workflows)
	}
	w := c.Workflows[0]
	if w.Prompt != "Report on {{repo}}\nfor {{days}} days." || w.Source != "config.json:2:3" || w.Servers[0] != "github" {
		t.Errorf("read %+v", w)
	}
	if p := w.Parameters; len(p) != 2 || p[0].Optional || !p[1].Optional || p[1].Default != "1" {
		t.Errorf("the parameters are %+v", p)
	}
	var said []string
	for _, p := range c.Problems {
		said = append(said, p.Error())
	}
	for _, want := range []string{"config.json:8:3", "a blank {{nothing}}", "small letters", "a text, or a list of its lines"} {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("no %q among\n%s", want, strings.Join(said, "\n"))
		}
	}
}

func TestWorkflowFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := map[string]string{
		"standup.md": "---\ndescription: The report: short\nparameters: repo, days=1\nservers: github, slack\n---\nReport on {{repo}}\nfor {{days}} days.\n",
		"plain.md":   "Say hello.\r\n",
		"open.md":    "---\ndescription: x\n",
		"odd.md":     "---\ncolour: red\n---\nx",
		"both.md":    "The file's.",
		"notes.txt":  "no workflow",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := config.Parse("config.json", []byte(`{"workflows": {"both": {"prompt": "The configuration's."}}}`), env())
	c.AddWorkflows(dir)
	prompts := map[string]string{}
	for _, w := range c.Workflows {
		prompts[w.Name] = w.Prompt
		if w.Name == "standup" && (w.Description != "The report: short" || len(w.Servers) != 2 || w.Parameters[1].Default != "1") {
			t.Errorf("read %+v", w)
		}
	}
	want := map[string]string{"standup": "Report on {{repo}}\nfor {{days}} days.", "plain": "Say hello.", "both": "The configuration's."}
	for name, prompt := range want {
		if prompts[name] != prompt {
			t.Errorf("%s asks %q, want %q", name, prompts[name], prompt)
		}
	}
	if len(prompts) != len(want) || len(c.Problems) != 2 {
		t.Errorf("workflows %v, problems %v", prompts, c.Problems)
	}
	c = config.Config{}
	if c.AddWorkflows(filepath.Join(dir, "none")); len(c.Problems) != 0 {
		t.Errorf("a folder that is not there is a problem: %v", c.Problems)
	}
}

func FuzzWorkflowFile(f *testing.F) {
	f.Add("---\nparameters: a, b=1\n---\n{{a}}")
	f.Add("---\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "x.md")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var c config.Config
		c.AddWorkflows(filepath.Dir(path))
		if len(c.Workflows)+len(c.Problems) != 1 {
			t.Errorf("%q gave %v and %v", text, c.Workflows, c.Problems)
		}
	})
}
