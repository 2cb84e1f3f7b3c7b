package inspector

import (
	"time"

	"switchboard/ui/form"
)

// A tabID is a tab's place in the row of tabs.
type tabID int

const (
	overviewTab tabID = iota
	callsTab
	toolsTab
	resourcesTab
	promptsTab
	logTab
	wireTab
	tabCount
)

var tabNames = [tabCount]string{"Overview", "Calls", "Tools", "Resources", "Prompts", "Log", "Wire"}

// A tab is one side of a server.
type tab interface {
	// refresh takes over what is new of the server.
	refresh()
	// view draws at most h rows of w cells.
	view(w, h int, now time.Time) []string
	// press takes a key that means nothing to the inspector itself; text is what
	// it types.
	press(key, text string) Action
	// field is what one types into at the moment, or nil. While there is one, it
	// gets every key.
	field() *form.Field
	// typed follows a change of the field that no key of press made.
	typed()
	// back goes one step back; false when there is none.
	back() bool
	// keys are those that work now, the most useful first.
	keys() []Key
	// cursor is where one types, in the tab's own rows, as last drawn.
	cursor() (x, y int)
}

// A Key is a key and what it does.
type Key struct{ Key, Does string }

// reader is what tabs without a place to type have in common.
type reader struct{}

func (reader) field() *form.Field { return nil }
func (reader) typed()             {}
func (reader) cursor() (x, y int) { return 0, 0 }
