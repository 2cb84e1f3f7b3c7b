//go:build unix

package host_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/policy"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// written is the configuration of a test, which it may write anew.
type written struct {
	mu       sync.Mutex
	settings host.Settings
	err      error
}

func (w *written) read() (host.Settings, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.settings, w.err
}

// write is an edit of the configuration.
func (w *written) write(settings host.Settings, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.settings, w.err = settings, err
}

// rewritable starts a host over a configuration that can be edited. Every entry in
// known is one that the person has accepted before.
func rewritable(t *testing.T, m llm.Model, servers, known []config.Server, more ...func(*host.Options)) (*session, *written) {
	t.Helper()
	w := &written{}
	more = append(more, func(o *host.Options) {
		o.Reload, o.Grants = w.read, knowing(t, policy.Known, slices.Concat(servers, known)...)
	})
	s := begin(t, m, servers, more...)
	w.write(host.Settings{Servers: servers}, nil)
	return s, w
}

// reread reads the configuration again and gives the names of what there is then.
func (s *session) reread() []string {
	s.t.Helper()
	s.host.Do(host.Reload{})
	return next(s, anyOf[host.ServersKnown]).Names
}

// told waits for a notice with this in it.
func (s *session) told(text string) {
	s.t.Helper()
	next(s, func(n host.Notice) bool { return strings.Contains(n.Text.Raw(), text) })
}

func TestAnotherConfigurationTouchesOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	stays, goes := servertest.Config("stays"), servertest.Config("goes")
	before, after := servertest.Config("changes", "-tools=old"), servertest.Config("changes", "-tools=new")
	comes := servertest.Config("comes", "-tools=fresh")
	m := llmtest.New(llmtest.Say("hm"))
	s, w := rewritable(t, m, []config.Server{goes, before, stays}, []config.Server{after, comes},
		func(o *host.Options) { o.Collisions = config.Collisions{Default: "namespace"} })
	s.ready("goes", "changes", "stays")
	pid := map[string]int{}
	for _, name := range []string{"goes", "changes", "stays"} {
		pid[name] = s.pid(name)
	}
	moved := stays
	moved.Source = config.Position{File: "config.json", Line: 40} // elsewhere in the file
	w.write(host.Settings{Servers: []config.Server{comes, after, moved}}, nil)
	if got := s.reread(); !slices.Equal(got, []string{"comes", "changes", "stays"}) {
		t.Errorf("there are %v", got)
	}
	s.told("configuration read again: comes added, changes restarted, goes removed")
	s.ready("comes", "changes")
	if now := s.pid("changes"); now == pid["changes"] || alive(pid["changes"]) {
		t.Errorf("the process was %d and is %d", pid["changes"], now)
	}
	if s.pid("stays") != pid["stays"] || !alive(pid["stays"]) {
		t.Errorf("the server whose entry moved was started anew: %d, then %d", pid["stays"], s.pid("stays"))
	}
	for _, e := range s.events {
		if c, ok := e.(host.ServerChanged); ok && c.Server.Name == "stays" && c.Server.Restarts > 0 {
			t.Errorf("restarted: %+v", c)
		}
	}
	s.say("what is there?")
	s.over()
	got := names(m.Last())
	for name, want := range map[string]bool{"new": true, "fresh": true, "old": false, "goes__echo": false} {
		if slices.Contains(got, name) != want {
			t.Errorf("offered %v; %s should be among them: %v", got, name, want)
		}
	}
	dead(t, pid["goes"])
}

// dead waits for the end of a process.
func dead(t *testing.T, pid int) {
	t.Helper()
	for deadline := time.Now().Add(patience); alive(pid); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("process %d is left", pid)
		}
	}
}

