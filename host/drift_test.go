package host_test

import (
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm/llmtest"
)

// instructed is a server with these instructions, and the same server whatever they
// are. They have to be short, since a long value of a variable is taken for a secret.
func instructed(instructions string) []config.Server {
	c := servertest.Config("guide")
	c.Env = append(c.Env, "INSTRUCTIONS="+instructions)
	return []config.Server{c}
}

// TestInstructionsArePinned holds that a server which says other things of itself is
// new again, that the question shows the difference, and that promoting it accepts
// them.
func TestInstructionsArePinned(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "grants.json")
	calls := func() *llmtest.Scripted {
		return llmtest.New(llmtest.Call("echo", `{}`), llmtest.Say("so"), llmtest.Call("echo", `{}`), llmtest.Say("so"))
	}
	first := begin(t, calls(), instructed("brief"), keptAt(t, path), allow("guide/*"))
	first.ready("guide")
	first.host.Do(host.SetTrust{Server: "guide", Trust: host.TrustKnown})
	next(first, func(c host.TrustChanged) bool { return c.Trust == host.TrustKnown })
	first.say("go")
	if d := next(first, anyOf[host.CallDecided]); d.Decision != host.Allowed {
		t.Fatalf("decided %+v", d)
	}
	first.over()
	first.host.Close()

	second := begin(t, calls(), instructed("wordy"), keptAt(t, path), allow("guide/*"))
	told := next(second, func(n host.Notice) bool { return strings.Contains(n.Text.Raw(), "instructions") })
	if !strings.Contains(told.Text.Raw(), "new again") {
		t.Errorf("told %q", told.Text.Raw())
	}
	second.say("go")
	_, q := second.approval()
	var words []string
	for _, s := range q.Instructions {
		words = append(words, string(s.Kind)+" "+strings.TrimSpace(s.Text.Raw()))
	}
	if said := strings.Join(words, ", "); !q.New || said != "removed brief, added wordy" {
		t.Errorf("asked with the instructions %s", said)
	}
	second.host.Do(host.SetTrust{Server: "guide", Trust: host.TrustKnown})
	if f := second.finished(); f.Outcome != host.Succeeded {
		t.Errorf("after the promotion: %+v", f)
	}
	second.over()
	second.host.Close()

	third := begin(t, calls(), instructed("wordy"), keptAt(t, path), allow("guide/*"))
	third.ready("guide")
	third.say("go")
	if d := next(third, anyOf[host.CallDecided]); d.Decision != host.Allowed {
		t.Errorf("what was accepted is decided %+v", d)
	}
	third.over()
}
