package host

// SessionBegan tells which session is recorded from here on.
type SessionBegan struct{ ID string }

// TurnUndone takes a turn off the conversation, with all that came after it. It
// stays in the journal.
type TurnUndone struct{ Turn int }

func (SessionBegan) event() {}
func (TurnUndone) event()   {}
