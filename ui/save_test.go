package ui_test

import (
	"testing"

	"switchboard/host"
	"switchboard/ui/uitest"
)

func TestSaveTheResultOfACall(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("/save")
		d.Press("enter")
		d.Expect("there is no call to save")
		e.Play(host.TurnStarted{Turn: 1, Prompt: "go"},
			host.CallPlanned{ID: "1.1", Server: "files", Tool: "read"}, host.CallFinished{ID: "1.1", Outcome: host.Succeeded},
			host.CallPlanned{ID: "1.2", Server: "files", Tool: "list"}, host.CallFinished{ID: "1.2", Outcome: host.Succeeded},
			host.TurnEnded{Turn: 1, Finish: host.FinishDone})
		d.Type("/save")
		d.Press("enter")
		d.Press("ctrl+up", "ctrl+up")
		d.Type("/open")
		d.Press("enter")
		got := uitest.Only[host.SaveResult](e)
		if len(got) != 2 || got[0] != (host.SaveResult{Call: "1.2"}) || got[1].Call != "1.1" || !got[1].Open {
			t.Fatalf("asked for %+v", got)
		}
		e.Play(host.ResultSaved{Call: "1.2", Paths: []string{"/tmp/a.txt", "/tmp/a-1.png"}})
		d.Expect("saved as /tmp/a.txt and 1 file beside it")
	})
}
