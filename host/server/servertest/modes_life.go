package servertest

import (
	"strings"
	"time"

	"switchboard/host/server"
	"switchboard/host/server/process"
)

// startModes never become ready.
func startModes() []Mode {
	return []Mode{
		{
			Name: "no such command", Does: "does not exist", Command: "switchboard-no-such-command",
			Says: []string{`^failed: .*switchboard-no-such-command.* not found`},
		},
		{
			Name: "needs a key", Does: "ends at once and says on standard error what is missing",
			Flags: []string{"-exit=1", "-stderr=Error: FOO_TOKEN is required\n"}, Times: once,
			Says: []string{`^backoff: exited with status 1 after .*: Error: FOO_TOKEN is required$`},
		},
		{
			Name: "ends in a loop", Does: "ends whenever it is started",
			Flags: []string{"-exit=3"}, Times: server.Options{BackoffBase: time.Millisecond, BackoffCap: time.Millisecond},
			Says: []string{`^failed: exited with status 3 after .*; it ended 5 times within 3 minutes and is not started again until you say so$`},
		},
		{
			Name: "silent start", Does: "takes the handshake and says nothing",
			Flags: []string{"-mute=initialize"}, Times: shortStart, Says: []string{`^backoff: no answer within 1\.5 s of its start$`},
		},
		{
			Name: "slow start", Does: "takes longer to start than it is given",
			Flags: []string{"-delay=1h", "-stderr=downloading 41 packages\n"}, Times: shortStart,
			Says: []string{`^backoff: no answer within 1\.5 s of its start: downloading 41 packages$`},
		},
		{
			Name: "silent list", Does: "shakes hands and never lists its tools",
			Flags: []string{"-mute=tools/list"}, Times: shortStart, Says: []string{`^backoff: no answer within 1\.5 s of its start$`},
		},
		{
			Name: "refuses the handshake", Does: "answers it with an error",
			Flags: []string{"-era=refuse"}, Times: once,
			Says: []string{`^backoff: the server refused the handshake: .*come back tomorrow`},
		},
		{
			Name: "capabilities of the wrong type", Does: "declares \"tools\": true",
			Flags: []string{"-era=odd"}, Acts: []Act{echo}, Says: []string{answersEcho},
		},
	}
}

// deathModes end when they should not, or do not when they should.
func deathModes() []Mode {
	again := server.Options{BackoffBase: 50 * time.Millisecond, BackoffCap: 50 * time.Millisecond}
	return []Mode{
		{
			Name: "ends during a call", Does: "exits in the middle of it",
			Times: once, Acts: []Act{{"exit", `{"n":3,"text":"fatal: out of disk\n"}`}},
			Says: []string{`^answer .*the connection ended before the answer: exited with status 3 after .*: fatal: out of disk$`, `^backoff: exited with status 3`},
		},
		{
			Name: "killed", Does: "is ended by the system, as for want of memory",
			Times: once, Acts: []Act{{"signal", `{"name":"kill"}`}}, Says: []string{`^backoff: was ended by SIGKILL after `},
		},
		{
			Name: "ends idle", Does: "exits while nobody asks for anything",
			Flags: []string{"-dieafter=300ms"}, Times: again,
			Says: []string{`^backoff: exited with status 3 after .*: Error: the database went away$`, `^restarts [1-9]`},
		},
		{
			Name: "deaf at the end", Does: "ignores the end of its input and SIGTERM",
			Flags: []string{"-ignore=both"}, Acts: []Act{echo}, Says: []string{answersEcho}, Ends: server.Ending{By: process.Killed},
		},
		{
			Name: "leaves a child", Does: "ends and leaves a process that holds its pipes and ignores SIGTERM",
			Flags: []string{"-child"}, Acts: []Act{echo}, Says: []string{answersEcho},
			Ends: server.Ending{By: process.ClosedInput, Orphans: true},
		},
		{
			Name: "dies and leaves a child", Does: "crashes, and its child holds the pipes",
			Flags: []string{"-child", "-dieafter=300ms"}, Times: once,
			Says: []string{`^backoff: exited with status 3 after .*the database went away$`},
		},
	}
}

// silenceModes live and do not answer.
func silenceModes() []Mode {
	return []Mode{
		{
			Name: "never answers", Does: "leaves one tool's calls without an answer",
			Times: impatient, Acts: []Act{{"never", `{}`}, echo}, Says: []string{timedOut, answersEcho},
		},
		{
			Name: "answers no call", Does: "goes on answering pings and no call at all",
			Flags: []string{"-mute=tools/call"}, Times: server.Options{CallTimeout: 100 * time.Millisecond},
			Acts: []Act{echo, echo, echo, echo, echo, echo},
			Says: []string{`^degraded: the last 5 calls got no answer \(no answer and no progress for 0\.1 s`, `^answer .*not sent: the last 5 calls got no answer`},
		},
		{
			Name: "stopped", Does: "is stopped by a signal and does nothing any more",
			Times: hasty, Acts: []Act{{"signal", `{"name":"stop"}`}}, Says: []string{timedOut, noPing, `^restarts [1-9]`},
		},
		{
			Name: "reads nothing", Does: "stops reading its input while large arguments are sent",
			Times: hasty, Acts: []Act{{"stopread", `{}`}, {"echo", largeArgs()}}, Says: []string{timedOut, noPing, `^restarts [1-9]`},
		},
	}
}

// largeArgs are more than any pipe takes at once.
func largeArgs() string { return `{"text":"` + strings.Repeat("x", 1<<20) + `"}` }
