//go:build unix

package host_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

func TestAServerThatDiesInMidCallEndsThatCallAlone(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("never", `{}`).Call("add", `{"a":20,"b":22}`),
		llmtest.Say("one of two"),
	)
	doomed := servertest.Config("doomed", "-tools=never")
	s := begin(t, m, append(builtins(t, "calculator"), doomed), allow("*/*"))
	s.ready("calculator", "doomed")
	s.say("go")
	if f := s.finished(); f.Server != "calculator" || f.Outcome != host.Succeeded {
		t.Fatalf("first came %+v", f)
	}
	if err := syscall.Kill(s.pid("doomed"), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	f := s.finished()
	if f.Server != "doomed" || f.Outcome != host.CallError || !strings.Contains(f.Text.Raw(), "SIGKILL") {
		t.Errorf("the call ended with %+v", f)
	}
	if end := s.over(); end.Finish != host.FinishDone {
		t.Errorf("the turn ended with %+v", end)
	}
	answered(t, m.Last())
	for _, e := range s.events {
		if c, ok := e.(host.ServerChanged); ok && c.Server.Name == "calculator" && c.Server.State == host.ServerBackoff {
			t.Error("the other server went down too")
		}
	}
}

func TestStopTellsTheServer(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("never", `{}`), // stopped
		llmtest.Call("cancelled", `{}`), llmtest.Say("it heard"),
	)
	s := begin(t, m, []config.Server{servertest.Config("stubborn", "-tools=never,cancelled")}, allow("*/*"))
	s.ready("stubborn")
	s.say("go")
	next(s, anyOf[host.CallStarted])
	s.host.Do(host.Cancel{})
	if f := s.finished(); f.Outcome != host.Stopped || !strings.Contains(f.Text.Raw(), "may have taken effect") {
		t.Errorf("the call ended with %+v", f)
	}
	if end := s.over(); end.Finish != host.FinishStopped {
		t.Errorf("the turn ended with %+v", end)
	}
	s.say("did it hear?")
	if f := s.finished(); !strings.Contains(f.Text.Raw(), "requestId") {
		t.Errorf("the server heard %q", f.Text.Raw())
	}
	s.over()
}

func TestToolsOfASlowServerJoinAtTheNextStep(t *testing.T) {
	t.Parallel()
	var s *session
	hold := make(chan struct{})
	m := llmtest.New(
		llmtest.Call("add", `{"a":1,"b":1}`).Hold(hold),
		llmtest.Call("late", `{}`),
		llmtest.Say("both"),
	)
	slow := servertest.Config("slow", "-delay=700ms", "-tools=late")
	s = begin(t, m, append(builtins(t, "calculator"), slow), allow("*/*"))
	s.ready("calculator")
	s.say("go")
	step := next(s, anyOf[host.StepStarted])
	if !slices.Equal(step.Pending, []string{"slow"}) {
		t.Errorf("pending are %v", step.Pending)
	}
	s.ready("slow")
	close(hold)
	if f := s.finished(); f.Outcome != host.Succeeded {
		t.Errorf("the first call ended with %+v", f)
	}
	if f := s.finished(); f.Server != "slow" || f.Outcome != host.Succeeded {
		t.Errorf("the second call ended with %+v", f)
	}
	s.over()
	first, second := m.Requests()[0], m.Requests()[1]
	if slices.Contains(names(first), "late") || !strings.Contains(first.System, "Still starting: slow") {
		t.Errorf("the first request offers %v and says %q", names(first), first.System)
	}
	if !slices.Contains(names(second), "late") || strings.Contains(second.System, "Still starting") {
		t.Errorf("the second request offers %v", names(second))
	}
}

func TestTenSlowServersAreReadyTogether(t *testing.T) {
	t.Parallel()
	const each = time.Second
	var servers []config.Server
	var all []string
	for i := range 10 {
		name := fmt.Sprintf("s%d", i)
		servers = append(servers, servertest.Config(name, "-delay="+each.String()))
		all = append(all, name)
	}
	began := time.Now()
	s := begin(t, llmtest.New(), servers)
	s.ready(all...)
	// One after the other they would take ten times as long as each; half of that
	// leaves a busy machine room and still tells the two apart.
	if took := time.Since(began); took > 5*each {
		t.Errorf("ten servers took %v, and each %v", took, each)
	}
}

