package ui_test

import (
	"errors"
	"io"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/ui"
	"switchboard/ui/uitest"
)

// inspected is what the host tells of a server that it was asked about.
func inspected(name string, set ...func(*host.Inspection)) host.ServerInspected {
	i := host.Inspection{Status: server(name, host.ServerReady).Server}
	i.LogFile = "/var/log/" + name
	i.Launch.Command, i.Launch.Source.File, i.Launch.Source.Line = name, "/etc/config.json", 7
	i.Tools = []catalog.Tool{{ID: catalog.ID{Server: name, Tool: "find"}, Schema: []byte(`{"properties":{"q":{"type":"string"}}}`), Hints: catalog.Hints{ReadOnly: true}}}
	i.Wire = []host.WireRecord{{Seq: 1, Sent: true, Kind: host.WireRequest, Method: "ping", ID: "1", Body: []byte(`{"id":1}`), Size: 8}}
	for _, f := range set {
		f(&i)
	}
	return host.ServerInspected{Inspection: i}
}

func TestServersCommandTakesAName(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Expect("weather")
		d.Type("/servers wether")
		d.Press("enter")
		d.Expect("no server is called wether: did you mean weather?")
		d.Type("/servers notes")
		d.Press("enter")
		d.Expect("1 Overview")
		e.Play(inspected("notes"))
		d.Expect("/etc/config.json:7")
		d.Press("]")
		d.ExpectRow("●", "weather", "ready")
		d.ExpectNot("/etc/config.json:7")
		d.Press("esc", "esc")
		d.ExpectNot("1 Overview")
		d.Type("/servers")
		d.Press("enter")
		d.Expect("enter inspect")
		want := []host.Op{host.Inspect{Server: "notes"}, host.Inspect{Server: "weather"}, host.Inspect{}}
		if got := e.Ops(); !slices.Equal(got, want) {
			t.Errorf("ops %+v", got)
		}
	})
}

func TestToolIsCalledByHand(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Expect("5 of 5 ready")
		d.Press("tab", "enter")
		e.Play(inspected("calculator"))
		d.Press("3")
		d.Expect("find")
		d.Press("c")
		d.Expect("call find by hand")
		d.Type("two")
		d.Paste(" lines\nof text")
		if _, _, shown := d.Cursor(); !shown {
			t.Error("there is no cursor where one types")
		}
		d.Press("enter", "enter")
		d.Expect("waiting for the answer")
		calls := uitest.Only[host.CallTool](e)
		if len(calls) != 1 || string(calls[0].Arguments) != `{"q":"two lines\nof text"}` {
			t.Fatalf("called %+v", calls)
		}
		e.Play(host.CalledByHand{Server: "calculator", Tool: "find", Result: host.CallFinished{Outcome: host.Succeeded, Text: clean.Foreign("found\x1b[2J it")}})
		d.Expect("found␛[2J it")
	})
}

// A question that comes while one inspects gets no key of the inspector's.
func TestQuestionWaitsWhileOneInspects(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Press("tab", "enter")
		e.Play(inspected("calculator"))
		d.Press("3", "c")
		e.Play(approval(1, "files", "delete", `{}`))
		d.Wait(time.Second)
		d.Type("osay")
		d.Press("enter", "y")
		if len(e.Answers()) > 0 {
			t.Fatalf("answered %+v", e.Answers())
		}
		d.Press("ctrl+t")
		d.ExpectNot("1 Overview")
	})
}

func TestMessageIsCopied(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Press("tab", "enter")
		e.Play(inspected("calculator"))
		d.Press("7", "y")
		d.Expect("copied 13 characters")
		d.Press("w")
		if got := uitest.Only[host.SaveWire](e); len(got) != 1 || got[0].Server != "calculator" {
			t.Errorf("saved %+v", got)
		}
	})
}

// A viewer stands for the person's own programs.
type viewer struct{}

func (viewer) Run() error          { return nil }
func (viewer) SetStdin(io.Reader)  {}
func (viewer) SetStdout(io.Writer) {}
func (viewer) SetStderr(io.Writer) {}

type file struct {
	path string
	line int
	edit bool
}

// A key for a file works from the pane too, before anything is known of the files.
func TestFilesAreOpened(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]file{"o": {"/var/log/calculator", 0, false}, "e": {"/etc/config.json", 7, true}} {
		synctest.Test(t, func(t *testing.T) {
			e := uitest.NewEngine()
			defer synctest.Wait()
			defer e.Close()
			var seen []file
			d := uitest.Start(t, medium, e, func(o *ui.Options) {
				o.Open = func(path string, line int, edit bool) tea.ExecCommand {
					seen = append(seen, file{path, line, edit})
					return viewer{}
				}
			})
			defer d.Quit()
			e.Play(builtins(host.ServerReady)...)
			d.Press("tab", key)
			d.Expect("1 Overview")
			if len(seen) > 0 {
				t.Fatalf("opened %+v", seen)
			}
			e.Play(inspected("calculator"))
			d.Wait(time.Second)
			if !slices.Equal(seen, []file{want}) {
				t.Errorf("opened %+v", seen)
			}
		})
	}
}

func TestFailureToOpenIsTold(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Send(ui.Opened(errors.New("no such editor\x1b[2J")))
		d.Expect("no such editor␛[2J")
	})
}

func TestFilesCannotBeOpenedEverywhere(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Press("tab", "e")
		e.Play(inspected("calculator"))
		d.Expect("files cannot be opened here")
	})
}

func TestTrustFromThePane(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(server("tools", host.ServerUntrusted, because("named by a file of this folder")))
		d.Expect("untrusted")
		d.Press("tab", "u")
		d.Expect("start it from now on?")
		d.Press("y")
		d.Expect("what would run is not known yet")
		e.Play(host.ServerInspected{Inspection: host.Inspection{
			Status: host.ServerStatus{Name: "tools", State: host.ServerUntrusted},
			Launch: host.ServerLaunch{Command: "tools"},
		}})
		d.Press("enter", "y")
		want := []host.Op{host.Inspect{Server: "tools"}, host.ControlServer{Server: "tools", Action: host.Trust}}
		if got := e.Ops(); !slices.Equal(got, want) {
			t.Errorf("ops %+v", got)
		}
	})
}

// The row of a server in use is lit and its seconds run; then the clock stops.
func TestRouteIsSeen(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		e.Play(server("files", host.ServerReady, func(s *host.ServerStatus) {
			s.Running = []host.RunningCall{{Tool: "search", Since: time.Now(), Progress: host.ServerProgress{Done: 1, Total: 2}}}
		}))
		d.Expect("▸ search 0 s ████░░░░ 50 %")
		d.Wait(3 * time.Second)
		d.Expect("▸ search 3 s")
		e.Play(server("files", host.ServerReady))
		d.ExpectNot("▸ search")
		d.Wait(2 * time.Second)
		synctest.Wait() // nothing runs that could touch the model
		if ui.Ticking(d.Model()) {
			t.Error("the clock still runs")
		}
	})
}
