package ui

import (
	"switchboard/host"
	"switchboard/host/clean"
)

// learn offers the workflows as commands. A command of our own of the same name
// comes first.
func (m *Model) learn(e host.WorkflowsKnown) {
	m.workflows = nil
	for _, w := range e.Workflows {
		if !isCommand(w.Name) {
			m.workflows = append(m.workflows, w)
		}
	}
	m.composer.SetCommands(m.offered())
}

func isCommand(name string) bool {
	for _, c := range commands() {
		if c.name == name {
			return true
		}
	}
	return false
}

// refused puts a workflow that could not be filled in back into the input.
func (m *Model) refused(e host.WorkflowRefused) {
	if m.composer.Empty() {
		m.composer.SetDraft("/" + e.Name + " " + e.Words)
	}
	m.say(clean.Line(e.Name + ": " + e.Message))
}