func TestANameThatBelongsToAServerThatFailedGoesNowhereElse(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("search", `{}`), llmtest.Say("not now"))
	servers := []config.Server{
		servertest.Config("one", "-tools=search"),
		servertest.Config("two", "-tools=search"),
	}
	s := begin(t, m, servers, allow("*/*"), func(o *host.Options) {
		o.Collisions = config.Collisions{Default: "namespace", Tools: map[string]string{"search": "server:one"}}
	})
	s.ready("one", "two")
	if err := syscall.Kill(s.pid("one"), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	next(s, func(e host.ServerChanged) bool { return e.Server.Name == "one" && e.Server.State == host.ServerBackoff })
	s.say("go")
	f := s.finished()
	if f.Server != "one" || f.Outcome != host.CallError {
		t.Errorf("the call ended with %+v", f)
	}
	s.over()
}

func TestAToolGainedInMidSessionCannotTakeANameOver(t *testing.T) {
	t.Parallel()
	m := llmtest.New(
		llmtest.Call("lookup", `{"x":1}`), llmtest.Say("first"),
		llmtest.Call("add", `{"name":"lookup"}`), llmtest.Say("second"),
	)
	servers := []config.Server{
		servertest.Config("old", "-tools=lookup"),
		servertest.Config("new", "-tools=add"),
	}
	s := begin(t, m, servers, allow("*/*"), func(o *host.Options) {
		o.Collisions = config.Collisions{Tools: map[string]string{"echo": "namespace"}}
	})
	s.ready("old", "new")
	s.say("look")
	if f := s.finished(); f.Server != "old" {
		t.Errorf("the call went to %q", f.Server)
	}
	s.over()
	s.say("now the other learns it")
	s.over()
	id, q := s.collision()
	if q.Name != "lookup" || len(q.Candidates) != 2 {
		t.Errorf("the question is %+v", q)
	}
	s.answer(id, host.Choose{Server: "old", Scope: host.Session})
	next(s, func(e host.CatalogChanged) bool { return len(e.Unresolved) == 0 })
}

func TestALongAnswerIsCutForTheModelAlone(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("big", `{"n":1000000}`), llmtest.Say("long"))
	s := begin(t, m, []config.Server{servertest.Config("loud", "-tools=big")}, allow("*/*"))
	s.ready("loud")
	s.say("go")
	if f := s.finished(); len(f.Text.Raw()) != 1_000_000 {
		t.Errorf("the person can read %d bytes", len(f.Text.Raw()))
	}
	s.over()
	if r := results(m.Last())[0]; len(r.Text) > 30<<10 || !strings.Contains(r.Text, "left out") {
		t.Errorf("the model reads %d bytes", len(r.Text))
	}
}

func TestAToolThatCannotBeOfferedIsToldOnceAndCostsItself(t *testing.T) {
	t.Parallel()
	bad := `[{"name":"read\u200bfile","inputSchema":{"type":"object"}}]`
	m := llmtest.New(llmtest.Say("hm"))
	s := begin(t, m, []config.Server{servertest.Config("odd", "-raw="+bad), servertest.Config("kind", "-tools=slow")}, func(o *host.Options) {
		o.Collisions = config.Collisions{Default: "namespace"}
	})
	s.ready("odd", "kind")
	s.say("go")
	s.over()
	told := 0
	for _, e := range s.events {
		if n, ok := e.(host.Notice); ok && strings.Contains(n.Text.Raw(), "not offered: odd") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("told %d times:\n%s", told, s.log())
	}
	if got := names(m.Last()); !slices.Equal(got, []string{"kind__echo", "odd__echo", "slow"}) {
		t.Errorf("offered %v", got)
	}
}

func TestProgressIsTold(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Call("progress", `{"n":3,"ms":60}`), llmtest.Say("done"))
	s := begin(t, m, []config.Server{servertest.Config("steady", "-tools=progress")}, allow("*/*"))
	s.ready("steady")
	s.say("go")
	p := next(s, anyOf[host.CallProgress])
	if p.Total != 3 || p.Message.Raw() != "step" {
		t.Errorf("progress is %+v", p)
	}
	s.over()
}

func TestCloseLeavesNoProcess(t *testing.T) {
	t.Parallel()
	pids := filepath.Join(t.TempDir(), "pids")
	s := begin(t, llmtest.New(), []config.Server{
		servertest.Config("stubborn", "-ignore=both", "-child", "-pids="+pids),
		servertest.Config("kind"),
	})
	s.ready("stubborn", "kind")
	fields := append(noted(t, pids, 2), strconv.Itoa(s.pid("kind")))
	s.host.Close()
	for _, f := range fields {
		if pid, _ := strconv.Atoi(f); alive(pid) {
			t.Errorf("process %d is left", pid)
		}
	}
}

