package host_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/host/policy"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// keptAt has a host use a store that lies at path.
func keptAt(t *testing.T, path string) func(*host.Options) {
	t.Helper()
	store, err := grants.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return func(o *host.Options) { o.Grants = store }
}

// defined is a server with a tool of that definition, and the same server whatever
// the definition is.
func defined(definition string) config.Server {
	c := servertest.Config("defined", "-raw=$DEFINITIONS")
	c.Env = append(c.Env, "DEFINITIONS=["+definition+"]")
	return c
}

const lookUp = `{"name":"look","description":"Looks it up.","annotations":{"readOnlyHint":false},` +
	`"inputSchema":{"type":"object","properties":{"kind":{"type":"string","enum":["a","b"]}}}}`

// TestAT02 holds that an "always" is for the definition that was shown: any change
// of it asks again and shows what changed, another order of keys does not.
func TestAT02(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, old, new string
		changed        string // what the card says; "" for no question at all
	}{
		{"a description", `"Looks it up."`, `"Looks it up, and tells others."`, "description changed"},
		{"one more parameter", `"properties":{`, `"properties":{"sidenote":{"type":"string"},`, "parameter sidenote added"},
		{"an enumeration", `["a","b"]`, `["a","b","c"]`, "enum of parameter kind changed"},
		{"a hint", `"readOnlyHint":false`, `"readOnlyHint":true`, "readOnlyHint changed"},
		{"the order of keys", `"name":"look","description":"Looks it up.",`, `"description":"Looks it up.","name":"look",`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "grants.json")
			once := func() *llmtest.Scripted {
				return llmtest.New(llmtest.Call("look", `{"kind":"a"}`), llmtest.Say("so"))
			}
			first := begin(t, once(), []config.Server{defined(lookUp)}, keptAt(t, path))
			first.ready("defined")
			first.host.Do(host.SetTrust{Server: "defined", Trust: host.TrustKnown})
			first.say("go")
			id, q := first.approval()
			if !q.Offers(host.Always) || len(q.Changed) > 0 {
				t.Fatalf("the first question is %+v", q)
			}
			first.answer(id, host.Approve{Scope: host.Always})
			first.over()
			first.host.Close()

			second := begin(t, once(), []config.Server{defined(strings.Replace(lookUp, c.old, c.new, 1))}, keptAt(t, path))
			second.ready("defined")
			second.say("go")
			d := next(second, anyOf[host.CallDecided])
			if c.changed == "" {
				if d.Decision != host.Allowed {
					t.Errorf("decided %+v", d)
				}
				return
			}
			id, q = second.approval()
			if said := fmt.Sprint(q.Changed); !strings.Contains(said, c.changed) {
				t.Errorf("the question shows %s", said)
			}
			second.answer(id, host.Deny{})
			second.over()
		})
	}
}

// TestAT03 holds that a question does not outlive the definition that it shows.
func TestAT03(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("echo", `{"n":1}`), llmtest.Say("so"))
	s := begin(t, m, []config.Server{servertest.Config("rug", "-tools=rugpull")})
	s.ready("rug")
	s.say("go")
	old, q := s.approval()
	s.host.Do(host.CallTool{Server: "rug", Tool: "rugpull"})
	w := next(s, func(w host.Withdrawn) bool { return w.ID == old })
	if !strings.Contains(w.Why, "definition changed") {
		t.Errorf("withdrawn because %q", w.Why)
	}
	s.answer(old, host.Approve{Scope: host.Once, Hash: q.Hash})
	fresh, q := s.approval()
	if fresh == old || !strings.Contains(q.Again, "definition changed") || len(q.Changed) != 1 || q.Changed[0].Words == nil {
		t.Errorf("asked again because %q with the changes %+v", q.Again, q.Changed)
	}
	s.answer(fresh, host.Approve{Scope: host.Session})
	if f := next(s, func(f host.CallFinished) bool { return f.Tool == "echo" }); f.Outcome != host.Succeeded {
		t.Errorf("ended %+v", f)
	}
}

// TestAQuestionIsWithdrawnWithItsTurn holds the other end of a question's life.
func TestAQuestionIsWithdrawnWithItsTurn(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(llmtest.Call("echo", `{}`), llmtest.Say("so")), []config.Server{servertest.Config("one")})
	s.ready("one")
	s.say("go")
	id, _ := s.approval()
	s.host.Do(host.Cancel{})
	next(s, func(w host.Withdrawn) bool { return w.ID == id })
	if f := s.finished(); f.Outcome != host.Stopped {
		t.Errorf("ended %+v", f)
	}
}