func TestABrokenConfigurationChangesNothing(t *testing.T) {
	t.Parallel()
	servers := []config.Server{servertest.Config("one")}
	s, w := rewritable(t, llmtest.New(), servers, nil)
	s.ready("one")
	pid := s.pid("one")
	w.write(host.Settings{}, errors.New("config.json:3:1: a comma is missing"))
	s.host.Do(host.Reload{})
	s.told("everything stays as it was: config.json:3:1: a comma is missing")
	s.host.Do(host.Reload{Noticed: true}) // the same again is no news
	w.write(host.Settings{Servers: servers}, nil)
	s.host.Do(host.Reload{})
	s.told("the servers stay as they are")
	if s.pid("one") != pid || !alive(pid) {
		t.Error("the server was started anew")
	}
	said := 0
	for _, e := range s.events {
		if n, ok := e.(host.Notice); ok && strings.Contains(n.Text.Raw(), "a comma is missing") {
			said++
		}
	}
	if said != 1 {
		t.Errorf("told %d times:\n%s", said, s.log())
	}
}

func TestACallOfAServerThatChangesEndsWithTheReason(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, why string
		after     []config.Server
	}{
		{"changed", "was changed", []config.Server{servertest.Config("busy", "-tools=never,more")}},
		{"removed", "taken out of the configuration", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.New(llmtest.Call("never", `{}`), llmtest.Say("so be it"))
			s, w := rewritable(t, m, []config.Server{servertest.Config("busy", "-tools=never")}, test.after, allow("*/*"))
			s.ready("busy")
			s.say("go")
			next(s, anyOf[host.CallStarted])
			w.write(host.Settings{Servers: test.after}, nil)
			s.host.Do(host.Reload{})
			f := s.finished()
			if f.Outcome != host.CallError || !strings.Contains(f.Text.Raw(), test.why) {
				t.Errorf("the call ended with %+v", f)
			}
			if end := s.over(); end.Finish != host.FinishDone {
				t.Errorf("the turn ended with %+v", end)
			}
			answered(t, m.Last())
		})
	}
}

func TestAServerLaunchedInAnotherWayNeedsConsent(t *testing.T) {
	t.Parallel()
	before, after := servertest.Config("one"), servertest.Config("one", "-tools=more")
	s, w := rewritable(t, llmtest.New(), []config.Server{before}, nil)
	s.ready("one")
	pid := s.pid("one")
	w.write(host.Settings{Servers: []config.Server{after}}, nil)
	s.reread()
	c := next(s, func(e host.ServerChanged) bool { return e.Server.Name == "one" })
	if c.Server.State != host.ServerUntrusted || !strings.Contains(c.Server.Reason.Raw(), "-tools=more") {
		t.Errorf("the server is %s: %s", c.Server.State, c.Server.Reason)
	}
	dead(t, pid)
	s.host.Do(host.ControlServer{Server: "one", Action: host.Trust})
	s.ready("one")
}

func TestAnEntryThatIsSwitchedKeepsItsServer(t *testing.T) {
	t.Parallel()
	on := servertest.Config("one")
	off := on
	off.Disabled = true
	s, w := rewritable(t, llmtest.New(), []config.Server{on}, nil)
	s.ready("one")
	w.write(host.Settings{Servers: []config.Server{off}}, nil)
	s.host.Do(host.Reload{Noticed: true})
	s.told("one disabled")
	next(s, func(e host.ServerChanged) bool { return e.Server.State == host.ServerDisabled })
	w.write(host.Settings{Servers: []config.Server{on}}, nil)
	s.host.Do(host.Reload{Noticed: true})
	s.told("one enabled")
	s.ready("one")
}

