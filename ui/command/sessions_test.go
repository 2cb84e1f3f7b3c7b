package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host/journal"
)

// sessionIDs are the sessions recorded at a place, the last changed first.
func (a *at) sessionIDs() []string {
	a.t.Helper()
	ids, err := journal.Store{Dir: filepath.Join(a.env["XDG_STATE_HOME"], "switchboard", "sessions")}.IDs()
	if err != nil {
		a.t.Fatal(err)
	}
	return ids
}

func TestSessionsAreRecordedAndGoOn(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	run := []string{"run", "--offline", "--allow", "calculator/*"}
	a.run(append(run, "what is 6*7?")...).expect(t, 0, "42", "")
	a.run(append(run, "--continue", "what is 6*8?")...).expect(t, 0, "48", "")
	ids := a.sessionIDs()
	if len(ids) != 1 {
		t.Fatalf("sessions %v", ids)
	}
	a.run("sessions", "list").expect(t, 0, "what is 6*7?", "")
	a.run("sessions", "list").expect(t, 0, "2 turns", "")
	if r := a.run("sessions", "list", "nothing of the kind"); r.out != "" {
		t.Errorf("found %s", r.out)
	}
	show := a.run("sessions", "show", ids[0][:12])
	show.expect(t, 0, "> what is 6*8?", "")
	show.expect(t, 0, "calculator/evaluate", "")
	a.run("sessions", "show", ids[0][:14]+"9").expect(t, 2, "", "no session is called")
	a.run("run", "--resume", ids[0]+"x", "on").expect(t, 2, "", "did you mean "+ids[0]+"?")
	a.run("run", "--continue", "--resume", ids[0], "on").expect(t, 2, "", "exclude each other")

	file := filepath.Join(t.TempDir(), "out.json")
	a.run("sessions", "export", ids[0], "-o", file).expect(t, 0, "", "")
	text, err := os.ReadFile(file)
	var out struct{ Records []journal.Record }
	if err != nil || json.Unmarshal(text, &out) != nil || len(out.Records) < 10 || out.Records[0].Type != journal.KindSession {
		t.Errorf("exported %d records, %v", len(out.Records), err)
	}
	a.run("sessions", "export", ids[0]).expect(t, 0, "## You\n\nwhat is 6*7?", "")
	a.run("sessions", "export", ids[0], "--format", "pdf").expect(t, 2, "", "markdown, json or plain")

	a.run("sessions", "rm", ids[0]).expect(t, 0, "removed "+ids[0], "")
	if left := a.sessionIDs(); len(left) != 0 {
		t.Errorf("left %v", left)
	}
	if r := a.run("sessions", "rm", ids[0]); r.status != 2 || !strings.Contains(r.err, "no session") {
		t.Errorf("removed twice: %+v", r)
	}
}
