// Package workflow makes a prompt of a template: a task that a person gives again
// and again, with blanks to fill in and the servers that it needs.
package workflow

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Workflow is one template. It is offered as a command by its name.
type Workflow struct {
	Name        string // matches ^[a-z][a-z0-9-]{0,31}$
	Description string
	// Prompt is what the model is asked, with a {{name}} for every parameter.
	Prompt     string
	Parameters []Parameter
	Servers    []string // that it cannot do without
	Source     string   // where it stands, as "config.json:12:5"
}

// A Parameter is a blank of a workflow.
type Parameter struct {
	Name        string
	Description string
	Default     string // what stands for it when nothing is given
	Optional    bool   // it may be left out: it has a default, be it empty
}

var (
	nameForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)
	blank    = regexp.MustCompile(`\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}`)
)

// Check tells what is wrong with a workflow.
func (w Workflow) Check() error {
	switch {
	case !nameForm.MatchString(w.Name):
		return errors.New("a workflow's name has small letters, digits and - alone, and begins with a letter")
	case strings.TrimSpace(w.Prompt) == "":
		return errors.New("it has no prompt")
	}
	for _, name := range w.blanks() {
		if !slices.ContainsFunc(w.Parameters, func(p Parameter) bool { return p.Name == name }) {
			return fmt.Errorf("the prompt has a blank {{%s}}, and there is no parameter of that name", name)
		}
	}
	for _, p := range w.Parameters {
		if !slices.Contains(w.blanks(), p.Name) {
			return fmt.Errorf("the parameter %s stands nowhere in the prompt; write {{%s}} where it belongs", p.Name, p.Name)
		}
	}
	return nil
}

// blanks are the names in the prompt, each once, in their order.
func (w Workflow) blanks() []string {
	var names []string
	for _, m := range blank.FindAllStringSubmatch(w.Prompt, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// A MissingError names the parameters that were not given.
type MissingError struct{ Names []string }

// Error says which, and how they are given.
func (e *MissingError) Error() string {
	return fmt.Sprintf("%s not given: write %s=…", strings.Join(e.Names, " and "), strings.Join(e.Names, "=… "))
}

// Fill makes the prompt. Words are what stands behind the command: name=value,
// with quotes around a value that has spaces; what has no name is the value of the
// first parameter that got none. The error is a [*MissingError] or says what
// cannot be read.
func (w Workflow) Fill(words string) (string, error) {
	values, err := w.values(words)
	if err != nil {
		return "", err
	}
	var missing []string
	for _, p := range w.Parameters {
		if _, given := values[p.Name]; !given && p.Optional {
			values[p.Name] = p.Default
		} else if !given {
			missing = append(missing, p.Name)
		}
	}
	if len(missing) > 0 {
		return "", &MissingError{missing}
	}
	return blank.ReplaceAllStringFunc(w.Prompt, func(found string) string {
		return values[blank.FindStringSubmatch(found)[1]]
	}), nil
}

// values reads what was given.
func (w Workflow) values(words string) (map[string]string, error) {
	fields, err := split(words)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	var loose []string
	for _, f := range fields {
		name, value, named := strings.Cut(f, "=")
		switch {
		case !named || !isName(name):
			loose = append(loose, f)
		case !slices.ContainsFunc(w.Parameters, func(p Parameter) bool { return p.Name == name }):
			return nil, fmt.Errorf("%s has no parameter %q%s", w.Name, name, w.known())
		default:
			values[name] = value
		}
	}
	if len(loose) == 0 {
		return values, nil
	}
	for _, p := range w.Parameters {
		if _, given := values[p.Name]; !given {
			values[p.Name] = strings.Join(loose, " ")
			return values, nil
		}
	}
	return nil, fmt.Errorf("%q is one too many%s", strings.Join(loose, " "), w.known())
}

// isName tells whether what stands before an equals sign can be a parameter; in
// "a=b?c=d" of an address it can, so that such a value needs its own name.
func isName(s string) bool { return blank.MatchString("{{" + s + "}}") }

// known lists the parameters for an error.
func (w Workflow) known() string {
	if len(w.Parameters) == 0 {
		return "; it takes none"
	}
	var names []string
	for _, p := range w.Parameters {
		names = append(names, p.Name)
	}
	return "; it takes " + strings.Join(names, ", ")
}

// Usage is how the parameters are given, for the eye: "repo=… [days=1]".
func (w Workflow) Usage() string {
	var parts []string
	for _, p := range w.Parameters {
		switch {
		case !p.Optional:
			parts = append(parts, p.Name+"=…")
		default:
			parts = append(parts, "["+p.Name+"="+p.Default+"]")
		}
	}
	return strings.Join(parts, " ")
}
