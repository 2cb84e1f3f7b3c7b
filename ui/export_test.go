package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
)

// Rings gives tests the bytes that an event has the terminal sent beside the screen.
func Rings(m *Model, e host.Event) string {
	cmd := m.apply(batch{e})
	if cmd == nil {
		return ""
	}
	raw, _ := cmd().(tea.RawMsg)
	return fmt.Sprint(raw.Msg)
}

// Hear gives tests the message that the program's listener would deliver next.
func Hear(m *Model) tea.Msg { return m.listen()() }

// Ticking tells tests whether the clock runs.
func Ticking(m *Model) bool { return m.ticking }

// Opened gives tests the message that comes after a program of the person's own.
func Opened(err error) tea.Msg { return opened{err: err} }

// Tell has the screen hear of events at once.
func Tell(m *Model, events ...host.Event) { m.Update(batch(events)) }

// DraftEdited gives tests the message that comes after an editor.
func DraftEdited(of host.QuestionID, text string, err error) tea.Msg {
	return draftEdited{of, text, err}
}

// DraftFile and TakeDraft write and take back the file for an editor.
var (
	DraftFile = draftFile
	TakeDraft = takeDraft
)

// OnTray tells tests whether the keys go to the questions. Look at it only while
// nothing happens.
func OnTray(m *Model) bool { return m.focus == onTray }
