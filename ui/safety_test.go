package ui_test

import (
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"switchboard/host"
	"switchboard/ui"
	"switchboard/ui/tray"
	"switchboard/ui/uitest"
)

// A desk is a model without a program: messages go in one by one, at times the
// test decides.
type desk struct {
	model  *ui.Model
	engine *uitest.Engine
	now    time.Time
	// ticking tells that the program's clock was started.
	ticking bool
}

func newDesk(events ...host.Event) *desk {
	d := &desk{engine: uitest.NewEngine(), now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	d.model = ui.New(ui.Options{Engine: d.engine, Theme: "dark", Now: func() time.Time { return d.now }})
	d.update(tea.WindowSizeMsg{Width: 100, Height: 30})
	d.hear(events...)
	return d
}

// hear delivers events the way the program does.
func (d *desk) hear(events ...host.Event) {
	if len(events) == 0 {
		return
	}
	d.engine.Play(events...)
	d.update(d.listen())
	d.ticking = d.ticking || ui.Ticking(d.model)
}

// listen waits for what the engine tells next.
func (d *desk) listen() tea.Msg { return ui.Hear(d.model) }

func (d *desk) update(m tea.Msg) {
	_, _ = d.model.Update(m)
	_ = d.model.View()
}

func (d *desk) press(keys ...string) {
	for _, k := range keys {
		d.update(key(k))
	}
}

// key is a key press by name, as the program's decoder makes it.
func key(name string) tea.KeyPressMsg {
	special := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "tab": {Code: tea.KeyTab}, "esc": {Code: tea.KeyEscape}, "end": {Code: tea.KeyEnd},
		"space": {Code: tea.KeySpace, Text: " "}, "backspace": {Code: tea.KeyBackspace}, "f2": {Code: tea.KeyF2},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "alt+enter": {Code: tea.KeyEnter, Mod: tea.ModAlt},
	}
	if k, ok := special[name]; ok {
		return k
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

func questions() []host.Event {
	return []host.Event{
		approval(1, "files", "write_file", `{"path":"a"}`), searchCollision(2, ""),
		approval(3, "notes", "delete", `{"id":7}`), searchCollision(4, "c9"),
	}
}

// Whatever one types or pastes, in whatever rhythm, answers nothing.
func TestTypingNeverAnswers(t *testing.T) {
	t.Parallel()
	keys := append(strings.Split(`abcdefghijklmnopqrstuvwxyzASDORXKY0123456789 .,?/\[]'"`, ""),
		"enter", "alt+enter", "ctrl+j", "backspace", "up", "down", "space")
	rapid.Check(t, func(t *rapid.T) {
		d := newDesk(builtins(host.ServerReady)...)
		d.hear(asking("go", "I go")...)
		d.press("h") // an empty composer gives tab another meaning; typing has begun
		waiting := questions()
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			d.now = d.now.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 40, 450, 3000}).Draw(t, "pause")) * time.Millisecond)
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				d.update(tea.PasteMsg{Content: rapid.SampledFrom([]string{"y\r\n", "o", "1\r1\r", strings.Repeat("o\n", 40)}).Draw(t, "paste")})
			case 1:
				if len(waiting) > 0 {
					d.hear(waiting[0])
					waiting = waiting[1:]
				}
			default:
				d.press(rapid.SampledFrom(keys).Draw(t, "key"))
			}
		}
		if got := d.engine.Answers(); len(got) > 0 {
			t.Fatalf("answered %+v", got)
		}
		if got := uitest.Only[host.ControlServer](d.engine); len(got) > 0 {
			t.Fatalf("controlled %+v", got)
		}
	})
}

