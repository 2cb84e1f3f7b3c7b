package host_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/grants"
	"switchboard/host/policy"
	"switchboard/host/server/servertest"
	"switchboard/llm/llmtest"
)

func TestThePersonsOwnArgumentsAreCheckedSentAndTold(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("so"))
	s := begin(t, m, builtins(t, "calculator"), deny("calculator/add(a=666)"))
	s.ready("calculator")
	s.say("go")
	id, _ := s.approval()
	for _, wrong := range []struct{ arguments, fault string }{
		{`{"a":"one","b":1}`, "a: must be a number"},
		{`[1]`, "not a JSON object"},
		{`{"a":666,"b":1}`, "denied by the rule"},
	} {
		s.answer(id, host.Approve{Scope: host.Once, Arguments: json.RawMessage(wrong.arguments)})
		var q host.Approval
		id, q = s.approval()
		if string(q.Arguments) != wrong.arguments || !strings.Contains(strings.Join(q.Faults, "; "), wrong.fault) || q.Again == "" {
			t.Errorf("%s is asked about again with %q and the faults %q", wrong.arguments, q.Arguments, q.Faults)
		}
	}
	mine := `{"a": 40, "b": 2}`
	s.answer(id, host.Approve{Scope: host.Once, Arguments: json.RawMessage(mine)})
	told := next(s, anyOf[host.CallAnswered])
	if !told.Approved || string(told.Arguments) != mine || told.Question != id {
		t.Errorf("the answer is told as %+v", told)
	}
	started := next(s, anyOf[host.CallStarted])
	if !started.Edited || string(started.Arguments) != mine {
		t.Errorf("started with %s", started.Arguments)
	}
	s.over()
	r := results(m.Last())[0]
	if !strings.Contains(r.Text, "42") || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], mine) {
		t.Errorf("the model reads %+v", r)
	}
}

func TestAnApprovalOfOtherArgumentsIsNone(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("so"))
	s := begin(t, m, builtins(t, "calculator"))
	s.ready("calculator")
	s.say("go")
	id, q := s.approval()
	if q.Hash != host.HashArguments(q.Arguments) {
		t.Errorf("the hash is %s", q.Hash)
	}
	s.host.Do(host.AnswerQuestion{ID: id, Answer: host.Approve{Scope: host.Once, Hash: host.HashArguments(json.RawMessage(`{"a":2,"b":1}`))}})
	s.answer(id, host.Deny{Reason: "no"})
	if f := s.finished(); f.Outcome != host.Refused {
		t.Errorf("ended %+v", f)
	}
}

func TestSessionAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		answer      host.Answer
		same, other host.Decision // of a second call with the same and with other arguments
	}{
		{"once", host.Approve{Scope: host.Once}, host.Asking, host.Asking},
		{"these arguments", host.Approve{Scope: host.SessionExact}, host.Allowed, host.Asking},
		{"any arguments", host.Approve{Scope: host.Session}, host.Allowed, host.Allowed},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.New(
				llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("one"),
				llmtest.Call("add", `{"b":1,"a":1}`), llmtest.Say("two"), llmtest.Call("add", `{"a":2,"b":1}`), llmtest.Say("three"),
			)
			s := begin(t, m, builtins(t, "calculator"))
			s.ready("calculator")
			s.say("one")
			id, _ := s.approval()
			s.answer(id, c.answer)
			s.over()
			for _, want := range []host.Decision{c.same, c.other} {
				s.say("more")
				if d := next(s, anyOf[host.CallDecided]); d.Decision != want {
					t.Errorf("%s was decided %q, want %q", d.Arguments, d.Decision, want)
				}
				if want == host.Asking {
					id, _ := s.approval()
					s.answer(id, host.Deny{})
				}
				s.over()
			}
		})
	}
}

// TestAnAnswerSettlesTheOthersThatWait holds that three calls of one tool need one
// answer, where that holds for all.
func TestAnAnswerSettlesTheOthersThatWait(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		answer host.Answer
		want   host.Outcome
	}{
		{"a yes for the session", host.Approve{Scope: host.Session}, host.Succeeded},
		{"a no for the session", host.Deny{Scope: host.Session}, host.Refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.New(
				llmtest.Call("add", `{"a":1,"b":1}`).Call("add", `{"a":2,"b":2}`).Call("add", `{"a":3,"b":3}`), llmtest.Say("so"))
			s := begin(t, m, builtins(t, "calculator"))
			s.ready("calculator")
			s.say("go")
			id, _ := s.approval()
			s.approval()
			s.approval()
			s.answer(id, c.answer)
			for range 3 {
				if f := s.finished(); f.Outcome != c.want {
					t.Errorf("a call ended %+v", f)
				}
			}
			s.over()
			answered(t, m.Last())
		})
	}
}

