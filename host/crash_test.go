package host_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/journal"
	"switchboard/host/policy"
	"switchboard/host/server"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// crashArg makes the test binary a host that talks without an end and says what it
// acknowledged, until it is killed.
const crashArg = "talk-until-killed"

// talkUntilKilled leads a session that goes on where the last one was killed.
func talkUntilKilled(dir, id string) {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	rule, err := policy.ParseRule("*/*")
	if err != nil {
		panic(err)
	}
	rule.Effect, rule.Source = policy.Allow, "test"
	h := host.Start(context.Background(), host.Options{
		Model: llmtest.NewFunc(calculating), ModelWhy: "the test says so", Unattended: true,
		Servers: []config.Server{{Name: "calculator", Command: self, Args: []string{"builtin", "calculator"}, Builtin: true}},
		Rules:   []policy.Rule{rule}, StateDir: dir, Resume: id, Server: server.Options{Version: "test"},
	})
	n := 1
	h.Do(host.Submit{Text: "prompt 1 of a life"})
	for batch := range h.Events() {
		for _, e := range batch {
			switch e := e.(type) {
			case host.TurnStarted:
				fmt.Printf("turn %d\n", e.Turn)
			case host.CallFinished:
				fmt.Printf("result %s\n", e.ID)
			case host.TurnEnded:
				fmt.Printf("end %d\n", e.Turn)
				n++
				h.Do(host.Submit{Text: fmt.Sprintf("prompt %d of a life", n)})
			}
		}
	}
}

// calculating makes two calls for each prompt, then speaks for a while.
func calculating(r llm.Request) llmtest.Step {
	if r.Messages[len(r.Messages)-1].Role == llm.User {
		return llmtest.Call("evaluate", `{"expression":"6*7"}`).Call("evaluate", `{"expression":"1+1"}`)
	}
	return llmtest.Say("It is forty-two, and two, as far as I can tell from here.").Pace(time.Millisecond)
}

// Whenever the program is killed, what it acknowledged is there, and the session
// opens. A soak does it a thousand times.
func TestKilledWhileStreamingAndCalling(t *testing.T) {
	t.Parallel()
	kills := 20
	if os.Getenv("SWITCHBOARD_TEST_ALL") != "" {
		kills = 100
	}
	killAndResume(t, kills)
}

// killAndResume kills so many programs, one resuming the session of the other.
func killAndResume(t *testing.T, kills int) {
	t.Helper()
	acknowledged := 0
	dir, id := t.TempDir(), ""
	for i := range kills {
		if i%20 == 0 {
			dir, id = t.TempDir(), ""
		}
		acks := killed(t, dir, id)
		acknowledged += len(acks)
		if id = onlySession(t, dir); id == "" {
			t.Fatal("no session")
		}
		there := recorded(t, dir, id)
		for _, ack := range acks {
			if !there[ack] {
				t.Fatalf("kill %d: %q was acknowledged and is lost", i, ack)
			}
		}
	}
	if acknowledged < 3*kills {
		t.Errorf("only %d acknowledgements in %d lives: too few to tell anything", acknowledged, kills)
	}
}

// killed lets the program live until a moment after one of its first words, and gives
// what it acknowledged.
func killed(t *testing.T, dir, id string) (acks []string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, crashArg, dir, id)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	hung := time.AfterFunc(patience, func() { _ = c.Process.Kill() })
	defer hung.Stop()
	lines := bufio.NewScanner(out)
	word := 1 + rand.IntN(6)
	for lines.Scan() {
		if acks = append(acks, lines.Text()); len(acks) == word {
			life := time.Duration(rand.IntN(100)) * time.Millisecond
			time.AfterFunc(life, func() { _ = c.Process.Kill() })
		}
	}
	_ = c.Wait() // killed
	if len(acks) == 0 {
		t.Fatal("the session did not open")
	}
	return acks
}

// recorded is what a session's file holds, in the words of the acknowledgements.
func recorded(t *testing.T, dir, id string) map[string]bool {
	t.Helper()
	there := map[string]bool{}
	c, err := storeIn(dir).Read(id, func(r journal.Record) bool {
		switch r.Type {
		case journal.KindTurn:
			turn, _ := journal.Decode[journal.Turn](r)
			there[fmt.Sprintf("turn %d", turn.Turn)] = true
		case journal.KindResult:
			result, _ := journal.Decode[journal.Result](r)
			there["result "+result.ID] = true
		case journal.KindEnd:
			end, _ := journal.Decode[journal.End](r)
			there[fmt.Sprintf("end %d", end.Turn)] = true
		}
		return true
	})
	if err != nil || !c.Sound() {
		t.Fatalf("the session is damaged: %+v, %v", c, err)
	}
	if _, err := host.Export(storeIn(dir), id, host.Markdown); err != nil {
		t.Fatal(err)
	}
	return there
}

// Damage costs what it hits: the rest is there, and the bad bytes are set aside.
func TestADamagedRecordIsSetAsideAndNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := begin(t, llmtest.New(llmtest.Say("one"), llmtest.Say("two")), nil, keepIn(dir))
	s.say("first")
	s.over()
	s.say("second")
	s.over()
	s.host.Close()
	id := onlySession(t, dir)
	text, err := os.ReadFile(storeIn(dir).Path(id))
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.Replace(string(text), `"text":"one"`, `"text":"ONE"`, 1)
	if err := os.WriteFile(storeIn(dir).Path(id), []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	m := llmtest.New(llmtest.Say("three"))
	s = begin(t, m, nil, keepIn(dir), resuming(id))
	n := next(s, func(n host.Notice) bool { return strings.Contains(n.Text.Raw(), "damaged") })
	aside := filepath.Join(host.SessionDir(dir), id+".damaged")
	if !strings.Contains(n.Text.Raw(), aside) || !strings.Contains(n.Text.Raw(), "line ") {
		t.Errorf("told %q", n.Text)
	}
	if kept, err := os.ReadFile(aside); err != nil || !strings.Contains(string(kept), "ONE") {
		t.Errorf("set aside %q, %v", kept, err)
	}
	s.say("third")
	s.over()
	if got := prose(m.Last()); !strings.Contains(got, "user: second\nassistant: two\nuser: third\n") {
		t.Errorf("the model read:\n%s", got)
	}
}
