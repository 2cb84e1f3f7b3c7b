package config

import (
	"fmt"
	"path/filepath"
	"strings"

	"switchboard/host/workflow"
)

var (
	workflowKeys  = []string{"description", "prompt", "parameters", "servers"}
	parameterKeys = []string{"description", "default"}
)

// readWorkflows reads the section "workflows".
func (r *reader) readWorkflows(m member) {
	for _, entry := range m.members("an object of workflows by name") {
		before := len(r.problems)
		w := r.workflow(entry)
		if r.firstFault(before) != nil {
			continue
		}
		if err := w.Check(); err != nil {
			entry.faultName(err.Error(), "")
			continue
		}
		r.workflows = append(r.workflows, w)
	}
}

func (r *reader) workflow(entry member) workflow.Workflow {
	at := r.position(entry.nameAt)
	w := workflow.Workflow{
		Name: entry.name, Source: fmt.Sprintf("%s:%d:%d", shown(filepath.Base(at.File)), at.Line, at.Column),
	}
	for _, field := range entry.members(`an object with "prompt"`) {
		switch field.name {
		case "description":
			w.Description, _ = field.text()
		case "prompt":
			w.Prompt = readLines(field)
		case "parameters":
			w.Parameters = readParameters(field)
		case "servers":
			w.Servers = readTexts(field, "a list of servers")
		default:
			field.unknown(workflowKeys, nil)
		}
	}
	return w
}

// readLines takes a text, or a list of its lines.
func readLines(m member) string {
	if m.v.Value.Kind() == '"' {
		s, _ := m.text()
		return s
	}
	return strings.Join(readTexts(m, "a text, or a list of its lines"), "\n")
}

func readTexts(m member, what string) []string {
	var all []string
	for _, n := range m.elements(what, `write ["one", "two"]`) {
		if s, ok := n.text(); ok {
			all = append(all, s)
		}
	}
	return all
}

// readParameters takes the blanks by name: each a text that describes it, or an
// object with a default too.
func readParameters(m member) []workflow.Parameter {
	var all []workflow.Parameter
	for _, field := range m.members("an object of parameters by name") {
		p := workflow.Parameter{Name: field.name}
		if field.v.Value.Kind() == '"' {
			p.Description, _ = field.text()
			all = append(all, p)
			continue
		}
		for _, part := range field.members(`a description, or an object with "description" and "default"`) {
			switch part.name {
			case "description":
				p.Description, _ = part.text()
			case "default":
				p.Default, p.Optional = part.text()
			default:
				part.unknown(parameterKeys, nil)
			}
		}
		all = append(all, p)
	}
	return all
}

// mergeWorkflows lays later workflows over earlier ones of the same name.
func mergeWorkflows(earlier, later []workflow.Workflow) []workflow.Workflow {
	places := map[string]int{}
	for i, w := range earlier {
		places[w.Name] = i
	}
	for _, w := range later {
		if i, known := places[w.Name]; known {
			earlier[i] = w
			continue
		}
		places[w.Name] = len(earlier)
		earlier = append(earlier, w)
	}
	return earlier
}
