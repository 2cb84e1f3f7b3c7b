package host_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"switchboard/host"
	"switchboard/host/builtin"
	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/host/policy"
	"switchboard/host/server"
	"switchboard/host/server/servertest"
	"switchboard/llm"
)

// TestMain lets the test binary be what the program is to itself: a built-in
// server, the guard, or one of the servers that misbehave.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "builtin" {
		dir, _ := os.Getwd()
		err := builtin.Serve(context.Background(), os.Args[2], builtin.Options{
			Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
			Dir: dir, DataDir: os.Getenv("NOTES_DIR"), Getenv: os.Getenv,
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) == 4 && os.Args[1] == crashArg {
		talkUntilKilled(os.Args[2], os.Args[3])
	}
	servertest.Children()
	goleak.VerifyTestMain(m)
}

// builtins are built-in servers as real child processes, with a data folder of
// their own.
func builtins(t *testing.T, names ...string) []config.Server {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	env := []string{"NOTES_DIR=" + t.TempDir()}
	var servers []config.Server
	for _, name := range names {
		servers = append(servers, config.Server{Name: name, Command: self, Args: []string{"builtin", name}, Env: env, Builtin: true})
	}
	return servers
}

// patience bounds every wait of these tests: it only ends one that has failed.
const patience = 30 * time.Second

// a session is a host under test, with what it has said so far.
type session struct {
	t      *testing.T
	host   *host.Host
	events []host.Event
	queue  []host.Event // heard and not yet looked at
}

// begin starts a host that ends with the test.
func begin(t *testing.T, model llm.Model, servers []config.Server, more ...func(*host.Options)) *session {
	t.Helper()
	opt := host.Options{
		Servers: servers, Model: model, ModelWhy: "the test says so",
		// Who falls stays down as long as the test looks.
		Server: server.Options{Version: "test", BackoffBase: 1000 * time.Hour, BackoffCap: 1000 * time.Hour},
	}
	for _, f := range more {
		f(&opt)
	}
	if opt.Grants == nil {
		opt.Grants = knowing(t, policy.Known, opt.Servers...)
	}
	s := &session{t: t, host: host.Start(t.Context(), opt)}
	t.Cleanup(s.host.Close)
	return s
}

// knowing is a store in which the person has said how far they trust servers.
func knowing(t *testing.T, trust policy.Trust, servers ...config.Server) *grants.Store {
	t.Helper()
	store := grants.Temporary()
	err := store.Update(t.Context(), func(d *grants.Data) error {
		for _, c := range servers {
			if c.Builtin {
				continue // trusted without a word
			}
			d.SetTrust(grants.Server{Identity: c.Identity(), Name: c.Name}, trust, "the test", time.Now())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// next waits for the next event of type E that fits.
func next[E host.Event](s *session, fits func(E) bool) E {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		for len(s.queue) > 0 {
			e := s.queue[0]
			s.queue = s.queue[1:]
			if want, ok := e.(E); ok && fits(want) {
				return want
			}
		}
		select {
		case batch, open := <-s.host.Events():
			if !open {
				s.t.Fatal("the host ended")
			}
			s.queue = append(s.queue, batch...)
			s.events = append(s.events, batch...)
		case <-deadline:
			var zero E
			s.t.Fatalf("no %T came that fits; heard:\n%s", zero, s.log())
		}
	}
}

// log is what was heard, an event a line.
func (s *session) log() string {
	var out string
	for _, e := range s.events {
		out += fmt.Sprintf("%T %+v\n", e, e)
	}
	return out
}

func anyOf[E host.Event](E) bool { return true }

// ready waits until every server named is ready.
func (s *session) ready(names ...string) {
	s.t.Helper()
	missing := map[string]bool{}
	for _, n := range names {
		missing[n] = true
	}
	for len(missing) > 0 {
		c := next(s, func(e host.ServerChanged) bool { return missing[e.Server.Name] })
		switch c.Server.State {
		case host.ServerReady:
			delete(missing, c.Server.Name)
		case host.ServerFailed:
			s.t.Fatalf("%s failed: %s", c.Server.Name, c.Server.Reason)
		}
	}
}

// say submits a prompt.
func (s *session) say(prompt string) { s.host.Do(host.Submit{Text: prompt}) }

// approval waits for the next question about a call.
func (s *session) approval() (host.QuestionID, host.Approval) {
	s.t.Helper()
	e := next(s, func(e host.Asked) bool { _, ok := e.Question.(host.Approval); return ok })
	return e.ID, e.Question.(host.Approval)
}

// collision waits for the next question about a name.
func (s *session) collision() (host.QuestionID, host.Collision) {
	s.t.Helper()
	e := next(s, func(e host.Asked) bool { _, ok := e.Question.(host.Collision); return ok })
	return e.ID, e.Question.(host.Collision)
}

// answer gives an answer; an approval without a hash is one of what was shown.
func (s *session) answer(id host.QuestionID, a host.Answer) {
	if yes, ok := a.(host.Approve); ok && yes.Hash == "" {
		for _, e := range s.events {
			if asked, ok := e.(host.Asked); ok && asked.ID == id {
				yes.Hash = asked.Question.(host.Approval).Hash
			}
		}
		a = yes
	}
	s.host.Do(host.AnswerQuestion{ID: id, Answer: a})
}

// finished waits for the end of a call.
func (s *session) finished() host.CallFinished {
	s.t.Helper()
	return next(s, anyOf[host.CallFinished])
}

// over waits for the end of the turn.
func (s *session) over() host.TurnEnded {
	s.t.Helper()
	return next(s, anyOf[host.TurnEnded])
}

// results reads the tool results out of a request, in order.
func results(r llm.Request) []llm.ToolResult {
	var all []llm.ToolResult
	for _, m := range r.Messages {
		for _, p := range m.Parts {
			if res, ok := p.(llm.ToolResult); ok {
				all = append(all, res)
			}
		}
	}
	return all
}

// answered fails the test unless every call in the conversation has exactly one
// result: providers refuse anything else.
func answered(t *testing.T, r llm.Request) {
	t.Helper()
	open := map[string]int{}
	for _, m := range r.Messages {
		for _, c := range m.Calls() {
			open[c.ID]++
		}
	}
	for _, res := range results(r) {
		open[res.CallID]--
		if res.Text == "" {
			t.Errorf("the result of %s is empty", res.CallID)
		}
	}
	for id, n := range open {
		if n != 0 {
			t.Errorf("call %s has a balance of %d results", id, n)
		}
	}
}

// names lists the tools of a request.
func names(r llm.Request) []string {
	var all []string
	for _, t := range r.Tools {
		all = append(all, t.Name)
	}
	return all
}
