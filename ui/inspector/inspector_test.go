package inspector_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/ui/inspector"
)

func contains(t *testing.T, in *inspector.Inspector, wants ...string) {
	t.Helper()
	got := screen(in, 84, 33)
	for _, w := range wants {
		if !strings.Contains(got, w) {
			t.Errorf("no word of %q:\n%s", w, got)
		}
	}
}

func lacks(t *testing.T, in *inspector.Inspector, not string) {
	t.Helper()
	if got := screen(in, 84, 33); strings.Contains(got, not) {
		t.Errorf("it says %q:\n%s", not, got)
	}
}

func TestKeysActOnTheServerInEveryTab(t *testing.T) {
	t.Parallel()
	actions := map[string]host.ControlServer{
		"r": {Server: "github", Action: host.Restart},
		"s": {Server: "github", Action: host.Stop},
		"t": {Server: "github", Action: host.RestartPatiently},
		"d": {Server: "github", Action: host.Disable},
		"D": {Server: "github", Action: host.Disable, Keep: true},
	}
	for tab := 1; tab <= 7; tab++ {
		for k, want := range actions {
			in := looking(t, github())
			press(in, fmt.Sprint(tab))
			if got := press(in, k).Op; got != host.Op(want) {
				t.Errorf("in tab %d, %s does %+v, want %+v", tab, k, got, want)
			}
		}
		in := looking(t, github())
		press(in, fmt.Sprint(tab))
		if got := press(in, "o").Open; got.Path == "" || got.Edit {
			t.Errorf("in tab %d, o opens %+v", tab, got)
		}
		if got := press(in, "e").Open; got != (inspector.File{Path: "/home/a/.config/switchboard/config.json", Line: 12, Edit: true}) {
			t.Errorf("in tab %d, e opens %+v", tab, got)
		}
	}
}

func TestDisabledServerIsEnabled(t *testing.T) {
	t.Parallel()
	e := github()
	e.Inspection.Status.State = host.ServerDisabled
	in := looking(t, e)
	if got := press(in, "D").Op; got != host.Op(host.ControlServer{Server: "github", Action: host.Enable, Keep: true}) {
		t.Errorf("D does %+v", got)
	}
}

func TestFilesThatAreNotThere(t *testing.T) {
	t.Parallel()
	in := looking(t, unheard())
	for _, k := range []string{"o", "e"} {
		if a := press(in, k); a.Open.Path != "" || a.Note == "" {
			t.Errorf("%s does %+v", k, a)
		}
	}
}

// Trust takes two keys, and the command stands above the question.
func TestTrustIsAskedFor(t *testing.T) {
	t.Parallel()
	in := looking(t, untrusted())
	if a := press(in, "y"); a.Op != nil {
		t.Fatalf("y alone does %+v", a.Op)
	}
	if a := press(in, "3", "u"); a.Op != nil {
		t.Fatalf("u alone does %+v", a.Op)
	}
	contains(t, in, "would run", "/usr/bin/npx -y", "y trust it")
	for _, k := range []string{"r", "s", "d", "enter", "space", "2"} {
		if a := press(in, k); a.Op != nil {
			t.Fatalf("%s at the question does %+v", k, a.Op)
		}
	}
	press(in, "esc")
	if a := press(in, "y"); a.Op != nil || a.Leave {
		t.Fatalf("after no, y does %+v", a)
	}
	if a := press(in, "u", "y"); a.Op != host.Op(host.ControlServer{Server: "github", Action: host.Trust}) {
		t.Errorf("y does %+v", a.Op)
	}
}

// What a file of the working directory asks for is shown whole by its own question:
// here it is masked.
func TestTrustOfAProposedServerIsGivenElsewhere(t *testing.T) {
	t.Parallel()
	e := untrusted()
	e.Inspection.Launch.Proposed = true
	in := looking(t, e)
	press(in, "u")
	contains(t, in, "a file of this folder asks for it", "y ask me about it")
	a := press(in, "y")
	if a.Op != host.Op(host.ControlServer{Server: "github", Action: host.Trust}) || !strings.Contains(a.Note, "ctrl+t") {
		t.Errorf("y does %+v", a)
	}
}

// A question about trust goes away when it is answered elsewhere.
func TestTrustGivenElsewhere(t *testing.T) {
	t.Parallel()
	in := looking(t, untrusted())
	press(in, "u")
	in.Apply(host.ServerChanged{Server: host.ServerStatus{Name: "github", State: host.ServerStarting}})
	if a := press(in, "y"); a.Op != nil {
		t.Errorf("y does %+v", a.Op)
	}
}

func TestEscapeGoesBackStepByStep(t *testing.T) {
	t.Parallel()
	steps := []struct {
		keys []string
		back int // how many times esc does not leave
	}{
		{[]string{"1"}, 0},
		{[]string{"2", "enter"}, 1},
		{[]string{"3", "enter"}, 1},
		{[]string{"3", "enter", "c"}, 2},
		{[]string{"3", "c", "x", "ctrl+s"}, 3},
		{[]string{"3", "/", "p", "enter"}, 1},
		{[]string{"3", "/", "p", "enter", "enter"}, 2},
		{[]string{"4", "down", "enter", "enter"}, 2},
		{[]string{"5", "enter"}, 1},
		{[]string{"6", "enter"}, 1},
		{[]string{"6", "/", "x"}, 1},
		{[]string{"7", "enter"}, 1},
	}
	for _, s := range steps {
		in := looking(t, github())
		press(in, s.keys...)
		for i := range s.back {
			if press(in, "esc").Leave {
				t.Errorf("%v: esc number %d leaves already", s.keys, i+1)
			}
		}
		if !press(in, "esc").Leave {
			t.Errorf("%v: esc number %d does not leave:\n%s", s.keys, s.back+1, screen(in, 84, 33))
		}
	}
}