// FuzzBytesNeverAnswer sends bytes through the program's own decoder. Only the
// chords reach the questions, and what follows them at once is dropped.
func FuzzBytesNeverAnswer(f *testing.F) {
	f.Add("yes please\r")
	f.Add("o\ro\r1\rs\r")
	f.Add("\x1b[200~pasted\x1b[201~o\r")
	f.Add("\x1b[200~nested\x1b[201~\x14o")
	f.Add("\x1bOQo\x1bOQs")
	f.Add("\x14" + strings.Repeat("z", 300) + "o")
	f.Fuzz(func(t *testing.T, bytes string) {
		if len(bytes) > 400 || strings.ContainsAny(bytes, "\x03\x1a") {
			return // ctrl+c quits and ctrl+z suspends
		}
		synctest.Test(t, func(t *testing.T) {
			e := uitest.NewEngine()
			d := uitest.Start(t, large, e)
			e.Play(questions()...)
			d.Wait(time.Second)
			d.Raw(bytes)
			d.Wait(time.Second)
			if got := e.Answers(); len(got) > 0 {
				t.Errorf("%q answered %+v", bytes, got)
			}
			d.Quit()
			e.Close()
			synctest.Wait()
		})
	})
}

// A burst that holds the chord and an answer is a paste or a macro.
func TestBurstAfterTheChordIsDropped(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(approval(1, "files", "write_file", `{"path":"a"}`))
		d.Wait(time.Second)
		d.Burst("ctrl+t", "o")
		d.Expect("too fast")
		if got := e.Answers(); len(got) > 0 {
			t.Fatalf("answered %+v", got)
		}
		d.Press("o")
		d.ExpectNot("waiting for you")
		if got := e.Answers(); len(got) != 1 || !reflect.DeepEqual(got[0].Answer, yes(`{"path":"a"}`)) {
			t.Fatalf("answered %+v", got)
		}
	})
}

// A key held down answers one question at most.
func TestHeldKeyAnswersOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(approval(1, "files", "write_file", `{}`), approval(2, "files", "delete", `{}`), approval(3, "files", "move", `{}`))
	d.now = d.now.Add(time.Second)
	d.press("ctrl+t")
	d.now = d.now.Add(300 * time.Millisecond)
	for range 90 {
		d.press("o")
		d.now = d.now.Add(33 * time.Millisecond)
	}
	if got := d.engine.Answers(); len(got) != 1 || got[0].ID != 1 {
		t.Fatalf("answered %+v", got)
	}
}

// When the question on the screen goes away, the key meant for it must not hit the
// next one.
func TestAnswerNeverHitsAnotherQuestion(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		after time.Duration
		want  []host.QuestionID
	}{
		{"at once", 10 * time.Millisecond, nil},
		{"just before it has settled", tray.Settle - time.Millisecond, nil},
		{"once it has settled", tray.Settle, []host.QuestionID{2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(approval(1, "clock", "now", `{}`), approval(2, "files", "delete", `{}`))
			d.now = d.now.Add(time.Second)
			d.press("ctrl+t")
			d.now = d.now.Add(time.Second)
			d.hear(host.Withdrawn{ID: 1})
			d.now = d.now.Add(tt.after)
			d.press("o")
			var got []host.QuestionID
			for _, a := range d.engine.Answers() {
				got = append(got, a.ID)
			}
			if len(got) != len(tt.want) || len(got) > 0 && got[0] != tt.want[0] {
				t.Fatalf("answered %v, want %v", got, tt.want)
			}
		})
	}
}

// A paste into the focused tray is no answer either, and keys right behind it are
// still the paste.
func TestPasteIntoTheTrayAnswersNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(approval(1, "files", "delete", `{}`))
	d.now = d.now.Add(time.Second)
	d.press("ctrl+t")
	d.now = d.now.Add(time.Second)
	d.update(tea.PasteMsg{Content: "o"})
	d.press("o", "enter", "s")
	if got := d.engine.Answers(); len(got) > 0 {
		t.Fatalf("answered %+v", got)
	}
	if d.model.Draft() != "" {
		t.Fatalf("the paste landed in the draft: %q", d.model.Draft())
	}
}
