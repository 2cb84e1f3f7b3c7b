package servers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/servers"
)

var now = time.Unix(1e9, 0)

func newPane(t *testing.T, list ...host.ServerStatus) *servers.Pane {
	t.Helper()
	th, err := theme.New("none", true)
	if err != nil {
		t.Fatal(err)
	}
	p := servers.New(th)
	for _, s := range list {
		p.Apply(s)
	}
	return p
}

func status(name string, state host.ServerState, reason string) host.ServerStatus {
	return host.ServerStatus{Name: name, State: state, Since: now.Add(-3200 * time.Millisecond), Reason: clean.Foreign(reason), Tools: 4, Latency: 2 * time.Millisecond}
}

func view(p *servers.Pane, w, h int) string { return ansi.Strip(strings.Join(p.View(w, h, now), "\n")) }

func rows(s string) []string {
	var out []string
	for r := range strings.SplitSeq(s, "\n") {
		out = append(out, strings.TrimRight(ansi.Strip(r), " "))
	}
	return out
}

func TestEveryStateHasItsOwnLampAndWord(t *testing.T) {
	t.Parallel()
	states := []host.ServerState{
		host.ServerDisabled, host.ServerNeedsYou, host.ServerStarting, host.ServerReady,
		host.ServerDegraded, host.ServerStopping, host.ServerFailed, host.ServerUntrusted, host.ServerBackoff,
	}
	lamps := map[string]host.ServerState{}
	for _, s := range states {
		row := rows(view(newPane(t, status("git", s, "")), 30, 4))[2]
		lamp := strings.Fields(row)[0]
		if other, taken := lamps[lamp]; taken {
			t.Errorf("%s and %s both show %s", s, other, lamp)
		}
		lamps[lamp] = s
		if !strings.Contains(row, string(s)) {
			t.Errorf("%q does not say %q", row, s)
		}
	}
}

