package ui

import tea "charm.land/bubbletea/v2"

// Hear gives tests the message that the program's listener would deliver next.
func Hear(m *Model) tea.Msg { return m.listen()() }
