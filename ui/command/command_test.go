package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"switchboard/host/server/servertest"
	"switchboard/llm/llmtest"
	"switchboard/ui/command"
)

// beTheProgram makes the test binary the program itself, whatever its arguments.
const beTheProgram = "SWITCHBOARD_TEST_BE_THE_PROGRAM"

// TestMain lets the test binary be the program, also for the built-in servers and
// the guard, which are children of it, and one of the servers that misbehave.
func TestMain(m *testing.M) {
	servertest.Children()
	child := len(os.Args) > 1 && (os.Args[1] == "builtin" || os.Args[1] == "guard")
	if child || os.Getenv(beTheProgram) != "" {
		os.Exit(command.Main())
	}
	goleak.VerifyTestMain(m)
}

// result is what a command line came to.
type result struct {
	status   int
	out, err string
}

// at is a place to run command lines in: with its own environment, and no
// configuration but that which a test writes.
type at struct {
	t   *testing.T
	env map[string]string
	in  string
}

func newAt(t *testing.T) *at {
	dir := t.TempDir()
	return &at{t: t, env: map[string]string{
		"XDG_DATA_HOME":      dir,
		"XDG_STATE_HOME":     dir,
		"XDG_CONFIG_HOME":    dir,
		"SWITCHBOARD_CONFIG": write(t, dir, "none.json", "{}"),
	}}
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// run executes a command line as the program would.
func (a *at) run(args ...string) result {
	a.t.Helper()
	self, err := os.Executable()
	if err != nil {
		a.t.Fatal(err)
	}
	var out, errs bytes.Buffer
	status := command.Run(context.Background(), args, command.World{
		In: strings.NewReader(a.in), Out: &out, Err: &errs, Self: self,
		Env: func(name string) (string, bool) { v, ok := a.env[name]; return v, ok },
	})
	return result{status, out.String(), errs.String()}
}

func (r result) expect(t *testing.T, status int, out, err string) {
	t.Helper()
	if r.status != status || !strings.Contains(r.out, out) || !strings.Contains(r.err, err) {
		t.Errorf("status %d, want %d\nout: %s\nwant %q\nerr: %s\nwant %q", r.status, status, r.out, out, r.err, err)
	}
}

func TestRunOfflineWithTheBuiltInServers(t *testing.T) {
	t.Parallel()
	newAt(t).run("run", "--offline", "--allow", "calculator/*", "what is 12.5% of 8 460?").
		expect(t, 0, "1057.5", "calculator/evaluate: allow by rule allow calculator/* (--allow)")
}

func TestRunReadsThePromptFromStandardInput(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	a.in = "what is 2+3?\n"
	a.run("run", "--offline", "--allow", "*/*", "-").expect(t, 0, "5", "")
	a.in = "what is 2+4?\n"
	a.run("run", "--offline", "--allow", "*/*").expect(t, 0, "6", "")
	a.in = " \n"
	a.run("run", "--offline").expect(t, 2, "", "the prompt is empty")
}

func TestRunKeepsNotesFromOneRunToTheNext(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	a.run("run", "--allow", "notes/*", "note that the release is on Friday").expect(t, 0, "notes/add_note", "")
	a.run("run", "--allow", "notes/*", "/call notes.search query=release").expect(t, 0, "Friday", "")
}

func TestRunWithoutAPersonSaysWhatWouldHaveBeenAsked(t *testing.T) {
	t.Parallel()
	newAt(t).run("run", "--offline", "what is 2+3?").expect(t, 3, "", "--allow 'calculator/evaluate'")
	newAt(t).run("run", "--offline", "--collisions", "ask", "--allow", "*/*", "search for release").
		expect(t, 3, "", "several servers offer search")
}

func TestDenyBeatsAllow(t *testing.T) {
	t.Parallel()
	r := newAt(t).run("run", "--offline", "--allow", "*/*", "--deny", "calculator/*", "/call evaluate expression=1+1")
	if strings.Contains(r.err, "calculator/") || strings.Contains(r.out, "answered: 2") {
		t.Errorf("a denied tool was called: %s%s", r.out, r.err)
	}
}

func TestRunAgainstAnEndpoint(t *testing.T) {
	t.Parallel()
	end := llmtest.NewEndpoint(t,
		llmtest.Reply{Text: "Hello **there**"}.Answer(),
		llmtest.Reply{Text: "Half of the ans", Error: json.RawMessage(`{"error":{"code":503,"details":[{"retryDelay":"0.001s"}]}}`)}.Answer(),
		llmtest.Reply{Text: "All of the answer"}.Answer(),
		llmtest.Status(401, `{"error":{"message":"no such key"}}`),
	)
	a := newAt(t)
	a.run("run", "--base-url", end.URL(), "--model", "m1", "hi").expect(t, 0, "Hello **there**", "m1")
	cut := a.run("run", "--base-url", end.URL(), "--model", "m1", "hi")
	if cut.status != 0 || cut.out != "All of the answer\n" || !strings.Contains(cut.err, "asking the model again") {
		t.Errorf("status %d, said %q and %q", cut.status, cut.out, cut.err)
	}
	a.run("run", "--base-url", end.URL(), "--model", "m1", "hi").expect(t, 1, "", "no such key")
}

func TestRunJSONHoldsOneObjectALine(t *testing.T) {
	t.Parallel()
	r := newAt(t).run("run", "--offline", "--json", "--allow", "calculator/*", "add 17 and 25")
	if r.status != 0 || r.err != "" {
		t.Fatalf("status %d: %s", r.status, r.err)
	}
	kinds := map[string]int{}
	for line := range strings.Lines(r.out) {
		var o map[string]any
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		kinds[o["type"].(string)]++
	}
	if kinds["server"] < 5 || kinds["call"] != 1 || kinds["result"] != 1 || kinds["text"] < 1 || kinds["done"] != 1 {
		t.Errorf("lines by type: %v", kinds)
	}
}

func TestWrongUsageAndConfiguration(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	dir := t.TempDir()
	broken := write(t, dir, "broken.json", `{"mcpServers": {"a": {"command": "x"}, "b": {"args": 7}}, "model": {"name": "offline"}}`)
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"a flag that is not", []string{"run", "--nonsense", "x"}, 2, "unknown flag: --nonsense"},
		{"a command that is not", []string{"fly"}, 2, "unknown command"},
		{"a rule without a slash", []string{"run", "--allow", "github", "x"}, 2, "no slash"},
		{"a strategy that is not", []string{"run", "--collisions", "first", "x"}, 2, "--collisions"},
		{"a file that is not there", []string{"run", "--config", filepath.Join(dir, "gone.json"), "x"}, 2, "gone.json"},
		{"a cloud without a key", []string{"run", "--base-url", "https://api.openai.com/v1", "--model", "m", "x"}, 2, "OPENAI_API_KEY"},
		{"the chat without a terminal", nil, 2, "needs a terminal"},
		{"a bad entry costs itself alone", []string{"run", "--config", broken, "hello"}, 0, "broken.json:1:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a.run(c.args...).expect(t, c.status, "", c.says)
		})
	}
}

func TestHelpSaysWhatIsTrue(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	r := a.run("--help")
	r.expect(t, 0, "calculator, clock,\nfiles, notes, weather", "")
	for _, hidden := range []string{"guard", "builtin "} {
		if strings.Contains(r.out, "\n  "+hidden) {
			t.Errorf("--help lists %q", hidden)
		}
	}
	a.run("run", "--help").expect(t, 0, "3 a question needed a person", "")
	a.run("--version").expect(t, 0, "switchboard ", "")
}

func TestTheExampleWorksForWhoeverSetsItsVariables(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	// The one server that needs no variable would be fetched from npm.
	without := write(t, t.TempDir(), "without.json", `{"mcpServers": {"filesystem": {"disabled": true}}}`)
	r := a.run("run", "--offline", "--config", "../../config.example.json", "--config", without, "hello")
	r.expect(t, 0, "", "server github: needs you")
	if !strings.Contains(r.err, "GITHUB_PERSONAL_ACCESS_TOKEN") || !strings.Contains(r.err, "SLACK_BOT_TOKEN") {
		t.Errorf("the variables are not named:\n%s", r.err)
	}
}
