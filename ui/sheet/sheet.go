// Package sheet says what takes the conversation's place for a while: a view of
// its own with keys of its own, such as the tools or the grants. The screen routes
// keys and events to the one that is open and does what comes of them.
package sheet

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/theme"
)

// A Sheet is one such view. None of its methods blocks or does I/O.
type Sheet interface {
	// Open is called when the sheet takes its place, with the words behind its
	// command; the ops it gives start what it shows.
	Open(words string) Action
	// Close is called when it leaves its place; the op ends what it shows.
	Close() host.Op
	// Apply takes what the host tells, whether the sheet is open or not.
	Apply(e host.Event)
	Press(k tea.KeyPressMsg) Action
	// Paste takes pasted text; it is dropped where nothing is typed.
	Paste(text string)
	// Typing tells whether letters go into a field, so that they are no keys.
	Typing() bool
	Scroll(lines int)
	// View draws h rows of at most w cells.
	View(w, h int, now time.Time) []string
	// Cursor is where the cursor stands in what View drew; ok is false for none.
	Cursor() (x, y int, ok bool)
	// Animated tells whether the view looks different in a second by itself.
	Animated() bool
	SetTheme(t theme.Theme)
}

// An Action is what a key in a sheet amounts to; the zero value is nothing.
type Action struct {
	Op    host.Op // for the host
	Note  string  // for the status line
	Leave bool    // the conversation comes back
	Copy  string  // for the clipboard
	Open  File    // for the person's own editor or pager
	Draft string  // to be typed on: it goes into the input, and the sheet leaves
	Run   string  // a command as one types it: "/servers github"
}

// A File is to be opened in a program of the person's.
type File struct {
	Path string
	Line int // from 1; 0 for none
	Edit bool
}
