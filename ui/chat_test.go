package ui_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/ui/uitest"
)

var medium = uitest.Size{Width: 80, Height: 24}

func TestPromptIsSubmitted(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("first")
		d.Press("ctrl+j")
		d.Type("second")
		d.Press("enter")
		want := []host.Op{host.Submit{Text: "first\nsecond"}}
		if got := e.Ops(); !slices.Equal(got, want) {
			t.Fatalf("ops %+v", got)
		}
		d.ExpectNot("second")
		d.Press("up")
		d.Expect("second")
	})
}

func TestServersStartOnceTheFirstFrameIsThere(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Wait(time.Second)
		d.Resize(uitest.Size{Width: 100, Height: 30})
		d.Wait(time.Second)
		if n := e.Begun(); n != 1 {
			t.Errorf("the servers were let go %d times", n)
		}
	})
}

func TestEnterQueuesBehindARunningTurn(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"}, host.StepStarted{Turn: 1, Step: 1})
		d.ExpectRow("asking the model", "esc stop")
		d.Type("then this")
		d.Press("enter")
		if got := uitest.Only[host.Submit](e); len(got) != 1 || got[0].Text != "then this" {
			t.Fatalf("submitted %+v", got)
		}
		e.Play(host.TurnQueued{Prompt: "then this"})
		d.Expect("1 queued")
		e.Play(host.TurnEnded{Turn: 1, Finish: host.FinishDone}, host.TurnStarted{Turn: 2, Prompt: "then this"})
		d.ExpectNot("1 queued")
		e.Play(host.TurnQueued{Prompt: "and that"})
		d.Expect("1 queued")
		e.Play(host.TurnDropped{Prompt: "and that"}, host.TurnEnded{Turn: 2, Finish: host.FinishStopped})
		d.ExpectNot("1 queued")
		d.Expect("Not sent, because you stopped: and that")
	})
}

func TestEscapeGoesBackOneStep(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"})
		d.Type("draft")
		d.Press("f1")
		d.Expect("new line")
		d.Press("esc")
		d.ExpectNot("new line")
		if len(e.Ops()) > 0 {
			t.Fatalf("closing the help did %+v", e.Ops())
		}
		d.Press("esc")
		if got := e.Ops(); !slices.Equal(got, []host.Op{host.Cancel{}}) {
			t.Fatalf("ops %+v", got)
		}
		d.Expect("draft")
	})
}

func TestInterruptClearsThenStopsThenQuits(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"})
		d.Type("draft")
		d.Press("ctrl+c")
		d.Expect("draft cleared")
		d.Press("up")
		d.ExpectRow("❯", "draft")
		d.Press("ctrl+c", "ctrl+c")
		d.Expect("ctrl+c again quits")
		if got := uitest.Only[host.Cancel](e); len(got) != 1 {
			t.Fatalf("stopped %d times", len(got))
		}
		e.Play(host.TurnEnded{Turn: 1, Finish: host.FinishStopped})
		d.Wait(3 * time.Second)
		d.Press("ctrl+c")
		d.Expect("ctrl+c again quits")
		d.Wait(2100 * time.Millisecond)
		d.ExpectNot("ctrl+c again quits")
		d.Press("ctrl+c")
		if d.Ended() {
			t.Fatal("two presses far apart quit")
		}
		d.Press("ctrl+c")
		if !d.Ended() {
			t.Fatal("two presses in a row did not quit")
		}
	})
}

func TestAnswering(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(asking("go", "I go")...)
		d.Type("half a thou")
		e.Play(called(7, "files", "write_file", `{"path":"sum.txt"}`)...)
		e.Play(called(8, "notes", "add", `{"title":"x"}`)...)
		d.Expect("2 waiting for you")
		d.Type("ght")
		d.Wait(time.Second)
		d.Press("f2")
		d.ExpectRow("o allow once", "d deny")
		d.Wait(time.Second)
		d.Press("o")
		d.Expect("notes ▸ add")
		d.Wait(time.Second)
		d.Press("r")
		d.Type("not now")
		d.Press("enter")
		want := []host.AnswerQuestion{{ID: 7, Answer: yes(`{"path":"sum.txt"}`)}, {ID: 8, Answer: host.Deny{Reason: "not now"}}}
		if got := e.Answers(); !reflect.DeepEqual(got, want) {
			t.Fatalf("answers %+v", got)
		}
		d.ExpectRow("working", "esc stop")
		d.Type("!")
		d.ExpectRow("❯", "half a thought!")
	})
}

// A question that is taken back while one answers gives the focus back.
func TestWithdrawnQuestionGivesTheFocusBack(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(approval(1, "files", "delete", `{}`))
		d.Wait(time.Second)
		d.Press("ctrl+t")
		e.Play(host.Withdrawn{ID: 1})
		d.ExpectNot("waiting for you")
		d.Type("o")
		d.ExpectRow("❯", "o")
		if len(e.Answers()) > 0 {
			t.Fatalf("answered %+v", e.Answers())
		}
	})
}

