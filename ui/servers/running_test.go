package servers_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"switchboard/host"
	"switchboard/host/clean"
	"switchboard/theme"
	"switchboard/ui/servers"
)

func with(s host.ServerStatus, set func(*host.ServerStatus)) host.ServerStatus {
	set(&s)
	return s
}

func calling(tool string, since time.Duration, done, total float64, message string) host.RunningCall {
	return host.RunningCall{Tool: tool, Since: now.Add(-since), Progress: host.ServerProgress{Done: done, Total: total, Message: clean.Foreign(message)}}
}

func TestRowsTellWhatIsKnown(t *testing.T) {
	t.Parallel()
	ready := status("git", host.ServerReady, "")
	tests := []struct {
		name string
		s    host.ServerStatus
		want []string // the rows below the title, or the title where only that is given
	}{
		{"latency of the last answer", ready, []string{"4 tools · 2 ms"}},
		{"median", with(ready, func(s *host.ServerStatus) { s.P50 = 41 * time.Millisecond }), []string{"4 tools · p50 41 ms"}},
		{"fresh evidence", with(ready, func(s *host.ServerStatus) { s.Evidence = now.Add(-59 * time.Second) }), []string{"4 tools · 2 ms"}},
		{"old evidence", with(ready, func(s *host.ServerStatus) { s.Evidence = now.Add(-125 * time.Second) }), []string{"4 tools · 2 ms · seen 2 min ago"}},
		{"news", with(ready, func(s *host.ServerStatus) { s.Delta, s.Listed = "+2 −1 tools", now.Add(-time.Second) }), []string{"+2 −1 tools · 2 ms"}},
		{"no news any more", with(ready, func(s *host.ServerStatus) { s.Delta, s.Listed = "+2 −1 tools", now.Add(-2*time.Minute) }), []string{"4 tools · 2 ms"}},
		{"list that was not renewed", with(ready, func(s *host.ServerStatus) {
			s.State, s.Reason, s.Listed = host.ServerDegraded, clean.Foreign("listing tools failed"), now.Add(-5*time.Minute)
		}), []string{"listing tools failed", "4 tools · 2 ms · list 5 min old"}},
		{"sparkline", with(ready, func(s *host.ServerStatus) { s.Latencies = []time.Duration{0, 1, 2, 3, 4, 5, 6, 7} }), []string{"4 tools · 2 ms ▁▂▃▄▅▆▇█"}},
		{"call", with(ready, func(s *host.ServerStatus) { s.Running = []host.RunningCall{calling("log", 7*time.Second, 0, 0, "")} }), []string{"▸ log 7 s", "4 tools · 2 ms"}},
		{"progress", with(ready, func(s *host.ServerStatus) {
			s.Running = []host.RunningCall{calling("log", 7*time.Second, 1, 4, "page 1")}
		}), []string{"▸ log 7 s ██░░░░░░ 25 % page 1", "4 tools · 2 ms"}},
		{"progress without an end", with(ready, func(s *host.ServerStatus) {
			s.Running = []host.RunningCall{calling("log", 7*time.Second, 12, 0, "")}
		}), []string{"▸ log 7 s 12", "4 tools · 2 ms"}},
		{"many calls", with(ready, func(s *host.ServerStatus) {
			for range 5 {
				s.Running = append(s.Running, calling("log", time.Second, 0, 0, ""))
			}
		}), []string{"▸ log 1 s", "▸ log 1 s", "▸ 3 calls running", "4 tools · 2 ms"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			all := rows(view(newPane(t, tt.s), 44, 10))[3:]
			for i, want := range tt.want {
				if got := strings.TrimSpace(all[i]); got != want {
					t.Errorf("row %d is %q, want %q", i, got, want)
				}
			}
			if rest := strings.TrimSpace(all[len(tt.want)]); rest != "" {
				t.Errorf("and %q", rest)
			}
		})
	}
}

func TestRetryCountsDown(t *testing.T) {
	t.Parallel()
	p := newPane(t, with(status("git", host.ServerBackoff, "exited"), func(s *host.ServerStatus) { s.RetryAt = now.Add(3500 * time.Millisecond) }))
	if got := rows(view(p, 34, 6))[2]; got != "↻ git  retry in 4 s" {
		t.Errorf("%q", got)
	}
	if got := ansi.Strip(p.View(34, 6, now.Add(2*time.Second))[2]); !strings.Contains(got, "retry in 2 s") {
		t.Errorf("later %q", got)
	}
}