// TestAT04 holds that a server which is started or reached in another way than when
// it was accepted does not start before consent, that the change is shown, and that
// the value of a variable is no such change.
func TestAT04(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*config.Server)
		shown  string // "" for a server that starts
	}{
		{"an argument", func(c *config.Server) { c.Args = append(c.Args, "-delay=1ms") }, "-delay=1ms"},
		{"the command", func(c *config.Server) { c.Command = "/no/such/program" }, "/no/such/program"},
		{"the directory", func(c *config.Server) { c.Dir = "/" }, "it is directory /"},
		{"the name of a variable", func(c *config.Server) { c.Env = append(c.Env, "EXTRA=1") }, "EXTRA"},
		{"an address in place of a command", func(c *config.Server) { c.Command, c.Args, c.URL = "", nil, "http://127.0.0.1:1/mcp" }, "http://127.0.0.1:1/mcp"},
		{"the value of a variable", func(c *config.Server) { c.Env[1] = "TOKEN=other" }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "grants.json")
			entry := func() config.Server {
				s := servertest.Config("mine")
				s.Env = append(s.Env, "TOKEN=first")
				return s
			}
			quiet := llmtest.NewFunc(func(llm.Request) llmtest.Step { return llmtest.Say("ok") })
			first := begin(t, quiet, []config.Server{entry()}, keptAt(t, path))
			first.ready("mine")
			first.host.Close()

			changed := entry()
			c.change(&changed)
			second := begin(t, quiet, []config.Server{changed}, keptAt(t, path))
			if c.shown == "" {
				second.ready("mine")
				return
			}
			waits := next(second, func(e host.ServerChanged) bool { return e.Server.State == host.ServerUntrusted })
			if why := waits.Server.Reason.Raw(); !strings.Contains(why, c.shown) || strings.Contains(why, "first") {
				t.Errorf("it waits because %q", why)
			}
			if waits.Server.PID != 0 {
				t.Error("it was started")
			}
			second.host.Close()
		})
	}
}

func TestConsentToAChangedServerIsRemembered(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	quiet := llmtest.NewFunc(func(llm.Request) llmtest.Step { return llmtest.Say("ok") })
	first := begin(t, quiet, []config.Server{servertest.Config("mine")}, keptAt(t, path))
	first.ready("mine")
	first.host.Close()
	moved := servertest.Config("mine", "-delay=1ms")
	second := begin(t, quiet, []config.Server{moved}, keptAt(t, path))
	next(second, func(e host.ServerChanged) bool { return e.Server.State == host.ServerUntrusted })
	second.host.Do(host.ControlServer{Server: "mine", Action: host.Trust})
	second.ready("mine")
	second.host.Close()
	third := begin(t, quiet, []config.Server{moved}, keptAt(t, path))
	third.ready("mine")
}

// TestAT07 holds that what a result says cannot reach further than the person
// allowed: the same tool with other arguments asks.
func TestAT07(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("echo", `{"repo":"mine","note":"hello"}`), llmtest.Say("done"),
		llmtest.Call("echo", `{"repo":"mine","note":"other"}`), llmtest.Call("echo", `{"repo":"all of them"}`), llmtest.Say("so"),
	)
	s := begin(t, m, []config.Server{servertest.Config("github")})
	s.ready("github")
	s.say("one")
	id, q := s.approval()
	s.answer(id, host.Approve{Scope: host.AlwaysMatching, Match: []string{"repo"}})
	if rule, err := q.Grant(host.AlwaysMatching, []string{"repo"}); err != nil || rule != `github/echo(note=*, repo=mine)` {
		t.Errorf("the rule is %q, %v", rule, err)
	}
	s.over()
	s.say("two")
	if d := next(s, anyOf[host.CallDecided]); d.Decision != host.Allowed {
		t.Errorf("the same repository was decided %+v", d)
	}
	if d := next(s, anyOf[host.CallDecided]); d.Decision != host.Asking {
		t.Errorf("another repository was decided %+v", d)
	}
	id, q = s.approval()
	if n, of := q.Covers([]string{"repo"}); n != 0 || of != 2 || len(q.Past) != 2 {
		t.Errorf("%d of %d past calls, %s", n, of, q.Past)
	}
	s.answer(id, host.Deny{})
	s.over()
}

// TestAServerIsNewUntilItIsPromoted holds that no rule allows calls of a server at
// first contact, and that promoting it counts for a question that stands.
func TestAServerIsNewUntilItIsPromoted(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("echo", `{}`), llmtest.Say("one"), llmtest.Call("echo", `{}`), llmtest.Say("two"))
	s := begin(t, m, []config.Server{servertest.Config("fresh")}, allow("fresh/*"), func(o *host.Options) { o.Grants = grants.Temporary() })
	s.ready("fresh")
	s.say("go")
	old, q := s.approval()
	if !q.New || len(q.Scopes) != 1 || !strings.Contains(strings.Join(q.Why, " "), "is new") {
		t.Errorf("asked %+v", q)
	}
	s.host.Do(host.SetTrust{Server: "fresh", Trust: host.TrustKnown})
	next(s, func(w host.Withdrawn) bool { return w.ID == old && w.Why != "" })
	if f := s.finished(); f.Outcome != host.Succeeded {
		t.Errorf("after the promotion the rule did not allow: %+v", f)
	}
	s.over()
	s.host.Do(host.SetTrust{Server: "fresh", Trust: host.TrustRefused})
	next(s, func(c host.TrustChanged) bool { return c.Trust == host.TrustRefused })
	s.say("again")
	if d := next(s, anyOf[host.CallDecided]); d.Decision != host.Denied {
		t.Errorf("a refused server was decided %+v", d)
	}
	s.over()
}

func TestDeadRulesAreToldAtStart(t *testing.T) {
	t.Parallel()
	quiet := llmtest.NewFunc(func(llm.Request) llmtest.Step { return llmtest.Say("ok") })
	s := begin(t, quiet, builtins(t, "calculator"), rule(policy.Deny, "calculater/add"))
	n := next(s, anyOf[host.Notice])
	for _, part := range []string{"test: deny calculater/add", "no server has that name", "did you mean calculator?"} {
		if !strings.Contains(n.Text.Raw(), part) {
			t.Errorf("told %q", n.Text.Raw())
		}
	}
}