// noted waits until n process ids stand in a file.
func noted(t *testing.T, file string, n int) []string {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		written, _ := os.ReadFile(file)
		if fields := strings.Fields(string(written)); len(fields) >= n {
			return fields
		}
	}
	t.Fatalf("fewer than %d processes noted themselves in %s", n, file)
	return nil
}

// pid is the process of a server, as it was last told.
func (s *session) pid(name string) int {
	pid := 0
	for _, e := range s.events {
		if c, ok := e.(host.ServerChanged); ok && c.Server.Name == name {
			pid = c.Server.PID
		}
	}
	return pid
}

// alive tells whether a process runs; a zombie that waits for its parent does not.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(after, "Z")
}

func TestDisabledServersOfferNothing(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Say("no tools"), llmtest.Say("tools"))
	off := servertest.Config("off")
	off.Disabled = true
	s := begin(t, m, []config.Server{off})
	s.say("what can you do?")
	s.over()
	if got := names(m.Last()); len(got) != 0 {
		t.Errorf("offered %v", got)
	}
	s.host.Do(host.ControlServer{Server: "off", Action: host.Enable})
	s.ready("off")
	s.say("and now?")
	s.over()
	if got := names(m.Last()); !slices.Equal(got, []string{"echo"}) {
		t.Errorf("offered %v", got)
	}
}

func TestRestartBringsAServerBackAtOnce(t *testing.T) {
	t.Parallel()
	m := llmtest.NewFunc(func(llm.Request) llmtest.Step { return llmtest.Say("ok") })
	s := begin(t, m, []config.Server{servertest.Config("mortal", "-dieafter=200ms")})
	s.ready("mortal")
	failed := next(s, func(e host.ServerChanged) bool { return e.Server.State == host.ServerBackoff })
	if !strings.Contains(failed.Server.Reason.Raw(), "status 3") {
		t.Errorf("the reason is %q", failed.Server.Reason.Raw())
	}
	s.host.Do(host.ControlServer{Server: "mortal", Action: host.Restart})
	next(s, func(e host.ServerChanged) bool { return e.Server.State == host.ServerReady && e.Server.Restarts == 1 })
}

func TestAServerThatDiesComesBackByItself(t *testing.T) {
	t.Parallel()
	m := llmtest.NewFunc(func(llm.Request) llmtest.Step { return llmtest.Say("ok") })
	s := begin(t, m, []config.Server{servertest.Config("mortal")}, func(o *host.Options) {
		o.Server.BackoffBase, o.Server.BackoffCap = time.Millisecond, time.Millisecond
	})
	s.ready("mortal")
	if err := syscall.Kill(s.pid("mortal"), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	// A pause this short may pass before anybody hears of it; the history has it.
	next(s, func(e host.ServerChanged) bool { return e.Server.State == host.ServerReady && e.Server.Restarts == 1 })
	s.host.Do(host.Inspect{Server: "mortal"})
	e := next(s, anyOf[host.ServerInspected])
	if !slices.ContainsFunc(e.Inspection.History, func(c host.ServerChange) bool { return c.State == host.ServerBackoff }) {
		t.Errorf("its history is %+v", e.Inspection.History)
	}
}

func TestAServerThatNeedsConsentWaitsForIt(t *testing.T) {
	t.Parallel()
	m := llmtest.NewFunc(func(llm.Request) llmtest.Step { return llmtest.Say("ok") })
	cfg := servertest.Config("stranger")
	cfg.Untrusted = "a file in this folder asks for it"
	s := begin(t, m, []config.Server{cfg})
	asks := next(s, func(e host.ServerChanged) bool { return e.Server.State == host.ServerUntrusted })
	if asks.Server.Reason.Raw() != cfg.Untrusted || asks.Server.PID != 0 {
		t.Errorf("it waits as %+v", asks.Server)
	}
	s.host.Do(host.ControlServer{Server: "stranger", Action: host.Trust})
	s.ready("stranger")
	s.host.Do(host.ControlServer{Server: "stranger", Action: host.Stop})
	next(s, func(e host.ServerChanged) bool { return e.Server.State == host.ServerStopped && e.Server.Tools == 1 })
	s.host.Do(host.ControlServer{Server: "stranger", Action: host.RestartPatiently})
	s.ready("stranger")
}