func TestResultReview(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		answer host.Answer
		reads  string // what the model is given
		from   string
	}{
		{"all", host.Release{Kind: host.ReleaseAll}, "secret: 42", "vault"},
		{"the first part", host.Release{Kind: host.ReleaseFirst, First: 6}, "secret", "vault"},
		{"redacted", host.Release{Kind: host.ReleaseEdited, Text: "secret: ***"}, "secret: ***", "vault"},
		{"withheld", host.Withhold{Reason: "it is mine"}, "the call ran; the user withheld its result. Their reason: it is mine", ""},
		{"the path alone", host.Release{Kind: host.ReleasePath}, "in the file ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.New(llmtest.Call("result", `{"result":{"content":[{"type":"text","text":"secret: 42"}]}}`), llmtest.Say("so"))
			s := begin(t, m, []config.Server{servertest.Config("vault", "-tools=result")}, stateIn(t.TempDir()))
			s.ready("vault")
			s.say("go")
			id, q := s.approval()
			if !q.CanLook {
				t.Error("a look at the result is not offered")
			}
			s.answer(id, host.Approve{Scope: host.Once, Look: true})
			asked := next(s, anyOf[host.Asked])
			review, ok := asked.Question.(host.ResultReview)
			if !ok || review.Text.Raw() != "secret: 42" || !review.CanKeep {
				t.Fatalf("asked %+v", asked.Question)
			}
			s.answer(asked.ID, c.answer)
			s.over()
			r := results(m.Last())[0]
			if !strings.Contains(r.Text, c.reads) || r.From != c.from || c.name != "all" && strings.Contains(r.Text, ": 42") {
				t.Errorf("the model is given %+v", r)
			}
			if path, found := strings.CutPrefix(r.Text, "the call ran; the user does not let you see its result, which is in the file "); found {
				path, _, _ = strings.Cut(path, " (")
				if kept, err := os.ReadFile(path); err != nil || string(kept) != "secret: 42" {
					t.Errorf("the file holds %q, %v", kept, err)
				}
			}
		})
	}
}

func TestAGateShowsEveryResult(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("so"))
	s := begin(t, m, builtins(t, "calculator"), allow("*/*"))
	s.ready("calculator")
	s.host.Do(host.GateResults{Server: "calculator", On: true})
	next(s, func(c host.TrustChanged) bool { return c.Gate })
	s.say("go")
	s.answer(next(s, anyOf[host.Asked]).ID, host.Withhold{})
	s.over()
	if r := results(m.Last())[0]; r.From != "" || !strings.Contains(r.Text, "withheld") {
		t.Errorf("the model is given %+v", r)
	}
}

func TestModes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode  host.Mode
		trust host.TrustLevel
		want  host.Decision
	}{
		{host.ModeAsk, host.TrustFull, host.Asking},
		{host.ModeReadOnly, host.TrustFull, host.Denied}, // the tool does not say that it only reads
		{host.ModeReadOnly, host.TrustKnown, host.Denied},
		{host.ModeAuto, host.TrustFull, host.Allowed},
		{host.ModeAuto, host.TrustKnown, host.Asking},
		{host.ModeAuto, host.TrustNew, host.Asking},
		{"made up", host.TrustFull, host.Asking},
	} {
		t.Run(string(c.mode)+" "+string(c.trust), func(t *testing.T) {
			t.Parallel()
			servers := []config.Server{servertest.Config("one")}
			m := llmtest.New(llmtest.Call("echo", `{}`), llmtest.Say("so"))
			s := begin(t, m, servers, func(o *host.Options) {
				o.Mode, o.Grants = c.mode, knowing(t, policy.Trust(c.trust), servers...)
			})
			s.ready("one")
			s.say("go")
			if d := next(s, anyOf[host.CallDecided]); d.Decision != c.want {
				t.Errorf("decided %+v, want %s", d, c.want)
			}
		})
	}
}

func TestAModeThatChangesDecidesAboutAQuestionThatStands(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("add", `{"a":1,"b":1}`), llmtest.Say("so"))
	s := begin(t, m, builtins(t, "calculator"))
	s.ready("calculator")
	s.say("go")
	s.approval()
	s.host.Do(host.SetMode{Mode: host.ModeAuto})
	if c := next(s, anyOf[host.ModeChanged]); c.Mode != host.ModeAuto {
		t.Errorf("told %+v", c)
	}
	if f := s.finished(); f.Outcome != host.Succeeded {
		t.Errorf("ended %+v", f)
	}
}

func TestTheLedgerListsAndRevokes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	servers := []config.Server{servertest.Config("one")}
	m := llmtest.New(llmtest.Call("echo", `{}`), llmtest.Say("a"), llmtest.Call("echo", `{}`), llmtest.Say("b"), llmtest.Call("echo", `{}`), llmtest.Say("c"))
	s := begin(t, m, servers, keptAt(t, path), deny("nobody/*"))
	s.ready("one")
	s.host.Do(host.SetTrust{Server: "one", Trust: host.TrustKnown})
	s.say("go")
	id, _ := s.approval()
	s.answer(id, host.Approve{Scope: host.Always})
	s.over()
	s.say("again")
	s.over()
	s.host.Do(host.ListGrants{On: true})
	granted := func(e host.Grant) bool { return e.Text.Raw() == "allow one/echo" && e.Uses == 1 && !e.Expires.IsZero() }
	l := next(s, func(l host.GrantsListed) bool { return find(l.Entries, granted) != "" })
	if find(l.Entries, func(e host.Grant) bool { return e.Kind == host.GrantServer && e.ID != "" }) == "" {
		t.Errorf("the server is not among %+v", l.Entries)
	}
	if last := l.Entries[len(l.Entries)-1]; last.ID != "" || last.Origin.Raw() != "test" || last.Void == "" {
		t.Errorf("the rule of the configuration is listed as %+v", last)
	}
	s.host.Do(host.Revoke{ID: find(l.Entries, granted)})
	next(s, func(l host.GrantsListed) bool {
		return find(l.Entries, func(e host.Grant) bool { return e.Text.Raw() == "allow one/echo" }) == ""
	})
	s.say("and now")
	if d := next(s, anyOf[host.CallDecided]); d.Decision != host.Asking {
		t.Errorf("a revoked rule decided %+v", d)
	}
	s.host.Close()
	store, err := grants.Open(t.Context(), path)
	if err != nil || len(store.Snapshot().Rules) != 0 {
		t.Errorf("the file holds %+v, %v", store.Snapshot().Rules, err)
	}
}

// find gives the id of the first entry that fits.
func find(entries []host.Grant, fits func(host.Grant) bool) string {
	for _, e := range entries {
		if fits(e) {
			return e.ID
		}
	}
	return ""
}
