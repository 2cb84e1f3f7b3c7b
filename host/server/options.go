package server

import (
	"path/filepath"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/server/process"
	"switchboard/host/task"
)

// Options say how servers are run; the zero value is ready to use.
type Options struct {
	// Guard ends the process groups of our servers when we are killed; nil for
	// none.
	Guard *Guard
	// Environ is our own environment; nil for os.Environ. Of it a server gets the
	// short list that [process.Environ] documents and nothing else.
	Environ []string
	// Version is told to servers in clientInfo, next to the name "switchboard".
	Version string
	// LogDir is the folder in which every server's standard error is kept in a file
	// of its own; "" for none. It is made when it is needed.
	LogDir string
	// Notify is called after every change, from the server's own goroutine. It
	// must not block.
	Notify func(Status)
	// OnPanic takes a fault in one of the server's goroutines; nil drops it.
	OnPanic func(task.Panic)

	// StartTimeout bounds a start up to the complete list of tools. The default is
	// 10 s, and 60 s for launchers that may download first (npx, uvx, docker, …).
	StartTimeout time.Duration
	// CallTimeout ends a call whose server neither answers nor reports progress
	// for so long; an entry's own timeout comes first. The default is 60 s.
	CallTimeout time.Duration
	// CallCap ends a call whatever its progress. The default is 10 min, or the
	// entry's own timeout when that is longer.
	CallCap time.Duration
	// ProbeEvery is how long a server may be idle before it is asked for a sign of
	// life. The default is 15 s.
	ProbeEvery time.Duration
	// ProbeTimeout is how long it may take to give one. The default is 5 s. After 3
	// misses in a row the server is degraded, after 6 it is restarted.
	ProbeTimeout time.Duration
	// BackoffBase and BackoffCap bound the pause before a restart: it is random
	// between nothing and a bound that starts with the one, doubles each time, and
	// ends with the other. The defaults are 0.5 s and 60 s.
	BackoffBase, BackoffCap time.Duration
	// Grace is how long a server may take to end after its standard input was
	// closed, and again after SIGTERM. The default is 1.5 s; 5 s in all is kept
	// whatever is asked for.
	Grace time.Duration
}

// The figures that hold where Options and configuration are silent.
const (
	defaultStart    = 10 * time.Second
	launcherStart   = time.Minute
	maxStart        = time.Hour // however patient
	defaultProbe    = 15 * time.Second
	defaultAnswer   = 5 * time.Second // to a probe
	defaultBackoff  = 500 * time.Millisecond
	defaultMaxPause = time.Minute
	defaultCall     = time.Minute
	defaultCallCap  = 10 * time.Minute
	defaultGrace    = 1500 * time.Millisecond
	maxGrace        = 2 * time.Second
	changeDebounce  = 200 * time.Millisecond // of tools/list_changed
	refreshInterval = time.Second            // between two refreshes, at least
	logQuiet        = 200 * time.Millisecond // between two notices of new output
	tellPause       = 100 * time.Millisecond // between two notices of calls and their progress
)

// launchers are commands that may fetch what they run before they run it.
var launchers = map[string]bool{
	"npx": true, "npm": true, "pnpm": true, "pnpx": true, "yarn": true, "bunx": true, "bun": true,
	"uvx": true, "uv": true, "pipx": true, "deno": true, "docker": true, "podman": true, "nix": true, "go": true,
}

func (o Options) startTimeout(cfg config.Server) time.Duration {
	if o.StartTimeout > 0 {
		return o.StartTimeout
	}
	name := strings.ToLower(filepath.Base(cfg.Command))
	if launchers[strings.TrimSuffix(strings.TrimSuffix(name, ".cmd"), ".exe")] {
		return launcherStart
	}
	return defaultStart
}

// callTimes gives the idle timeout of a call and its hard cap.
func (o Options) callTimes(cfg config.Server) (idle, hardCap time.Duration) {
	idle = firstPositive(cfg.Timeout, o.CallTimeout, defaultCall)
	return idle, max(idle, firstPositive(o.CallCap, defaultCallCap))
}

func (o Options) probeEvery() time.Duration { return firstPositive(o.ProbeEvery, defaultProbe) }

func (o Options) probeTimeout() time.Duration { return firstPositive(o.ProbeTimeout, defaultAnswer) }

// lifeRules are what holds for the life of an entry's server.
func (o Options) lifeRules(cfg config.Server) lifeRules {
	return lifeRules{
		broken: broken(cfg), untrusted: clean.Foreign(cfg.Untrusted), missing: missing(cfg), disabled: cfg.Disabled,
		backoffBase: firstPositive(o.BackoffBase, defaultBackoff), backoffCap: firstPositive(o.BackoffCap, defaultMaxPause),
	}
}

func (o Options) grace() time.Duration {
	return min(firstPositive(o.Grace, defaultGrace), maxGrace)
}

func firstPositive(ds ...time.Duration) time.Duration {
	for _, d := range ds {
		if d > 0 {
			return d
		}
	}
	return 0
}

func (o Options) environ(cfg config.Server) []string {
	return process.Environ(o.Environ, cfg.Env, o.Guard.Marker())
}
