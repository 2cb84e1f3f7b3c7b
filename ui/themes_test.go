package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"switchboard/host"
	"switchboard/ui"
	"switchboard/ui/uitest"
)

// One picture with its styles for each kind of theme.
func TestThemes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dark", "light", "ansi", "none"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := uitest.NewEngine()
				defer synctest.Wait()
				defer e.Close()
				d := uitest.Start(t, uitest.Size{Width: 96, Height: 20}, e, func(o *ui.Options) { o.Theme = name })
				defer d.Quit()
				e.Play(builtins(host.ServerReady)...)
				e.Play(server("github", host.ServerFailed, because("exited with status 1")), server("clock", host.ServerDisabled))
				e.Play(asking("go", "I go")...)
				e.Play(called(1, "files", "write_file", "{\"path\":\"sum.txt\",\"text\":\"a\u202eb\"}")...)
				d.Wait(time.Second)
				d.Press("ctrl+t")
				d.Wait(time.Second)
				golden.RequireEqual(t, []byte(d.Styled()))
			})
		})
	}
}