func TestTabsGoRound(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	for _, want := range []string{"p95", "create_issue", "README", "triage", "listening", "7 messages", "proof"} {
		press(in, "tab")
		contains(t, in, want)
	}
	press(in, "left")
	contains(t, in, "7 messages")
	press(in, "right")
	contains(t, in, "proof")
}

func TestOtherServersChangeNothing(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	before := screen(in, 84, 33)
	other := crashed()
	other.Inspection.Status.Name = "slack"
	in.Apply(other)
	in.Apply(host.ServerChanged{Server: other.Inspection.Status})
	in.Apply(host.ResourceRead{Server: "slack", URI: "repo://a/b/README.md", Text: clean.Foreign("x")})
	if after := screen(in, 84, 33); after != before {
		t.Errorf("it shows something else now:\n%s", after)
	}
}

func TestStatusIsLive(t *testing.T) {
	t.Parallel()
	in := looking(t, github())
	s := github().Inspection.Status
	s.State, s.RetryAt, s.Reason = host.ServerBackoff, now.Add(3500*time.Millisecond), clean.Foreign("exited: killed")
	in.Apply(host.ServerChanged{Server: s})
	contains(t, in, "backoff", "in 4 s", "exited: killed")
	if got := strings.Join(in.View(84, 33, now.Add(2*time.Second)), "\n"); !strings.Contains(got, "in 2 s") {
		t.Errorf("the countdown stands still:\n%s", got)
	}
}

// Nothing that a server says reaches the screen as it came, and nothing is wider
// or higher than there is room for; the screen has 20 cells at least.
func TestWhateverAServerSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		e := hostile(rapid.SampledFrom([]string{"\x1b[2J", "\u202e", "世界🎉", "a\r\nb\tc", "\x9b31m", strings.Repeat("long ", 60), "\xff\xfe", ""}).Draw(r, "text"))
		in := looking(t, e)
		w, h := rapid.IntRange(19, 130).Draw(r, "w"), rapid.IntRange(1, 40).Draw(r, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "3", "4", "5", "6", "7", "enter", "c", "/", "x", "down", "up", "tab", "esc", "ctrl+s", "y", "space", "f", "end", "pgdown", "l", "v"}), 0, 8).Draw(r, "keys")
		for _, k := range keys {
			in.View(w, h, now)
			press(in, k)
		}
		rows := in.View(w, h, now)
		if len(rows) != h {
			r.Fatalf("%d rows in %d", len(rows), h)
		}
		for _, row := range rows {
			if n := ansi.StringWidth(row); n > w {
				r.Fatalf("a row of %d cells in %d: %q", n, w, row)
			}
			if plain := ansi.Strip(row); strings.ContainsAny(plain, "\x1b\r\n\t\u202e\u009b") {
				r.Fatalf("not cleaned: %q", plain)
			}
		}
		if x, y, ok := in.Cursor(); ok && (x < 0 || x > w || y < 0 || y >= h) {
			r.Fatalf("the cursor stands at %d, %d of %d×%d", x, y, w, h)
		}
	})
}

// hostile is the crashed server with a text in every place that a server can fill.
func hostile(s string) host.ServerInspected {
	e := github()
	i := &e.Inspection
	i.Status.Reason, i.Status.Stderr, i.Status.Stdout, i.Status.Delta = text(s), text(s), text(s), s
	i.Status.Running[0].Tool, i.Status.Running[0].Progress.Message = s, text(s)
	i.Launch.Command, i.Launch.Args, i.Launch.URL, i.Launch.Lookup, i.Launch.Env = s, []string{s, s}, s, []string{s}, []string{s}
	i.Handshake.Name, i.Handshake.Title, i.Handshake.Instructions, i.Handshake.Capabilities, i.Handshake.How = text(s), text(s), text(s), []string{s}, s
	i.History[2].Reason = text(s)
	i.Recent[0].Tool, i.Recent[0].Text, i.Recent[0].Arguments = s, text(s), []byte(`{"`+s+`":1}`)
	i.Resources[0].URI, i.Resources[0].Name, i.Resources[0].MIME = s, text(s), s
	i.Prompts[0].Name, i.Prompts[0].Description = s, text(s)
	i.Log[0].Text, i.Log[3].Logger, i.Log[3].Level = text(s), text(s), s
	i.Wire[0].Method, i.Wire[0].ID, i.Wire[0].Body = s, s, []byte(s)
	e.Tools[0].Tool.ID.Tool, e.Tools[0].Tool.Description, e.Tools[0].Tool.Schema, e.Tools[0].Why = s, text(s), []byte(`{"properties":{"`+s+`":{"description":"`+s+`"}}}`), s
	return e
}
