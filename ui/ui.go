// Package ui is the screen: one Bubble Tea program over the host's ops and
// events. The parts (servers, tray, composer, transcript) are structs with verbs;
// this package routes keys and events to them and lays them out.
package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/composer"
	"switchboard/ui/inspector"
	"switchboard/ui/servers"
	"switchboard/ui/sheet"
	"switchboard/ui/transcript"
	"switchboard/ui/tray"
)

// An Engine is what the screen needs of the host.
type Engine interface {
	// Do takes an op and never blocks.
	Do(host.Op)
	// Events is the one ordered stream of what happens, in batches. It is closed
	// when the host has ended.
	Events() <-chan []host.Event
}

// Options say what a screen is made of.
type Options struct {
	Engine Engine
	// Theme is one of [theme.Names]; "" is "auto", which follows the terminal's
	// background.
	Theme string
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// Replay has keys control a replay instead of typing a prompt.
	Replay bool
	// Pick opens the picker of sessions first.
	Pick bool
	// Open makes the command that shows a file on the terminal in the person's
	// pager, or edits it in their editor at a line (from 1; 0 for none in
	// particular). nil means that neither can be done.
	Open func(path string, line int, edit bool) tea.ExecCommand
}

// A Model is the one tea model of the program.
type Model struct {
	engine    Engine
	now       func() time.Time
	opener    func(path string, line int, edit bool) tea.ExecCommand
	themeName string
	dark      bool
	theme     theme.Theme

	width, height int
	plan          plan // where everything is, as last laid out

	talk     *transcript.Transcript
	pane     *servers.Pane
	tray     *tray.Tray
	composer *composer.Composer
	// inspector looks into one server while its overlay is open.
	inspector *inspector.Inspector
	sheets    map[string]sheet.Sheet
	sheet     sheet.Sheet // the one whose overlay is open; nil for none

	focus   focus
	overlay overlay
	// overlayTop is the first line of the overlay on the screen.
	overlayTop int

	workflows []host.Workflow
	turn      turn
	model     host.ModelChosen
	usage     host.Usage // of the session
	mode      host.Mode
	trust     map[string]host.TrustChanged
	fills     int // tokens of the window that the conversation takes
	note      note
	quitBy    time.Time // until when another ctrl+c quits
	ticking   bool      // a tick is under way
	blurred   bool      // the window has lost the focus
	noMouse   bool      // the terminal has its mouse back
	wanted    string    // a key that waits for the first inspection of a server
	session   string    // that is recorded or was opened
	replay    bool      // keys control a replay
	pick      bool      // the picker is to be opened first
	replayed  host.ReplayStood
}

// A focus is the part that gets the keys.
type focus int

const (
	onComposer focus = iota
	onTray
	onServers
	onSheet
)

// An overlay takes the conversation's place until it is closed.
type overlay int

const (
	noOverlay overlay = iota
	helpOverlay
	inspectorOverlay
	sheetOverlay
)

// New makes the program's model. A theme name that nobody knows is "auto".
func New(o Options) *Model {
	if o.Now == nil {
		o.Now = time.Now
	}
	m := &Model{trust: map[string]host.TrustChanged{}, engine: o.Engine, now: o.Now, opener: o.Open, replay: o.Replay, pick: o.Pick, themeName: o.Theme, dark: true}
	m.theme = m.pickTheme()
	m.talk = transcript.New(m.theme)
	m.pane = servers.New(m.theme)
	m.inspector = inspector.New(m.theme)
	m.tray = tray.New(m.theme)
	m.composer = composer.New(m.theme)
	m.composer.SetPlaceholder("Ask something")
	m.composer.SetCommands(m.offered())
	m.sheets = newSheets(m.theme, m.now)
	return m
}

// Run shows m on the terminal until the person quits or ctx ends; the latter is
// no error. Print [Model.Transcript] afterwards: the alternate screen is gone. An
// input of the caller's own should be an [Input].
func Run(ctx context.Context, m *Model, opts ...tea.ProgramOption) error {
	opts = append([]tea.ProgramOption{tea.WithInput(Input(os.Stdin))}, opts...)
	_, err := tea.NewProgram(m, append(opts, tea.WithContext(ctx))...).Run()
	if err == nil || ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) && !errors.Is(err, tea.ErrProgramPanic) {
		return nil
	}
	return fmt.Errorf("showing the screen: %w", err)
}

// Init asks for the terminal's background and starts listening to the host.
func (m *Model) Init() tea.Cmd { return tea.Batch(tea.RequestBackgroundColor, m.listen()) }

// Transcript is the whole conversation without styles, for printing on exit.
func (m *Model) Transcript() string { return m.talk.Plain() }

// Draft is what the person has typed and not sent.
func (m *Model) Draft() string { return m.composer.Draft() }

func (m *Model) pickTheme() theme.Theme {
	t, err := theme.New(m.themeName, m.dark)
	if err != nil {
		t, _ = theme.New("auto", m.dark) // "auto" is always known
	}
	return t
}

func (m *Model) setTheme() {
	m.theme = m.pickTheme()
	m.talk.SetTheme(m.theme)
	m.pane.SetTheme(m.theme)
	m.inspector.SetTheme(m.theme)
	for _, s := range m.sheets {
		s.SetTheme(m.theme)
	}
	m.tray.SetTheme(m.theme)
	m.composer.SetTheme(m.theme)
}
