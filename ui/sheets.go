package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/desk"
	"switchboard/ui/inspector"
	"switchboard/ui/ledger"
	"switchboard/ui/models"
	"switchboard/ui/sessions"
	"switchboard/ui/sheet"
	"switchboard/ui/timeline"
	"switchboard/ui/toolbox"
)

// newSheets makes the views that take the conversation's place, by the name of
// the command that opens them.
func newSheets(th theme.Theme, now func() time.Time) map[string]sheet.Sheet {
	return map[string]sheet.Sheet{
		"collisions": desk.New(th),
		"grants":     ledger.New(th),
		"timeline":   timeline.New(th, now),
		"resume":     sessions.NewPicker(th),
		"edit":       sessions.NewPrompts(th),
		"tools":      toolbox.New(th),
		modelSheet:   models.New(th),
	}
}

// openSheet has a sheet take the conversation's place.
func (m *Model) openSheet(name, words string) tea.Cmd {
	s, known := m.sheets[name]
	if !known {
		return nil
	}
	m.setFocus(onSheet)
	m.closeOverlay()
	m.sheet, m.overlay = s, sheetOverlay
	return m.act(s.Open(words))
}

// pressSheet hands a key to the open sheet.
func (m *Model) pressSheet(k tea.KeyPressMsg) tea.Cmd { return m.act(m.sheet.Press(k)) }

// leaveSheet gives the place back to the conversation.
func (m *Model) leaveSheet() {
	if m.sheet == nil {
		return
	}
	if op := m.sheet.Close(); op != nil {
		m.do(op)
	}
	m.sheet = nil
}

// act does what a key in a sheet amounts to.
func (m *Model) act(a sheet.Action) tea.Cmd {
	if a.Op != nil {
		m.do(a.Op)
	}
	if a.Note != "" {
		m.say(a.Note)
	}
	if a.Leave || a.Draft != "" || a.Run != "" {
		m.setFocus(onComposer)
	}
	switch {
	case a.Draft != "":
		m.composer.SetDraft(a.Draft)
	case a.Run != "":
		return m.send(a.Run)
	case a.Copy != "":
		m.say("copied " + characters(a.Copy))
		return tea.SetClipboard(a.Copy)
	case a.Open.Path != "":
		return m.open(inspector.File(a.Open))
	}
	return nil
}

// tellSheets hands an event to all sheets: one that is closed may know from it
// what to show when it opens.
func (m *Model) tellSheets(e host.Event) {
	for _, s := range m.sheets {
		s.Apply(e)
	}
}
