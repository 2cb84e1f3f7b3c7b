package command_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"switchboard/host/config"
	"switchboard/host/server/servertest"
)

// entry writes a fixture as an entry of mcpServers.
func entry(s config.Server, more string) string {
	command, _ := json.Marshal(s.Command)
	args, _ := json.Marshal(s.Args)
	return `{"command": ` + string(command) + `, "args": ` + string(args) + more + `}`
}

// configured gives a place with the servers of a test.
func configured(t *testing.T, servers string) *at {
	t.Helper()
	a := newAt(t)
	a.env["SWITCHBOARD_CONFIG"] = write(t, t.TempDir(), "servers.json", `{"mcpServers": {`+servers+`}}`)
	return a
}

func TestCheckTheBuiltInServers(t *testing.T) {
	t.Parallel()
	r := newAt(t).run("check")
	r.expect(t, 0, "5 of 5 servers ready", "")
	for _, want := range []string{"calculator", "clock", "files", "notes", "weather", "search: files, notes"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("there is no %q in\n%s", want, r.out)
		}
	}
	newAt(t).run("check", "clock").expect(t, 0, "1 of 1 server ready", "")
}

func TestCheckFailures(t *testing.T) {
	t.Parallel()
	a := configured(t, `"good": `+entry(servertest.Config("good"), "")+
		`, "gone": {"command": "no-such-program-at-all"}, "off": `+entry(servertest.Config("off", "-exit=1"), `, "disabled": true`))
	a.run("check").expect(t, 4, "gone: failed at its start", "")
	a.run("check", "good").expect(t, 0, "1 of 1 server ready", "")
	a.run("check", "off").expect(t, 4, "exited with status 1", "")
	a.run("check", "goood").expect(t, 2, "", `there is no server "goood"; did you mean good?`)
	a.run("check", "something").expect(t, 2, "", `there are gone, good, off`)
	if r := a.run("check"); strings.Contains(r.out, "off") {
		t.Errorf("a disabled server was checked:\n%s", r.out)
	}
	a.env["SWITCHBOARD_CONFIG"] = filepath.Join(t.TempDir(), "none.json")
	a.run("check").expect(t, 2, "", "there is no such file")
}

func TestCheckJSON(t *testing.T) {
	t.Parallel()
	r := configured(t, `"good": `+entry(servertest.Config("good"), "")+`, "bad": {"comand": "x"}`).run("check", "--json")
	r.expect(t, 4, "", "unknown key, ignored")
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines:\n%s", len(lines), r.out)
	}
	for i, want := range []bool{true, false} {
		var o struct {
			Type, Server string
			Ready        bool
			Stages       []struct {
				Name string
				Ms   *float64
				OK   bool
			}
		}
		if err := json.Unmarshal([]byte(lines[i]), &o); err != nil || o.Type != "check" || o.Ready != want || len(o.Stages) == 0 || o.Stages[0].Ms == nil {
			t.Errorf("%s (%v)", lines[i], err)
		}
	}
}

func TestCall(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	for _, c := range []struct {
		args     []string
		in       string
		status   int
		out, err string
	}{
		{[]string{"calculator", "evaluate", "expression=2+3"}, "", 0, "2+3 = 5", ""},
		{[]string{"calculator", "evaluate", `{"expression": "6*7"}`}, "", 0, "6*7 = 42", ""},
		{[]string{"calculator", "evaluate", "-"}, `{"expression": "8*8"}`, 0, "8*8 = 64", ""},
		{[]string{"--json", "calculator", "evaluate", "expression=1+1"}, "", 0, `"is_error":false,"server":"calculator"`, ""},
		{[]string{"calculator", "evaluate", "expression=1+"}, "", 1, "", "reports an error"},
		{[]string{"calculator", "evaluate"}, "", 2, "", "expression: is missing"},
		{[]string{"calculator", "evaluate", "expresion=1"}, "", 2, "", `did you mean "expression"?`},
		{[]string{"calculator", "evaluate", "1+1"}, "", 2, "", "not of the form key=value"},
		{[]string{"calculator", "evaluate", `{"expression": 7}`}, "", 2, "", "expression: must be a string, not 7"},
		{[]string{"calculator", "evaluate", `{"expression"`}, "", 2, "", "the arguments are no JSON object"},
		{[]string{"calculator", "evaluate", "-"}, "null", 2, "", "the arguments are no JSON object"},
		{[]string{"calculator", "evalute"}, "", 2, "", `there is no tool "evalute"; did you mean evaluate?`},
		{[]string{"kalculator", "evaluate"}, "", 2, "", "did you mean calculator?"},
		{[]string{"calculator"}, "", 2, "", "requires at least 2 arg"},
		{[]string{"--deny", "calc*/*", "calculator", "evaluate", "expression=1"}, "", 1, "", "forbids this call"},
	} {
		a.in = c.in
		a.run(append([]string{"call"}, c.args...)...).expect(t, c.status, c.out, c.err)
	}
}