// What counts seconds keeps the clock going; what stands still does not.
func TestCounting(t *testing.T) {
	t.Parallel()
	ready := status("git", host.ServerReady, "")
	for name, tt := range map[string]struct {
		s    host.ServerStatus
		want bool
	}{
		"ready":          {ready, false},
		"failed":         {status("git", host.ServerFailed, "x"), false},
		"fresh evidence": {with(ready, func(s *host.ServerStatus) { s.Evidence = now }), false},
		"old evidence":   {with(ready, func(s *host.ServerStatus) { s.Evidence = now.Add(-time.Hour) }), true},
		"call":           {with(ready, func(s *host.ServerStatus) { s.Running = []host.RunningCall{{Tool: "x"}} }), true},
		"backoff":        {with(status("git", host.ServerBackoff, "x"), func(s *host.ServerStatus) { s.RetryAt = now.Add(time.Second) }), true},
		"news":           {with(ready, func(s *host.ServerStatus) { s.Delta, s.Listed = "+1 tool", now }), true},
	} {
		if got := newPane(t, tt.s).Counting(now); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestServerInUseIsMarkedWithoutColour(t *testing.T) {
	t.Parallel()
	p := newPane(t, status("a", host.ServerReady, ""), with(status("b", host.ServerReady, ""), func(s *host.ServerStatus) {
		s.Running = []host.RunningCall{calling("log", time.Second, 0, 0, "")}
	}))
	if got := ansi.Strip(p.Strip(40, now)); got != "● a  ●▸b" {
		t.Errorf("the strip is %q", got)
	}
}

func TestConfigurationGivesTheOrder(t *testing.T) {
	t.Parallel()
	p := newPane(t, status("z", host.ServerStarting, ""), status("a", host.ServerStarting, ""), status("m", host.ServerStarting, ""))
	for _, n := range []string{"a", "m", "z"} {
		p.Apply(status(n, host.ServerReady, ""))
	}
	if got := fmt.Sprint(p.Names()); got != "[z a m]" {
		t.Errorf("names %s", got)
	}
	all := view(p, 30, 10)
	if !(strings.Index(all, "● z") < strings.Index(all, "● a") && strings.Index(all, "● a") < strings.Index(all, "● m")) {
		t.Errorf("order:\n%s", all)
	}
}

func TestWindowTellsWhatIsAboveAndBelow(t *testing.T) {
	t.Parallel()
	p := fifty(t)
	p.Focus()
	p.Move(25)
	all := rows(view(p, 30, 14))
	var shown int
	for _, r := range all {
		if strings.Contains(r, "server") && !strings.Contains(r, "servers") {
			shown++
		}
	}
	var above, below int
	for _, r := range all {
		fmt.Sscanf(strings.TrimSpace(r), "↑ %d more", &above)
		fmt.Sscanf(strings.TrimSpace(r), "↓ %d more", &below)
	}
	if above == 0 || below == 0 || above+shown+below != 50 {
		t.Errorf("%d above, %d shown, %d below of 50:\n%s", above, shown, below, strings.Join(all, "\n"))
	}
	p.Move(99)
	if s := view(p, 30, 14); strings.Contains(s, "↓") || !strings.Contains(s, "server49") {
		t.Errorf("the end:\n%s", s)
	}
}

func fifty(t testing.TB) *servers.Pane {
	t.Helper()
	th, err := theme.New("dark", true)
	if err != nil {
		t.Fatal(err)
	}
	p := servers.New(th)
	for i := range 50 {
		s := status(fmt.Sprintf("server%02d", i), host.ServerReady, "")
		s.Evidence, s.P50 = now.Add(-2*time.Minute), 12*time.Millisecond
		s.Running = []host.RunningCall{calling("search", time.Second, 1, 3, "page 1 of 3")}
		p.Apply(s)
	}
	return p
}

func TestBarIsBounded(t *testing.T) {
	t.Parallel()
	for _, share := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -3, 0, 0.5, 1, 7} {
		if b := servers.Bar(share, 8); ansi.StringWidth(b) != 8 {
			t.Errorf("%v is %q", share, b)
		}
	}
}

func TestSparkline(t *testing.T) {
	t.Parallel()
	ms := time.Millisecond
	for _, tt := range []struct {
		of   []time.Duration
		w    int
		want string
	}{
		{nil, 8, ""},
		{[]time.Duration{ms}, 8, ""},
		{[]time.Duration{0, 0}, 8, "▁▁"},
		{[]time.Duration{ms, 7 * ms}, 8, "▂█"},
		{[]time.Duration{9 * ms, ms, 7 * ms}, 2, "▂█"},
		{[]time.Duration{-ms, ms}, 8, "▁█"},
		{[]time.Duration{ms, ms}, 0, ""},
	} {
		if got := servers.Sparkline(tt.of, tt.w); got != tt.want {
			t.Errorf("%v in %d: %q, want %q", tt.of, tt.w, got, tt.want)
		}
	}
}

func TestControls(t *testing.T) {
	t.Parallel()
	for _, state := range []host.ServerState{
		host.ServerDisabled, host.ServerNeedsYou, host.ServerStarting, host.ServerReady, host.ServerDegraded,
		host.ServerStopping, host.ServerFailed, host.ServerUntrusted, host.ServerBackoff,
	} {
		for _, k := range servers.Controls(status("git", state, "")) {
			op, ok := servers.Control(k.Key, status("git", state, ""))
			if k.Key == "u" {
				ok = !ok // trust is never given by one key
			} else if servers.Done(op) == "" {
				t.Errorf("%s: nothing is said of %s", state, k.Key)
			}
			if !ok {
				t.Errorf("%s: %s (%s) does %+v", state, k.Key, k.Does, op)
			}
		}
	}
	if _, ok := servers.Control("r", host.ServerStatus{}); ok {
		t.Error("a server without a name is restarted")
	}
}

func BenchmarkPaneOfFifty(b *testing.B) {
	p := fifty(b)
	p.Focus()
	p.Move(25)
	for b.Loop() {
		p.View(32, 36, now)
	}
}

// The same with ten times the servers: it must not take ten times as long.
func BenchmarkPaneOfFiveHundred(b *testing.B) {
	p := fifty(b)
	for i := range 450 {
		p.Apply(status(fmt.Sprintf("more%03d", i), host.ServerReady, ""))
	}
	p.Focus()
	p.Move(25)
	for b.Loop() {
		p.View(32, 36, now)
	}
}
