package host_test

import (
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/server"
	"switchboard/llm/llmtest"
)

func TestServersAreHeldBackUntilBegin(t *testing.T) {
	t.Parallel()
	m := llmtest.New(llmtest.Say("nobody is here yet"))
	s := begin(t, m, builtins(t, "clock"), func(o *host.Options) { o.Hold = true })
	s.say("hello")
	s.over()
	for _, e := range s.events {
		if c, ok := e.(host.ServerChanged); ok {
			t.Errorf("a server moved: %+v", c)
		}
	}
	s.host.Do(host.Begin{})
	s.host.Do(host.Begin{})
	s.ready("clock")
}

func TestAGuardThatDoesNotStartIsTold(t *testing.T) {
	t.Parallel()
	guard := server.StartGuard("/nowhere/to/be/found")
	t.Cleanup(guard.Close)
	s := begin(t, llmtest.New(), builtins(t, "clock", "calculator"), func(o *host.Options) { o.Server.Guard = guard })
	n := next(s, anyOf[host.Notice])
	if n.Level != host.Warn || !strings.Contains(n.Text.Raw(), "/nowhere/to/be/found") {
		t.Errorf("told %+v", n)
	}
	s.ready("clock") // it costs the guard alone
}
