// Package inspector shows everything that is known of one server, live, in tabs:
// its state and what that rests on, its calls, what it offers, its log and the
// traffic with it. What is offered can be tried out by hand.
package inspector

import (
	"reflect"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/theme"
)

// An Inspector looks into one server at a time.
type Inspector struct {
	subject
	tabs    [tabCount]tab
	at      tabID
	consent bool // asks whether the server may be trusted

	width, height int
	bodyTop       int // rows above the tab
	dirty         bool
	drawn         []string
	drawnAt       time.Time // in whole seconds
}

// A subject is what the tabs draw from.
type subject struct {
	theme theme.Theme
	data  host.Inspection
	tools []host.ToolInfo
	// heard tells that the host has answered: until then only the status is known.
	heard bool
}

// An Action is what a key in the inspector amounts to; the zero value is nothing.
type Action struct {
	Op    host.Op
	Note  string // for the person
	Copy  string // for the clipboard
	Open  File
	Leave bool // the last step back has been done
}

// A File is one to be shown in, or edited with, a program of the person's own.
type File struct {
	Path string // "" for none
	Line int    // from 1; 0 for no line in particular
	Edit bool
}

// New makes an inspector that looks at nothing yet.
func New(t theme.Theme) *Inspector {
	in := &Inspector{subject: subject{theme: t}}
	in.reset()
	return in
}

func (in *Inspector) reset() {
	s := &in.subject
	in.tabs = [tabCount]tab{
		&overview{subject: s}, newCalls(s), newTools(s), newResources(s), newPrompts(s), newLog(s), newWire(s),
	}
	in.consent, in.dirty = false, true
}

// SetTheme changes the colours.
func (in *Inspector) SetTheme(t theme.Theme) {
	in.theme = t
	in.refresh()
}

// Open looks at a server of which only the status is known so far. The tab stays
// the same, so that servers can be compared.
func (in *Inspector) Open(s host.ServerStatus) {
	in.data = host.Inspection{Status: s}
	in.tools, in.heard = nil, false
	in.reset()
	in.refresh()
}

// AskTrust shows what a server would be started as, and asks whether it may be.
func (in *Inspector) AskTrust() {
	in.show(overviewTab)
	in.consent = in.data.Status.State == host.ServerUntrusted
}

// Server is the name of the server that is looked at.
func (in *Inspector) Server() string { return in.data.Status.Name }

// Apply follows the host's events; those of other servers change nothing.
func (in *Inspector) Apply(e host.Event) {
	switch e := e.(type) {
	case host.ServerChanged:
		if e.Server.Name != in.Server() {
			return
		}
		in.data.Status = e.Server
	case host.ServerInspected:
		if e.Inspection.Status.Name != in.Server() {
			return
		}
		if in.consent && !reflect.DeepEqual(in.data.Launch, e.Inspection.Launch) && in.heard {
			in.consent = false // something else would run than what was shown
		}
		in.data, in.tools, in.heard = e.Inspection, e.Tools, true
	case host.CalledByHand:
		if e.Server != in.Server() {
			return
		}
		in.tabs[toolsTab].(*tools).called(e)
	case host.ResourceRead:
		if e.Server != in.Server() {
			return
		}
		in.tabs[resourcesTab].(*resources).read(e)
	default:
		return
	}
	if in.data.Status.State != host.ServerUntrusted {
		in.consent = false
	}
	in.refresh()
}

// refresh lets the open tab take over what is new; the others do when they are
// opened.
func (in *Inspector) refresh() {
	in.dirty = true
	in.tabs[in.at].refresh()
}

// Press takes a key.
func (in *Inspector) Press(k tea.KeyPressMsg) Action {
	in.dirty = true
	key, t := k.String(), in.tabs[in.at]
	if in.consent {
		return in.pressConsent(key)
	}
	if t.field() != nil {
		return t.press(key, k.Text)
	}
	if done := in.pressTab(key); done {
		return Action{}
	}
	if a, done := in.control(key); done {
		return a
	}
	if key == "esc" || key == "q" {
		return Action{Leave: !t.back()}
	}
	return t.press(key, "")
}

// pressTab takes the keys that change the tab.
func (in *Inspector) pressTab(key string) bool {
	switch key {
	case "right", "tab":
		in.show((in.at + 1) % tabCount)
	case "left", "shift+tab":
		in.show((in.at + tabCount - 1) % tabCount)
	default:
		if len(key) != 1 || key[0] < '1' || key[0] >= '1'+byte(tabCount) {
			return false
		}
		in.show(tabID(key[0] - '1'))
	}
	return true
}

func (in *Inspector) show(t tabID) {
	in.at = t
	in.refresh()
}

// Paste takes pasted text where one types; it never presses keys.
func (in *Inspector) Paste(text string) {
	if f := in.tabs[in.at].field(); f != nil {
		f.Insert(text)
		in.tabs[in.at].typed()
		in.dirty = true
	}
}

// Scroll moves what is in sight by lines, down when positive.
func (in *Inspector) Scroll(lines int) {
	key, n := "down", lines
	if lines < 0 {
		key, n = "up", -lines
	}
	if in.consent || in.tabs[in.at].field() != nil {
		return
	}
	for range n {
		in.tabs[in.at].press(key, "")
	}
	in.dirty = true
}