func TestServersAreControlled(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Expect("5 of 5 ready")
		d.Press("tab", "down", "r", "j", "d")
		e.Play(server("files", host.ServerDisabled))
		d.Expect("4 of 5 ready")
		d.Press("d", "enter")
		d.Expect("proof")
		d.Press("esc", "esc")
		d.ExpectNot("proof")
		d.Type("rd")
		d.ExpectRow("❯", "rd")
		want := []host.Op{
			host.ControlServer{Server: "clock", Action: host.Restart},
			host.ControlServer{Server: "files", Action: host.Disable},
			host.ControlServer{Server: "files", Action: host.Enable},
			host.Inspect{Server: "files"},
			host.Inspect{},
		}
		if got := e.Ops(); !slices.Equal(got, want) {
			t.Fatalf("ops %+v", got)
		}
	})
}

func TestSlashCommands(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Type("/help")
		d.Press("enter")
		d.Expect("new line")
		d.Press("esc")
		d.Type("/servers")
		d.Press("enter")
		d.Expect("5 of 5 ready")
		d.Press("esc")
		d.Type("/call clock now {}")
		d.Press("enter")
		if got := e.Ops(); !slices.Equal(got, []host.Op{host.Submit{Text: "/call clock now {}"}}) {
			t.Fatalf("ops %+v", got)
		}
		d.Type("/quit")
		d.Press("enter")
		if !d.Ended() {
			t.Fatal("still here")
		}
	})
}

func TestLongPasteIsSentWhole(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		text := strings.TrimSuffix(strings.Repeat("line\n", 214), "\n")
		d.Type("look: ")
		d.Paste(text)
		d.ExpectRow("❯ look: [pasted 214 lines]")
		d.Press("enter")
		if got := uitest.Only[host.Submit](e); len(got) != 1 || got[0].Text != "look: "+text {
			t.Fatalf("submitted %.60q", got)
		}
	})
}

// The draft outlives everything that is not the person.
func TestDraftIsKept(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("draft")
		e.Play(builtins(host.ServerStarting)...)
		e.Play(asking("go", "I go")...)
		e.Play(approval(1, "files", "delete", `{}`), searchCollision(2, ""))
		d.Press("ctrl+t", "tab", "esc", "f3", "enter", "esc", "esc", "f1", "f1", "f9", "pgup", "ctrl+o")
		d.Resize(uitest.Size{Width: 30, Height: 8})
		d.Resize(uitest.Size{Width: 10, Height: 3})
		d.Expect("too small")
		d.Resize(uitest.Size{})
		d.Resize(medium)
		e.Play(host.Withdrawn{ID: 1}, host.TurnEnded{Turn: 1, Finish: host.FinishFailed})
		d.Send(tea.BackgroundColorMsg{})
		d.ExpectRow("❯", "draft")
		if d.Model().Draft() != "draft" {
			t.Fatalf("draft %q", d.Model().Draft())
		}
	})
}

func TestCursorStandsWhereOneTypes(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("ab")
		if x, y, ok := d.Cursor(); !ok || x != 5 || y != 22 {
			t.Errorf("at %d,%d, shown %v", x, y, ok)
		}
		e.Play(approval(1, "files", "delete", `{}`))
		d.Wait(time.Second)
		d.Press("ctrl+t")
		if _, _, ok := d.Cursor(); ok {
			t.Error("shown while keys answer")
		}
		d.Press("r")
		d.Type("no")
		x, y, ok := d.Cursor()
		row := strings.Split(d.Screen(), "\n")[y]
		if !ok || !strings.HasPrefix(row, "▌  why not? no") || x != len("▌  why not? no")-len("▌")+1 {
			t.Errorf("at %d, shown %v, in %q", x, ok, row)
		}
	})
}

func TestClicksMoveTheFocusAndAnswerNothing(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(approval(1, "files", "delete", `{}`))
		d.Expect("1 waiting for you")
		y := slices.IndexFunc(strings.Split(d.Screen(), "\n"), func(r string) bool { return strings.Contains(r, "waiting for you") })
		d.Send(tea.MouseClickMsg{X: 60, Y: y, Button: tea.MouseLeft})
		d.Expect("o allow once")
		d.Send(tea.MouseClickMsg{X: 5, Y: 4, Button: tea.MouseLeft})
		d.Expect("r restart")
		d.Send(tea.MouseClickMsg{X: 60, Y: 34, Button: tea.MouseLeft})
		d.ExpectNot("r restart")
		if len(e.Ops()) > 0 {
			t.Fatalf("clicks did %+v", e.Ops())
		}
	})
}

func TestEndedHostIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk()
	d.engine.Close()
	d.update(d.listen())
	if !strings.Contains(d.model.View().Content, "the host has ended") {
		t.Errorf("not told:\n%s", d.model.View().Content)
	}
}
