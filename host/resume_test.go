package host_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/journal"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

func keepIn(dir string) func(*host.Options) { return func(o *host.Options) { o.StateDir = dir } }

func resuming(id string) func(*host.Options) { return func(o *host.Options) { o.Resume = id } }

func storeIn(dir string) journal.Store { return journal.Store{Dir: host.SessionDir(dir)} }

// onlySession is the one session that was recorded.
func onlySession(t *testing.T, dir string) string {
	t.Helper()
	ids, err := storeIn(dir).IDs()
	if err != nil || len(ids) != 1 {
		t.Fatalf("sessions %v, %v", ids, err)
	}
	return ids[0]
}

// prose is a request's conversation, a message a line.
func prose(r llm.Request) string {
	var b strings.Builder
	for _, m := range r.Messages {
		b.WriteString(string(m.Role) + ": " + m.Prose())
		for _, c := range m.Calls() {
			b.WriteString("call " + c.Name)
		}
		for _, p := range m.Parts {
			if res, ok := p.(llm.ToolResult); ok {
				b.WriteString("result " + res.Text)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestASessionGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := llmtest.New(llmtest.Call("evaluate", `{"expression":"6*7"}`), llmtest.Say("It is 42."))
	s := begin(t, first, builtins(t, "calculator"), allow("*/*"), keepIn(dir))
	s.ready("calculator")
	s.say("what is six times seven?")
	s.over()
	s.host.Close()

	id := onlySession(t, dir)
	second := llmtest.New(llmtest.Say("As I said."))
	s = begin(t, second, builtins(t, "calculator"), allow("*/*"), keepIn(dir), resuming(id))
	opened := next(s, anyOf[host.SessionOpened])
	if opened.ID != id || opened.Elsewhere {
		t.Errorf("opened %+v", opened)
	}
	s.say("are you sure?")
	if e := next(s, anyOf[host.TurnStarted]); e.Turn != 2 {
		t.Errorf("it is turn %d", e.Turn)
	}
	s.over()
	answered(t, second.Last())
	want := "user: what is six times seven?\nassistant: call evaluate\ntool: result 42\nassistant: It is 42.\nuser: are you sure?\n"
	if got := prose(second.Last()); !strings.Contains(got, "result") || strings.ReplaceAll(got, "result 6*7 = 42", "result 42") != want {
		t.Errorf("the model read:\n%s", got)
	}
	if onlySession(t, dir) != id {
		t.Error("another session was begun")
	}
}

func TestUndoRetryAndBranch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := llmtest.New(llmtest.Say("one"), llmtest.Say("two"), llmtest.Say("two again"), llmtest.Say("other"), llmtest.Say("on"))
	s := begin(t, m, nil, keepIn(dir))
	s.say("first")
	s.over()
	s.say("second")
	s.over()
	s.host.Do(host.Retry{})
	if e := next(s, anyOf[host.TurnUndone]); e.Turn != 2 {
		t.Errorf("undid turn %d", e.Turn)
	}
	s.over()
	if got := prose(m.Last()); got != "user: first\nassistant: one\nuser: second\n" {
		t.Errorf("the model read:\n%s", got)
	}
	parent := onlySession(t, dir)
	s.host.Do(host.Branch{Turn: 3})
	began := next(s, func(e host.SessionBegan) bool { return e.Parent != "" })
	if began.Parent != parent {
		t.Errorf("the branch is of %q", began.Parent)
	}
	s.say("third")
	s.over()
	if got := prose(m.Last()); got != "user: first\nassistant: one\nuser: third\n" {
		t.Errorf("the model read:\n%s", got)
	}
	s.host.Close()
	for id, want := range map[string]string{parent: "two again", began.ID: "other"} {
		text, err := host.Export(storeIn(dir), id, host.Plain)
		if err != nil || !strings.Contains(text, want) || strings.Contains(text, "\ntwo\n") {
			t.Errorf("%s says %v\n%s", id, err, text)
		}
	}
	s = begin(t, m, nil, keepIn(dir), resuming(began.ID))
	s.say("go on")
	s.over()
	if got := prose(m.Last()); got != "user: first\nassistant: one\nuser: third\nassistant: other\nuser: go on\n" {
		t.Errorf("the model read:\n%s", got)
	}
}

func TestASessionOpenElsewhereIsBranched(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one := begin(t, llmtest.New(llmtest.Say("hello")), nil, keepIn(dir))
	one.say("hi")
	one.over()
	id := onlySession(t, dir)
	if err := storeIn(dir).Remove(id); err == nil {
		t.Error("a session in use was removed")
	}
	m := llmtest.New(llmtest.Say("yes"))
	two := begin(t, m, nil, keepIn(dir), resuming(id))
	if e := next(two, anyOf[host.SessionOpened]); !e.Elsewhere {
		t.Error("two instances write one session")
	}
	two.say("and here?")
	if e := next(two, anyOf[host.SessionBegan]); e.Parent != id {
		t.Errorf("began %+v", e)
	}
	two.over()
	if got := prose(m.Last()); got != "user: hi\nassistant: hello\nuser: and here?\n" {
		t.Errorf("the model read:\n%s", got)
	}
}

// A crash is a file that ends anywhere: what is left opens, is legal, and goes on.
func TestAFileThatEndsAnywhere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := llmtest.New(
		llmtest.Call("evaluate", `{"expression":"1+1"}`).Call("evaluate", `{"expression":"2+2"}`), llmtest.Say("Two and four."))
	s := begin(t, first, builtins(t, "calculator"), allow("*/*"), keepIn(dir))
	s.ready("calculator")
	s.say("add")
	s.over()
	s.host.Close()
	id := onlySession(t, dir)
	whole, err := os.ReadFile(storeIn(dir).Path(id))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(whole), "\n")
	for n := range lines {
		cut := strings.Join(lines[:n], "")
		if !strings.Contains(cut, `"type":"turn"`) {
			continue
		}
		other := t.TempDir()
		path := storeIn(other).Path(id)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(cut+lines[n][:len(lines[n])/2]), 0o600); err != nil {
			t.Fatal(err)
		}
		m := llmtest.New(llmtest.Say("on"))
		s := begin(t, m, nil, keepIn(other), resuming(id))
		s.say("go on")
		if end := s.over(); end.Finish != host.FinishDone {
			t.Fatalf("cut behind line %d: %+v", n, end)
		}
		answered(t, m.Last())
		if got := prose(m.Last()); !strings.HasSuffix(got, "user: go on\n") || strings.Contains(cut, `"type":"message"`) && !strings.HasPrefix(got, "user: add\n") {
			t.Errorf("cut behind line %d the model read:\n%s", n, got)
		}
		s.host.Close()
	}
}

// No secret of a server or of the model reaches the disk, by whatever way it came.
func TestSecretsAreNotRecorded(t *testing.T) {
	t.Parallel()
	const known, key, shaped = "canary-7f3a9b21-known", "canary-model-key-55", "sk-canary0123456789abcdef"
	dir := t.TempDir()
	servers := append(builtins(t, "calculator"), config.Server{Name: "off", Command: "none", Env: []string{"TOKEN=" + known}, Disabled: true})
	m := llmtest.New(
		llmtest.Call("evaluate", `{"expression":"`+known+`", "n": "`+shaped+`"}`),
		llmtest.Say("It was "+known+", then "+key+" and "+shaped+"."))
	s := begin(t, m, servers, allow("*/*"), keepIn(dir), func(o *host.Options) { o.Secrets = []string{key} })
	s.ready("calculator")
	s.say("my key is " + key + " and " + shaped)
	s.over()
	s.host.Close()
	text, err := os.ReadFile(storeIn(dir).Path(onlySession(t, dir)))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{known, key, shaped} {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s is on the disk", secret)
		}
	}
	if n := strings.Count(string(text), "•••"); n < 9 {
		t.Errorf("only %d masks:\n%s", n, text)
	}
}
