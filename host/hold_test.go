package host_test

import (
	"testing"

	"switchboard/host"
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
