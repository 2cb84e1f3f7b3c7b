package ui

import (
	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/models"
)

// modelSheet is the command, and the sheet, about models.
const modelSheet = "model"

// modelCommand shows what models there are, or switches to one by its name.
func (m *Model) modelCommand(name string) tea.Cmd {
	if name == "" {
		return m.openSheet(modelSheet, "")
	}
	m.say("looking for " + clean.Line(name))
	m.do(host.SetModel{Ref: host.ModelRef{Name: name}})
	return nil
}

// modelNames are the models that the session knows of by now.
func (m *Model) modelNames() []string {
	if s, ok := m.sheets[modelSheet].(*models.Sheet); ok {
		return s.Names()
	}
	return nil
}