func TestAttentionComesFirst(t *testing.T) {
	t.Parallel()
	p := newPane(t,
		status("ready", host.ServerReady, ""), status("off", host.ServerDisabled, ""), status("starting", host.ServerStarting, ""),
		status("failed", host.ServerFailed, "exited"), status("slow", host.ServerDegraded, "3 probes unanswered"), status("asks", host.ServerNeedsYou, "sign in"))
	got := strings.TrimRight(strings.Join(rows(view(p, 34, 14)), "\n"), "\n") + "\n"
	want := `servers  1 of 6 ready

✗ failed    failed
  exited
? asks      needs you
  sign in
▲ slow      degraded
  3 probes unanswered
  4 tools · 2 ms
` + startingLamp() + ` starting  starting 3.2 s
● ready     ready
  4 tools · 2 ms
○ off       disabled
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// startingLamp is the face that a starting server shows at this time.
func startingLamp() string {
	return []string{"◐", "◓", "◑", "◒"}[now.UnixMilli()/160%4]
}

func TestReasonIsShortUntilChosen(t *testing.T) {
	t.Parallel()
	p := newPane(t, status("git", host.ServerFailed, "exited with status 1 after 0.2 s: GITHUB_TOKEN is required; set it and press r"))
	if s := view(p, 30, 10); strings.Contains(s, "press r") || !strings.Contains(s, "…") {
		t.Errorf("not cut:\n%s", s)
	}
	p.Focus()
	if s := view(p, 30, 10); !strings.Contains(s, "press r") {
		t.Errorf("still cut:\n%s", s)
	}
}

func TestChosenServerStaysChosen(t *testing.T) {
	t.Parallel()
	p := newPane(t, status("a", host.ServerReady, ""), status("b", host.ServerReady, ""))
	p.Focus()
	p.Move(1)
	p.Apply(status("b", host.ServerFailed, "exited"))
	if s, _ := p.Chosen(); s.Name != "b" || s.State != host.ServerFailed {
		t.Errorf("chosen %+v", s)
	}
	p.Move(99)
	if s, _ := p.Chosen(); s.Name != "b" {
		t.Errorf("the rows changed places under the cursor: the last is %q", s.Name)
	}
	p.Blur()
	if got := rows(view(p, 30, 8))[2]; !strings.Contains(got, "b") {
		t.Errorf("what failed is not on top once the keys are elsewhere: %q", got)
	}
}

func TestFocusedBeforeThereAreServers(t *testing.T) {
	t.Parallel()
	p := newPane(t)
	p.Focus()
	p.Move(1)
	if _, ok := p.Chosen(); ok {
		t.Error("chose one of none")
	}
	p.Apply(status("a", host.ServerReady, ""))
	if s, ok := p.Chosen(); !ok || s.Name != "a" {
		t.Error("nothing is chosen")
	}
}

func TestManyServersScroll(t *testing.T) {
	t.Parallel()
	p := newPane(t)
	for i := range 40 {
		p.Apply(status(fmt.Sprintf("server%02d", i), host.ServerReady, ""))
	}
	if s := view(p, 30, 12); !strings.Contains(s, "server00") || !strings.Contains(s, "more") {
		t.Errorf("no beginning, or no word of the rest:\n%s", s)
	}
	p.Focus()
	for i := range 40 {
		if s := view(p, 30, 12); !strings.Contains(s, fmt.Sprintf("server%02d", i)) {
			t.Fatalf("server%02d is chosen and out of sight:\n%s", i, s)
		}
		p.Move(1)
	}
	for i := 39; i >= 0; i-- {
		if s := view(p, 30, 12); !strings.Contains(s, fmt.Sprintf("server%02d", i)) {
			t.Fatalf("on the way up server%02d is out of sight:\n%s", i, s)
		}
		p.Move(-1)
	}
}

func TestStrip(t *testing.T) {
	t.Parallel()
	p := newPane(t, status("calculator", host.ServerReady, ""), status("clock", host.ServerReady, ""), status("github", host.ServerFailed, "x"))
	for _, tt := range []struct {
		w    int
		want string
	}{
		{60, "✗ github  ● calculator  ● clock"},
		{30, "✗ github  ● calculat  ● clock"},
		{22, "✗ gith  ● calc  ● cloc"},
		{10, "✗ ● ●"},
		{5, "✗ ● ●"},
		{4, "✗1 …"},
	} {
		if got := ansi.Strip(p.Strip(tt.w, now)); got != tt.want {
			t.Errorf("%d cells: %q, want %q", tt.w, got, tt.want)
		}
	}
}

func TestClickedRowNamesItsServer(t *testing.T) {
	t.Parallel()
	p := newPane(t, status("a", host.ServerReady, ""), status("b", host.ServerReady, ""))
	for row, want := range []string{"", "", "a", "a", "b", "b", "", ""} {
		if got := p.At(row, 30, 8, now); got != want {
			t.Errorf("row %d is %q, want %q", row, got, want)
		}
	}
}

// Whatever servers are called, every row has its width and the pane its height.
func TestRowsFit(t *testing.T) {
	t.Parallel()
	p := newPane(t, status(strings.Repeat("n", 200), host.ServerReady, ""), status("a\x1b[31m\n世界", host.ServerFailed, strings.Repeat("word ", 90)), status("", host.ServerStarting, ""))
	for _, focused := range []bool{false, true} {
		if focused {
			p.Focus()
		}
		for w := 1; w < 60; w += 5 {
			for h := range 9 {
				rows := p.View(w, h, now)
				if len(rows) != h {
					t.Fatalf("%d rows in %dx%d", len(rows), w, h)
				}
				for _, r := range rows {
					if ansi.StringWidth(r) != w {
						t.Fatalf("row of %d cells in %dx%d: %q", ansi.StringWidth(r), w, h, r)
					}
				}
				if s := p.Strip(w, now); ansi.StringWidth(s) > w {
					t.Fatalf("strip of %d cells in %d", ansi.StringWidth(s), w)
				}
			}
		}
	}
}