func TestCallOfServersThatAreNotReady(t *testing.T) {
	t.Parallel()
	a := configured(t, `"gone": {"command": "no-such-program-at-all"}, "needs": {"command": "x", "env": {"A": "${NOT_SET_ANYWHERE}"}}, "off": `+
		entry(servertest.Config("off"), `, "disabled": true`)+`, "slow": `+entry(servertest.Config("slow", "-tools=slow"), ""))
	a.run("call", "gone", "x").expect(t, 4, "", "gone is not ready (failed): no-such-program-at-all")
	a.run("call", "needs", "x").expect(t, 4, "", "set NOT_SET_ANYWHERE")
	a.run("call", "off", "echo", "text=hi").expect(t, 0, "", "") // it was named
	a.run("call", "--timeout", "100ms", "slow", "slow", "ms=5000").expect(t, 1, "", "the call of slow/slow failed")
}

func TestConfigPath(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	a.run("config", "path").expect(t, 0, "none.json  (read)", "")
	a.run("config", "path").expect(t, 0, "(not looked at: SWITCHBOARD_CONFIG comes first)", "")
	a.run("config", "path", "--config", "/no/such/file.json").expect(t, 0, "/no/such/file.json  (not there)", "")
}

// Every entry is listed with what becomes of it; no secret is printed and nothing
// is started.
func TestConfigShow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pids := filepath.Join(dir, "pids")
	one := write(t, dir, "one.json", `{
		"mcpServers": {
			"db": {"command": "x"},
			"live": `+entry(servertest.Config("live", "-pids="+pids), `, "env": {"SECRET": "hunter2hunter2"}`)+`,
			"off": {"command": "x", "disabled": true},
			"needs": {"command": "x", "args": ["${NOT_SET_ANYWHERE}"]},
			"bad": {"command": 7},
			"web": {"url": "https://u:pass-word@h.test/mcp?key=sekrit", "headers": {"X-Key": "top-secret"}}
		},
		"model": {"name": "m", "baseUrl": "https://a.test/v1?k=sekrit", "apiKey": "very-secret-key"},
		"approval": {"deny": ["db/drop_*"]}, "theme": "dark"
	}`)
	two := write(t, dir, "two.json", `{"mcpServers": {"db": {"command": "y"}}}`)
	r := newAt(t).run("config", "show", "--config", one, "--config", two)
	for _, want := range []string{
		"db: replaced as a whole by the entry at " + two + ":1:17", "live: started", "SECRET", `off: not started: it says "disabled": true`,
		"needs: not started until these variables are set: NOT_SET_ANYWHERE", "bad: not started, the entry is at fault", "web: reached by its URL",
		"X-Key", "apiKey    set, 15 characters", "deny db/drop_*", "theme", one + ":7:", "not looked at: --config comes first",
	} {
		if !strings.Contains(r.out, want) {
			t.Errorf("there is no %q in\n%s", want, r.out)
		}
	}
	for _, secret := range []string{"hunter2", "pass-word", "sekrit", "top-secret", "very-secret-key"} {
		if strings.Contains(r.out+r.err, secret) {
			t.Errorf("%q is shown in\n%s", secret, r.out)
		}
	}
	if r.status != 2 {
		t.Errorf("status %d for a configuration with a fault", r.status)
	}
	if left, _ := filepath.Glob(pids); len(left) > 0 {
		t.Error("a server was started")
	}
}

func TestConfigShowOfBuiltInServers(t *testing.T) {
	t.Parallel()
	a := newAt(t)
	file := write(t, t.TempDir(), "c.json", `{"mcpServers": {"notes": {"disabled": true}}}`)
	r := a.run("config", "show", "--config", file)
	r.expect(t, 0, "notes: switches the server of this name off", "")
	r.expect(t, 0, "notes: not started: switched off at "+file+":1:17", "")
	r.expect(t, 0, "clock: started", "")
}
