// Package uitest drives the whole program the way a person does: it types, presses
// keys, pastes, and looks at the screen of a terminal in memory. Inside a
// testing/synctest bubble all waiting is virtual; outside of one, with a real host
// behind the screen, the same driver waits in real time.
package uitest

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"switchboard/host/task"
	"switchboard/ui"
)

// patience is how long an expectation may take to come true.
const patience = 5 * time.Second

// frame is how long the program may take to draw; no multiple of the renderer's
// own pace, so that in virtual time the two never fall on the same instant.
const frame = 21300 * time.Microsecond

// beat is the time between the doings of a person: longer than [tray.Burst], and
// than the reader takes to tell a lone escape from the start of a sequence.
const beat = 110 * time.Millisecond

// A Size is a terminal's size in cells.
type Size struct{ Width, Height int }

// A Driver is a person in front of the program.
type Driver struct {
	t       *testing.T
	model   *ui.Model
	program *tea.Program
	screen  *screen
	input   *io.PipeWriter
	cancel  context.CancelFunc
	tasks   task.Group
	err     error // of the program, once it has ended
	ended   chan struct{}
}

// Start runs the program over an engine on a terminal of that size. It ends with
// the test, or with [Driver.Quit].
func Start(t *testing.T, size Size, engine ui.Engine, set ...func(*ui.Options)) *Driver {
	t.Helper()
	o := ui.Options{Engine: engine, Theme: "dark"}
	for _, f := range set {
		f(&o)
	}
	ctx, cancel := context.WithCancel(context.Background())
	in, out := io.Pipe()
	d := &Driver{
		t: t, model: ui.New(o), screen: newScreen(size), input: out, cancel: cancel,
		ended: make(chan struct{}),
	}
	d.program = tea.NewProgram(d.model, tea.WithContext(ctx), tea.WithInput(ui.Input(in)), tea.WithOutput(d.screen),
		tea.WithWindowSize(size.Width, size.Height), tea.WithColorProfile(colorprofile.TrueColor),
		tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color", "SSH_TTY=memory"}))
	d.tasks.Go("program", func() {
		_, d.err = d.program.Run()
		_ = in.Close()
		close(d.ended)
	})
	d.tasks.Go("replies", func() { d.screen.answer(out) })
	t.Cleanup(d.Quit)
	d.Wait(2 * frame)
	return d
}

// Quit ends the program and waits until nothing of it is left.
func (d *Driver) Quit() {
	d.cancel()
	<-d.ended
	d.screen.close()
	d.tasks.Wait()
	_ = d.input.Close()
	time.Sleep(1100 * time.Millisecond) // the longest tick of the screen's clock
}

// Ended tells whether the person has quit.
func (d *Driver) Ended() bool {
	select {
	case <-d.ended:
		return true
	case <-time.After(frame):
		return false
	}
}

// Wait lets time pass.
func (d *Driver) Wait(for_ time.Duration) { time.Sleep(for_) }

// Type types text, one key after the other, as fast as a quick typist.
func (d *Driver) Type(text string) {
	for _, r := range text {
		d.send(string(r))
		d.Wait(60 * time.Millisecond)
	}
	d.Wait(frame)
}

// Press presses keys by their names ("enter", "ctrl+t", "shift+up", "a"), one
// after the other.
func (d *Driver) Press(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.send(d.bytes(k))
		d.Wait(beat)
	}
}

// Burst presses keys all at once, as a paste into a simple terminal or a macro
// would.
func (d *Driver) Burst(keys ...string) {
	d.t.Helper()
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(d.bytes(k))
	}
	d.send(b.String())
	d.Wait(beat)
}

// Paste pastes text the way terminals do: bracketed, with carriage returns.
func (d *Driver) Paste(text string) {
	d.send(ansi.BracketedPasteStart + strings.ReplaceAll(text, "\n", "\r") + ansi.BracketedPasteEnd)
	d.Wait(beat)
}

// Raw sends bytes as they are.
func (d *Driver) Raw(bytes string) { d.send(bytes); d.Wait(beat) }

// Send hands a message to the program, such as a mouse event.
func (d *Driver) Send(m tea.Msg) { d.program.Send(m); d.Wait(2 * frame) }

// Resize changes the terminal's size.
func (d *Driver) Resize(size Size) {
	d.screen.resize(size)
	d.Send(tea.WindowSizeMsg{Width: size.Width, Height: size.Height})
}

// Model is the program's model. Look at it only while nothing happens.
func (d *Driver) Model() *ui.Model { return d.model }

func (d *Driver) send(s string) {
	if _, err := io.WriteString(d.input, s); err != nil && !d.Ended() {
		d.t.Errorf("the program reads no keys: %v", err)
	}
}

// bytes are what a terminal sends for a key.
func (d *Driver) bytes(key string) string {
	d.t.Helper()
	if s, ok := keyBytes[key]; ok {
		return s
	}
	if letter, ok := strings.CutPrefix(key, "ctrl+"); ok && len(letter) == 1 && letter[0] >= 'a' && letter[0] <= 'z' {
		return string(rune(letter[0] - 'a' + 1))
	}
	if ansi.StringWidth(key) == 1 {
		return key
	}
	d.t.Fatalf("no terminal sends a key called %q", key)
	return ""
}

// keyBytes are the sequences of an xterm.
var keyBytes = map[string]string{
	"enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "esc": "\x1b", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B", "ctrl+up": "\x1b[1;5A", "ctrl+down": "\x1b[1;5B",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "delete": "\x1b[3~",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f9": "\x1b[20~",
	"alt+enter": "\x1b\r", "shift+enter": "\x1b[13;2u",
}
