package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"switchboard/host/clean"
	"switchboard/host/workflow"
)

// AddWorkflows reads the workflows that stand in files of their own: NAME.md in a
// folder, which need not exist. One that a configuration file names too is that
// file's. A file is the prompt, under an optional head
// between two lines of three dashes:
//
//	---
//	description: The standup of a repository
//	parameters: repo, days=1
//	servers: github, slack
//	---
//	Write the standup of {{repo}} …
func (c *Config) AddWorkflows(dir string) {
	found, problems := loadWorkflows(dir)
	c.Workflows = mergeWorkflows(found, c.Workflows)
	c.Problems = append(c.Problems, problems...)
}

func loadWorkflows(dir string) ([]workflow.Workflow, []Problem) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []Problem{{At: Position{File: dir}, Warning: true, Message: "the workflows cannot be read: " + reason(err)}}
	}
	var all []workflow.Workflow
	var problems []Problem
	for _, e := range entries {
		name, isWorkflow := strings.CutSuffix(e.Name(), ".md")
		if !isWorkflow || e.IsDir() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		w, err := loadWorkflow(path, name)
		if err != nil {
			problems = append(problems, Problem{At: Position{File: path}, Warning: true, Message: err.Error()})
			continue
		}
		all = append(all, w)
	}
	return all, problems
}

func loadWorkflow(path, name string) (workflow.Workflow, error) {
	data, _, err := read(path)
	if err != nil {
		return workflow.Workflow{}, errors.New("cannot be read: " + reason(err))
	}
	w, err := parseWorkflow(name, string(data))
	if err != nil {
		return w, err
	}
	w.Source = clean.Line(filepath.Base(path))
	return w, w.Check()
}

// parseWorkflow reads the text of such a file.
func parseWorkflow(name, text string) (workflow.Workflow, error) {
	w := workflow.Workflow{Name: name, Prompt: strings.TrimSpace(text)}
	rest, headed := strings.CutPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "---\n")
	if !headed {
		return w, nil
	}
	head, prompt, closed := strings.Cut("\n"+rest, "\n---\n")
	if !closed {
		return w, errors.New("the head is not closed: put a line of three dashes under it")
	}
	w.Prompt = strings.TrimSpace(prompt)
	for i, line := range strings.Split(strings.TrimPrefix(head, "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "description":
			w.Description = value
		case "parameters":
			w.Parameters = listedParameters(value)
		case "servers":
			w.Servers = listed(value)
		default:
			return w, fmt.Errorf("line %d: expected description, parameters or servers, found %s", i+2, quoted(strings.TrimSpace(key)))
		}
	}
	return w, nil
}

// listed takes names with commas between them.
func listed(s string) []string {
	var all []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// listedParameters takes names, some with a default: "repo, days=1".
func listedParameters(s string) []workflow.Parameter {
	var all []workflow.Parameter
	for _, part := range listed(s) {
		name, value, optional := strings.Cut(part, "=")
		all = append(all, workflow.Parameter{
			Name: strings.TrimSpace(name), Default: strings.TrimSpace(value), Optional: optional,
		})
	}
	return all
}
