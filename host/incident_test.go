//go:build unix

package host_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// TestIncident is the investigation that ships as an example, on real parts: the
// model asks the database, follows the time to a commit, the commit to a file and
// the error to an issue, and posts what it found.
func TestIncident(t *testing.T) {
	t.Parallel()
	servers, saas := standupServers(t,
		"create table errors (at timestamptz, status int, message text)",
		"insert into errors values (now() - interval '6 hours', 500, 'card charged twice'), (now() - interval '5 hours', 500, 'card charged twice')")
	if err := os.WriteFile(filepath.Join(servers[2].Dir, "charge.go"), []byte("func Charge() { retry(charge) }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := llmtest.NewFunc(investigate(t))
	s := begin(t, m, servers, allow("*/*"), workflows(exampleWorkflow(t, "incident")))
	s.host.Do(host.RunWorkflow{Name: "incident", Words: "acme/shop since='six hours ago'"})
	e := next(s, anyOf[host.TurnStarted])
	if !strings.HasPrefix(e.Prompt, "Investigate the increase in 500 errors since six hours ago in acme/shop.") {
		t.Errorf("sent %q", e.Prompt)
	}
	if end := s.over(); end.Finish != host.FinishDone || end.Steps != 5 {
		t.Errorf("the turn ended with %+v", end)
	}
	posted, _ := saas.said()
	if len(posted) != 1 {
		t.Fatalf("%d messages were posted: %q", len(posted), posted)
	}
	for _, want := range []string{"card charged twice", "Charge the card once", "retry(charge)", "Checkout answers 500 on retry"} {
		if !strings.Contains(posted[0], want) {
			t.Errorf("the summary lacks %q:\n%s", want, posted[0])
		}
	}
	answered(t, m.Last())
}

// investigate is a model that follows what it finds.
func investigate(t *testing.T) func(llm.Request) llmtest.Step {
	return func(r llm.Request) llmtest.Step {
		got := results(r)
		for _, res := range got {
			if res.IsError {
				t.Errorf("%s failed: %s", res.Name, res.Text)
			}
		}
		switch len(got) {
		case 0:
			return llmtest.Say("When did it begin?").
				Call("query", object{"sql": "select message, count(*) from errors where status = 500 group by message"})
		case 1:
			return llmtest.Say("What changed then?").
				Call("list_commits", object{"owner": "acme", "repo": "shop"})
		case 2:
			return llmtest.Say("The commit touched this file; and is it known?").
				Call("read_text_file", object{"path": "charge.go"}).
				Call("search_issues", object{"q": "500 repo:acme/shop"})
		case 4:
			return llmtest.Say("I post the summary.").
				Call("slack_post_message", object{"channel_id": "C01", "text": report(got)})
		}
		return llmtest.Say("The retry charges twice; posted to #incidents.")
	}
}
