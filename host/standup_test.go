//go:build unix

package host_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/llm"
	"switchboard/llm/llmtest"
)

// TestStandup is the daily standup on real parts: npm's servers for GitHub, Slack
// and PostgreSQL and the file system, a real database, and GitHub and Slack
// themselves on loopback. The model asks four servers, writes the report from what
// they answered, and posts it.
func TestStandup(t *testing.T) {
	t.Parallel()
	servers, saas := standupServers(t)
	m := llmtest.NewFunc(standup(t))
	s := begin(t, m, servers, allow("github/list_*"), allow("postgres/query"), allow("filesystem/read_*"),
		workflows(exampleWorkflow(t, "standup")))
	s.ready("filesystem") // the others are awaited, as the workflow that ships needs them
	s.host.Do(host.RunWorkflow{Name: "standup", Words: "acme/shop"})

	id, q := s.approval() // posting is the one thing that nobody allowed beforehand
	if q.Tool.ID.String() != "slack/slack_post_message" {
		t.Fatalf("asked about %s", q.Tool.ID)
	}
	s.answer(id, host.Approve{Scope: host.Once})
	if end := s.over(); end.Finish != host.FinishDone || end.Steps != 4 {
		t.Errorf("the turn ended with %+v", end)
	}
	posted, keys := saas.said()
	if len(posted) != 1 {
		t.Fatalf("%d messages were posted: %q", len(posted), posted)
	}
	for _, want := range []string{"Charge the card once", "Checkout answers 500 on retry", "v2.4.1", "Ship small."} {
		if !strings.Contains(posted[0], want) {
			t.Errorf("the report lacks %q:\n%s", want, posted[0])
		}
	}
	if keys["github"] != "Bearer gh-secret" || keys["slack"] != "Bearer xoxb-secret" {
		t.Errorf("the hosts were shown the keys %v", keys)
	}
	answered(t, m.Last())
}

// standupServers describes the four servers, each with its own credentials alone.
func standupServers(t *testing.T, tables ...string) ([]config.Server, *standIn) {
	t.Helper()
	github, slack := npm(t, "github"), npm(t, "slack")
	database := postgres(t, append(tables,
		"create table deployments (service text, version text, at timestamptz)",
		"insert into deployments values ('shop', 'v2.4.1', now() - interval '3 hours')")...)
	saas := startStandIn(t)
	redirect, err := filepath.Abs("testdata/redirect.cjs")
	if err != nil {
		t.Fatal(err)
	}
	detour := []string{"NODE_OPTIONS=--require " + redirect, "STAND_IN=" + saas.url}
	github.Env = append([]string{"GITHUB_PERSONAL_ACCESS_TOKEN=gh-secret"}, detour...)
	slack.Env = append([]string{"SLACK_BOT_TOKEN=xoxb-secret", "SLACK_TEAM_ID=T01"}, detour...)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "motto.txt"), []byte("Ship small.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	files := npm(t, "filesystem", dir)
	files.Dir = dir // so that the model can name the file as a person would
	return []config.Server{github, npm(t, "postgres", database), files, slack}, saas
}

// standup is a model that knows how standups are made.
func standup(t *testing.T) func(llm.Request) llmtest.Step {
	return func(r llm.Request) llmtest.Step {
		got := results(r)
		for _, res := range got {
			if res.IsError {
				t.Errorf("%s failed: %s", res.Name, res.Text)
			}
		}
		switch len(got) {
		case 0:
			return llmtest.Say("First what happened on GitHub.").
				Call("list_commits", object{"owner": "acme", "repo": "shop"}).
				Call("list_issues", object{"owner": "acme", "repo": "shop", "state": "open"})
		case 2:
			return llmtest.Say("Now what went live.").
				Call("query", object{"sql": "select service, version from deployments where at > now() - interval '1 day'"}).
				Call("read_text_file", object{"path": "motto.txt"})
		case 4:
			return llmtest.Say("I post the report.").
				Call("slack_post_message", object{"channel_id": "C01", "text": report(got)})
		}
		return llmtest.Say("Posted to #engineering.")
	}
}

func report(results []llm.ToolResult) string {
	var b strings.Builder
	b.WriteString("Daily standup\n")
	for _, r := range results {
		fmt.Fprintf(&b, "- %s: %s\n", r.Name, r.Text)
	}
	return b.String()
}
