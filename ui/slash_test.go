package ui_test

import (
	"testing"

	"switchboard/host"
	"switchboard/ui/uitest"
)

func TestASlashOffersCommands(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.ServerChanged{Server: host.ServerStatus{Name: "github", State: host.ServerReady}})
		d.Type("/")
		d.ExpectRow("▸ /servers [NAME]", "look into a server")
		d.Type("h")
		d.ExpectNot("/servers")
		d.Press("esc")
		d.ExpectNot("the keys")
		d.Press("backspace", "backspace")
		d.Type("/ser")
		d.Press("tab")
		d.Type("gi")
		d.ExpectRow("▸", "github")
		d.Press("enter")
		if ops := uitest.Only[host.Inspect](e); len(ops) != 1 || ops[0].Server != "github" {
			t.Errorf("looked into %v", ops)
		}
	})
}

func TestWhatIsNoCommandGoesToTheModel(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		for _, text := range []string{"/usr/bin is a folder", "/xyzzyplugh", "/call files.read path=a"} {
			d.Type(text)
			d.Press("esc", "enter")
		}
		if got := uitest.Only[host.Submit](e); len(got) != 3 || got[2].Text != "/call files.read path=a" {
			t.Errorf("sent %v", got)
		}
	})
}

func TestANearlyRightCommandIsAskedAbout(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("/serfers github")
		d.Press("enter")
		d.Expect("did you mean /servers?")
		d.ExpectRow("❯ /serfers github")
		if got := uitest.Only[host.Submit](e); len(got) != 0 {
			t.Errorf("sent %v", got)
		}
	})
}

func TestWorkflowsAreCommands(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		w := host.Workflow{Name: "standup", Description: "the daily report", Prompt: "x"}
		e.Play(host.WorkflowsKnown{Workflows: []host.Workflow{w, {Name: "help", Prompt: "not ours"}}})
		d.Type("/sta")
		d.ExpectRow("▸ /standup", "the daily report")
		d.Press("enter")
		if got := uitest.Only[host.RunWorkflow](e); len(got) != 1 || got[0].Name != "standup" {
			t.Fatalf("ran %v", e.Ops())
		}
		e.Play(host.WorkflowRefused{Name: "standup", Message: "repo not given: write repo=…"})
		d.Expect("standup: repo not given")
		d.ExpectRow("❯ /standup")
	})
}
