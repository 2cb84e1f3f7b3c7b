package servertest

import (
	"net/http"
	"slices"
	"time"

	"switchboard/host/config"
	"switchboard/host/server"
)

// A Mode is one way in which a server misbehaves: what it does, and what the host
// must say of it. A host that runs it must go on, and so must its other servers.
type Mode struct {
	Name  string
	Does  string   // in words, with whose fault it was seen to be
	Flags []string // of the fixture

	Web http.Handler // in place of the fixture: the same behind a URL
	// Command stands in place of the fixture, for what cannot be started at all.
	Command string
	// Acts are called once the server is ready, one after the other.
	Acts  []Act
	Times server.Options // only the durations
	// Says are patterns. Each fits a line of the [Evidence] after a while.
	Says []string
	// Ends is what it takes to end the server; empty for any.
	Ends server.Ending
	// Heavy modes send so much that no two of them should run in one host whose
	// memory is watched.
	Heavy bool
}

// An Act is a call.
type Act struct{ Tool, Args string }

// Modes lists all.
func Modes() []Mode {
	return slices.Concat(wireModes(), answerModes(), sizeModes(), floodModes(), listModes(), startModes(), deathModes(), silenceModes(), webModes())
}

// ModeNamed finds one.
func ModeNamed(name string) (Mode, bool) {
	all := Modes()
	i := slices.IndexFunc(all, func(m Mode) bool { return m.Name == name })
	if i < 0 {
		return Mode{}, false
	}
	return all[i], true
}

// Config is the mode's entry. The URL is that of its web server, if it has one;
// the fixture adds its process ids to a file.
func (m Mode) Config(url, pids string) config.Server {
	switch {
	case m.Web != nil:
		return config.Server{Name: m.Name, URL: url}
	case m.Command != "":
		return config.Server{Name: m.Name, Command: m.Command}
	}
	return Config(m.Name, append(slices.Clone(m.Flags), "-pids="+pids)...)
}

// hasty notices within two seconds what otherwise takes minutes.
var hasty = server.Options{
	ProbeEvery: 100 * time.Millisecond, ProbeTimeout: 250 * time.Millisecond, CallTimeout: 600 * time.Millisecond,
	BackoffBase: 50 * time.Millisecond, BackoffCap: 100 * time.Millisecond,
}

// impatient gives calls little time, and nothing else.
var impatient = server.Options{CallTimeout: 600 * time.Millisecond}

// shortStart gives a start little time, and no second one while the test looks.
var shortStart = server.Options{StartTimeout: 1500 * time.Millisecond, BackoffBase: time.Hour, BackoffCap: time.Hour}

// once is for those that must be seen to fall a single time.
var once = server.Options{BackoffBase: time.Hour, BackoffCap: time.Hour}

// The lines of evidence that several modes must leave.
const (
	answersEcho = `^answer \{"n":1\}$`
	tooLarge    = `^answer .*the answer is larger than 16 MiB and was dropped`
	tooDeep     = `^answer .*the answer is nested deeper than 128 levels and was dropped`
	timedOut    = `^answer .*no answer and no progress for 0\.6 s; the server was told to stop`
	noPing      = `^degraded: no answer to a ping for `
	isReady     = `^ready: $`
)

// echo is a call that any server can answer that still works.
var echo = Act{"echo", `{"n":1}`}
