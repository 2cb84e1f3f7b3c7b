package ui_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/ui"
	"switchboard/ui/uitest"
)

func TestReloadReadsTheConfigurationAgain(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		d.Type("/reload")
		d.Press("enter")
		if got := e.Ops(); !slices.Equal(got, []host.Op{host.Reload{}}) {
			t.Errorf("ops %+v", got)
		}
	})
}

// The end of the editor reads what was edited; the end of the pager reads nothing.
func TestWhatWasEditedHoldsAtOnce(t *testing.T) {
	t.Parallel()
	for key, want := range map[string][]host.Reload{"o": nil, "e": {{Noticed: true}}} {
		synctest.Test(t, func(t *testing.T) {
			e := uitest.NewEngine()
			defer synctest.Wait()
			defer e.Close()
			d := uitest.Start(t, medium, e, func(o *ui.Options) {
				o.Open = func(string, int, bool) tea.ExecCommand { return viewer{} }
			})
			defer d.Quit()
			e.Play(builtins(host.ServerReady)...)
			d.Press("tab", "enter")
			e.Play(inspected("calculator"))
			d.Expect("/etc/config.json:7")
			d.Press(key)
			d.Wait(time.Second)
			if got := uitest.Only[host.Reload](e); !slices.Equal(got, want) {
				t.Errorf("%s: %+v", key, got)
			}
		})
	}
}

func TestAServerThatIsGoneLeavesTheScreen(t *testing.T) {
	t.Parallel()
	on(t, large, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(builtins(host.ServerReady)...)
		d.Expect("5 of 5 ready")
		d.Press("tab", "enter")
		e.Play(inspected("calculator"))
		d.Expect("1 Overview")
		e.Play(host.ServersKnown{Names: []string{"slack", "notes", "clock"}}, server("slack", host.ServerReady))
		d.Expect("3 of 3 ready")
		d.Expect("calculator is gone from the configuration")
		d.ExpectNot("1 Overview")
		d.ExpectNot("weather")
		d.Press("esc")
		d.Type("/servers s")
		d.ExpectRow("▸", "slack")
		d.Press("esc")
		d.Press("ctrl+c")
		e.Play(host.ServersKnown{})
		d.ExpectNot("slack")
	})
}
