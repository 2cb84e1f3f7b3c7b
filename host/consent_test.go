package host_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// proposed is a server that a file of the working directory asks for.
func proposed(name string, flags ...string) config.Server {
	s := servertest.Config(name, flags...)
	s.Untrusted = ".mcp.json of this folder asks for it"
	s.Proposal = &config.Proposal{Folder: "/clone", File: ".mcp.json", Server: name, Hash: "sha256:1" + strings.Join(flags, " "), Command: s.Command, Args: s.Args}
	return s
}

func quiet() llm.Model {
	return llmtest.NewFunc(func(llm.Request) llmtest.Step { return llmtest.Say("ok") })
}

// consent waits for the next question about a server of a project file.
func (s *session) consent() (host.QuestionID, host.Consent) {
	s.t.Helper()
	e := next(s, func(e host.Asked) bool { _, ok := e.Question.(host.Consent); return ok })
	return e.ID, e.Question.(host.Consent)
}

// asked counts the questions about servers so far.
func (s *session) asked() int {
	n := 0
	for _, e := range s.events {
		if a, ok := e.(host.Asked); ok {
			if _, ok := a.Question.(host.Consent); ok {
				n++
			}
		}
	}
	return n
}

// state waits for a server to get there.
func (s *session) state(name string, state host.ServerState) host.ServerStatus {
	s.t.Helper()
	return next(s, func(e host.ServerChanged) bool { return e.Server.Name == name && e.Server.State == state }).Server
}

func withGrants(store *grants.Store) func(*host.Options) {
	return func(o *host.Options) { o.Grants = store }
}

func openGrants(t *testing.T, path string) *grants.Store {
	t.Helper()
	store, err := grants.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func TestAProposedServerStartsForThisSessionAlone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	s := begin(t, quiet(), []config.Server{proposed("db")}, withGrants(openGrants(t, path)))
	id, q := s.consent()
	if q.Proposal.Server != "db" || q.Proposal.File != ".mcp.json" {
		t.Errorf("%+v", q)
	}
	s.answer(id, host.Approve{Scope: host.Session, Hash: "sha256:1"}) // no answer to this question
	s.answer(id, host.Agree{Scope: host.Once})
	s.answer(id, host.Agree{})
	s.answer(id, host.Agree{Scope: host.Session})
	s.ready("db")
	if n := s.asked(); n != 1 {
		t.Errorf("asked %d times", n)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a consent for the session was written down")
	}
}

func TestAConsentForGoodIsRemembered(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	s := begin(t, quiet(), []config.Server{proposed("db")}, withGrants(openGrants(t, path)))
	id, _ := s.consent()
	s.answer(id, host.Agree{Scope: host.Always})
	next(s, func(n host.Notice) bool { return strings.Contains(n.Text.Line(), "db is started from now on") })
	if d := openGrants(t, path).Snapshot(); !d.Consented("/clone", "db", "sha256:1") {
		t.Errorf("remembered %+v", d.Consents)
	}
}

func TestAConsentThatCannotBeKeptHoldsForTheSession(t *testing.T) {
	t.Parallel()
	s := begin(t, quiet(), []config.Server{proposed("db")})
	id, _ := s.consent()
	s.answer(id, host.Agree{Scope: host.Always})
	next(s, func(n host.Notice) bool { return strings.Contains(n.Text.Line(), "holds for this session only") })
}

// No keeps a server from running until the person asks for the question again; and
// no action but the answer starts it.
func TestARefusedServerAsksAgainOnlyWhenTold(t *testing.T) {
	t.Parallel()
	s := begin(t, quiet(), []config.Server{proposed("db"), servertest.Config("mine")})
	id, _ := s.consent()
	s.answer(id, host.Deny{})
	next(s, func(w host.Withdrawn) bool { return w.ID == id })
	for _, action := range []host.ServerAction{host.Restart, host.RestartPatiently, host.Enable} {
		s.host.Do(host.ControlServer{Server: "db", Action: action})
	}
	s.host.Do(host.ControlServer{Server: "mine", Action: host.Stop})
	s.state("mine", host.ServerStopped)
	if n := s.asked(); n != 1 {
		t.Errorf("asked %d times", n)
	}
	s.host.Do(host.ControlServer{Server: "db", Action: host.Trust})
	id, _ = s.consent()
	for _, e := range s.events {
		if c, ok := e.(host.ServerChanged); ok && c.Server.Name == "db" && (c.Server.PID != 0 || c.Server.State != host.ServerUntrusted) {
			t.Errorf("it was %+v", c.Server)
		}
	}
	s.answer(id, host.Agree{Scope: host.Session})
	s.ready("db")
}

func TestADisabledServerIsNotAskedAbout(t *testing.T) {
	t.Parallel()
	s := begin(t, quiet(), []config.Server{proposed("db")})
	first, _ := s.consent()
	s.host.Do(host.ControlServer{Server: "db", Action: host.Disable})
	next(s, func(w host.Withdrawn) bool { return w.ID == first })
	s.host.Do(host.ControlServer{Server: "db", Action: host.Enable})
	if again, _ := s.consent(); again == first {
		t.Error("the same question came back")
	}
}

func TestNobodyIsAskedWhereNoPersonIs(t *testing.T) {
	t.Parallel()
	s := begin(t, quiet(), []config.Server{proposed("db")}, func(o *host.Options) { o.Unattended = true })
	s.say("hello")
	s.over()
	s.host.Do(host.ControlServer{Server: "db", Action: host.Trust})
	s.say("hello again")
	s.over()
	if n := s.asked(); n != 0 {
		t.Errorf("asked %d times", n)
	}
	for _, e := range s.events {
		if c, ok := e.(host.ServerChanged); ok && c.Server.State != host.ServerUntrusted {
			t.Errorf("it was %+v", c.Server)
		}
	}
}

// A server whose consent is remembered starts without a question.
func TestAServerWithConsentStarts(t *testing.T) {
	t.Parallel()
	db := proposed("db")
	db.Untrusted = ""
	s := begin(t, quiet(), []config.Server{db})
	s.ready("db")
	if n := s.asked(); n != 0 {
		t.Errorf("asked %d times", n)
	}
}