// A key that writes "disabled" into the file has done already what the file then
// says.
func TestOurOwnWriteIsNoNews(t *testing.T) {
	t.Parallel()
	on := servertest.Config("one")
	off := on
	off.Disabled = true
	w := &written{}
	s := begin(t, llmtest.New(), []config.Server{on}, func(o *host.Options) {
		o.Reload = w.read
		o.SetDisabled = func(string, bool) error {
			w.write(host.Settings{Servers: []config.Server{off}}, nil)
			return nil
		}
	})
	s.ready("one")
	s.host.Do(host.ControlServer{Server: "one", Action: host.Disable, Keep: true})
	s.told("disabled from now on")
	next(s, func(e host.ServerChanged) bool { return e.Server.State == host.ServerDisabled })
	s.host.Do(host.Reload{Noticed: true})
	next(s, anyOf[host.ServersKnown])
	s.host.Do(host.Reload{})
	s.told("the servers stay as they are")
	for _, e := range s.events {
		if n, ok := e.(host.Notice); ok && strings.Contains(n.Text.Raw(), "one disabled") {
			t.Error("told as news")
		}
	}
}

func TestRulesWorkflowsAndNamesAreTakenOver(t *testing.T) {
	t.Parallel()
	servers := []config.Server{servertest.Config("a"), servertest.Config("b"), servertest.Config("c")}
	m := llmtest.New(llmtest.Say("tidy"))
	s, w := rewritable(t, m, servers, nil, allow("*/*"), func(o *host.Options) {
		o.Collisions = config.Collisions{Default: "priority"}
	})
	s.ready("a", "b", "c")
	deny, err := policy.ParseRule("a/echo")
	if err != nil {
		t.Fatal(err)
	}
	deny.Effect, deny.Source = policy.Deny, "config.json:9:1"
	w.write(host.Settings{
		Servers: servers, Rules: []policy.Rule{deny}, Collisions: config.Collisions{Default: "namespace"},
		Workflows: []host.Workflow{{Name: "tidy", Prompt: "tidy up"}},
		Notices:   []host.Notice{{Level: host.Warn}},
	}, nil)
	s.host.Do(host.Reload{})
	if known := next(s, anyOf[host.WorkflowsKnown]); len(known.Workflows) != 1 {
		t.Errorf("workflows are %v", known)
	}
	next(s, func(n host.Notice) bool { return n.Text.Empty() })
	s.told("the servers stay as they are")
	s.host.Do(host.RunWorkflow{Name: "tidy"})
	s.over()
	if got := names(m.Last()); !slices.Equal(got, []string{"b__echo", "c__echo"}) {
		t.Errorf("offered %v", got) // that of a is denied
	}
}

// A consent that was asked for what a file said before is no consent to what it
// says now.
func TestAConsentIsForWhatWasAsked(t *testing.T) {
	t.Parallel()
	one := proposed("one")
	s, w := rewritable(t, llmtest.New(), []config.Server{one}, nil)
	first := next(s, anyOf[host.Asked])
	two := proposed("one", "-tools=more")
	w.write(host.Settings{Servers: []config.Server{two}}, nil)
	s.reread()
	second := next(s, anyOf[host.Asked])
	s.answer(first.ID, host.Agree{Scope: host.Session})
	if q := second.Question.(host.Consent); q.Proposal.Hash != two.Proposal.Hash {
		t.Errorf("asked about %+v", q)
	}
	s.host.Do(host.Reload{})
	s.told("the servers stay as they are")
	if pid := s.pid("one"); pid != 0 {
		t.Errorf("the server runs as %d", pid)
	}
	s.answer(second.ID, host.Agree{Scope: host.Session})
	s.ready("one")
}

func TestAReloadBeforeTheStartStartsNothing(t *testing.T) {
	t.Parallel()
	after := servertest.Config("two")
	s, w := rewritable(t, llmtest.New(), []config.Server{servertest.Config("one")}, []config.Server{after},
		func(o *host.Options) { o.Hold = true })
	w.write(host.Settings{Servers: []config.Server{after}}, nil)
	s.reread()
	s.told("two added, one removed")
	s.host.Do(host.Begin{})
	s.ready("two")
	if pid := s.pid("one"); pid != 0 {
		t.Error("the server that is gone was started")
	}
}
