package ui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/ui"
	"switchboard/ui/uitest"
)

func TestTheModeIsInTheStatusLine(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.ModeChanged{Mode: host.ModeAsk})
		d.ExpectNot("auto:")
		e.Play(host.ModeChanged{Mode: host.ModeAuto})
		d.Expect("auto: trusted servers are not asked about")
		e.Play(host.ModeChanged{Mode: host.ModeReadOnly})
		d.Expect("read-only")
	})
}

func TestCommandsOfAuthority(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typed string
		want  host.Op // nil for none
		says  string
	}{
		{"/mode auto", host.SetMode{Mode: host.ModeAuto}, ""},
		{"/mode yolo", nil, "/mode ask, /mode read-only or /mode auto"},
		{"/trust github", host.SetTrust{Server: "github", Trust: host.TrustKnown}, ""},
		{"/trust github trusted", host.SetTrust{Server: "github", Trust: host.TrustFull}, ""},
		{"/trust my server refused", host.SetTrust{Server: "my server", Trust: host.TrustRefused}, ""},
		{"/trust nobody", nil, "say which"},
		{"/gate github", host.GateResults{Server: "github", On: true}, ""},
		{"/gate github off", host.GateResults{Server: "github"}, ""},
		{"/grants", host.ListGrants{On: true}, "grants"},
	} {
		t.Run(c.typed, func(t *testing.T) {
			t.Parallel()
			on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
				for _, name := range []string{"github", "my server"} {
					e.Play(host.ServerChanged{Server: host.ServerStatus{Name: name, State: host.ServerReady}})
				}
				d.Type(c.typed)
				d.Press("esc", "enter")
				if c.says != "" {
					d.Expect(c.says)
				}
				var got host.Op
				for _, op := range e.Ops() {
					got = op
				}
				if got != c.want {
					t.Errorf("did %+v, want %+v", got, c.want)
				}
			})
		})
	}
}

func TestPromotionIsTold(t *testing.T) {
	t.Parallel()
	on(t, medium, func(d *uitest.Driver, e *uitest.Engine) {
		e.Play(host.TrustChanged{Server: "github"})
		d.ExpectNot("github is new")
		e.Play(host.TrustChanged{Server: "github", Trust: host.TrustKnown})
		d.Expect("github is known: rules may allow its calls")
	})
}

// TestANotificationComesOnlyToWhoLooksElsewhere looks at the bytes that go out.
func TestANotificationComesOnlyToWhoLooksElsewhere(t *testing.T) {
	t.Parallel()
	hostile := approval(1, "files\x1b]0;x\x07", "write_file", `{}`)
	d := newDesk()
	if bytes := ui.Rings(d.model, hostile); bytes != "" {
		t.Errorf("a person who looks is called by %q", bytes)
	}
	d = newDesk()
	d.update(tea.BlurMsg{})
	const want = "\a\x1b]9;Switchboard: 1 question for you\x1b\\\x1b]777;notify;Switchboard;Switchboard: 1 question for you\x1b\\"
	if bytes := ui.Rings(d.model, hostile); bytes != want {
		t.Errorf("a person who looks elsewhere is called by %q", bytes)
	}
	if bytes := ui.Rings(d.model, host.Withdrawn{ID: 1}); bytes != "" {
		t.Errorf("nothing waits, and still %q", bytes)
	}
	d.update(tea.FocusMsg{})
	if bytes := ui.Rings(d.model, approval(2, "files", "write_file", `{}`)); bytes != "" {
		t.Errorf("who came back is called by %q", bytes)
	}
}
