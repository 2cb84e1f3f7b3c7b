package host

import "time"

// OpenSession goes on with another session, by its id, in place of the present one,
// which stays on the disk. A turn must not run.
type OpenSession struct{ ID string }

// Undo takes the last turn off the conversation. It stays in the journal.
type Undo struct{}

// Retry undoes the last turn and sends its prompt again.
type Retry struct{}

// Branch goes on from before a turn in a session of its own; the present one keeps
// that turn and what came after it.
type Branch struct{ Turn int }

// ListSessions asks for [SessionsListed]; with a query, only for those in which all
// of its words were said.
type ListSessions struct{ Query string }

// ExportSession writes the present session to a file, in the format that the ending
// of its name says: .json, .txt, else Markdown. A [Notice] tells of the outcome.
type ExportSession struct{ Path string }

// SessionBegan tells which session is recorded from here on.
type SessionBegan struct {
	ID     string
	Parent string // that it branched from; "" for none
}

// SessionOpened puts another session in place of the present one.
type SessionOpened struct {
	ID string
	// Past are the events that make its conversation again, without the turns that
	// were undone.
	Past []Event
	// Elsewhere is set when another instance has it open: what is said here goes
	// into a branch.
	Elsewhere bool
	Usage     Usage // so far
}

// TurnUndone takes a turn off the conversation, with all that came after it. It
// stays in the journal.
type TurnUndone struct{ Turn int }

// SessionsListed answers [ListSessions], the last changed first.
type SessionsListed struct {
	Query    string
	Sessions []SessionInfo
	Failed   string // why there is no list; safe to show
}

// A SessionInfo is what a list says of a session. Its texts are foreign.
type SessionInfo struct {
	ID, Title, Dir, Model string
	Parent                string // that it branched from; "" for none
	Began, Changed        time.Time
	Turns                 int
	Bytes                 int64
	Found                 string // the text around the first place of a search
}

func (OpenSession) op()   {}
func (Undo) op()          {}
func (Retry) op()         {}
func (Branch) op()        {}
func (ListSessions) op()  {}
func (ExportSession) op() {}

func (SessionBegan) event()   {}
func (SessionOpened) event()  {}
func (TurnUndone) event()     {}
func (SessionsListed) event() {}
