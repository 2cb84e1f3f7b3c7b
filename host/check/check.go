// Package check tries servers out, each alone: start, handshake, lists, a look at
// every tool, a ping and a clean stop. It reports what came of each stage and how
// long it took, and keeps nothing running.
package check

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"switchboard/host/catalog"
	"switchboard/host/clean"
	"switchboard/host/config"
	"switchboard/host/server"
	"switchboard/host/task"
)

// Options say how servers are checked.
type Options struct {
	// Server is how they are run; who is notified is filled in here.
	Server server.Options
	// Timeout bounds the start of each server, and again its lists and its ping; 0
	// for the usual times.
	Timeout time.Duration
	// Doing is told whenever a server enters a stage; nil for nobody. It is called
	// from several goroutines.
	Doing func(server string, stage StageName)
}

// A Result is what a check came to.
type Result struct {
	Servers    []Report    // in the order of the entries
	Collisions []Collision // sorted by tool
}

// Ready tells whether every server is.
func (r Result) Ready() bool {
	return !slices.ContainsFunc(r.Servers, func(s Report) bool { return !s.Ready })
}

// A Collision is a tool name that several of the servers offer.
type Collision struct {
	Tool    string   // the raw name
	Servers []string // in the order of the entries
}

// A Report is what is known of one server after its check.
type Report struct {
	Server string
	// Ready tells that it started, listed its tools and answered a ping.
	Ready    bool
	State    server.State // it came to
	Reason   clean.Text   // why it is not ready; empty when it is
	Protocol string       // negotiated; empty when it did not come to that
	Took     time.Duration
	Stages   []Stage // those it came to, in order
	Tools    []Tool
	// Resources, Templates and Prompts count what it lists besides tools.
	Resources, Templates, Prompts int
	Problems                      []Problem  // of the server as a whole
	Stderr                        clean.Text // its last lines
}

// Tokens estimates what all its tools take of a model's window.
func (r Report) Tokens() int {
	sum := 0
	for _, t := range r.Tools {
		sum += t.Tokens
	}
	return sum
}

// Stage gives a stage by name; false when the server did not come to it.
func (r Report) Stage(name StageName) (Stage, bool) {
	i := slices.IndexFunc(r.Stages, func(s Stage) bool { return s.Name == name })
	if i < 0 {
		return Stage{}, false
	}
	return r.Stages[i], true
}

// A StageName names a step of a check.
type StageName string

// The stages, in their order. A server that is reached by its URL has no start and
// no stop.
const (
	Start     StageName = "start"
	Handshake StageName = "handshake"
	Tools     StageName = "tools"
	Resources StageName = "resources"
	Templates StageName = "templates"
	Prompts   StageName = "prompts"
	Lint      StageName = "lint"
	Ping      StageName = "ping"
	Stop      StageName = "stop"
)

// A Stage is one step and what came of it.
type Stage struct {
	Name StageName
	Took time.Duration
	OK   bool
	Note clean.Text // what went wrong, or how it was done; may be empty
}

// A Tool is one tool and what is to be said of it.
type Tool struct {
	Name     string // raw
	Tokens   int    // estimated
	Problems []Problem
}

// A Level is how much a problem matters.
type Level string

// The levels of a problem.
const (
	Fault Level = "fault" // something does not work
	Warn  Level = "warn"  // something is likely to surprise
	Note  Level = "note"  // something was mended
)

// A Problem is one thing worth knowing.
type Problem struct {
	Level Level
	Text  clean.Text
}

// Servers checks all entries at once. When ctx ends, what is under way is stopped
// and reported as not ready. Disabled entries are tried out like all others.
func Servers(ctx context.Context, entries []config.Server, opt Options) Result {
	r := Result{Servers: make([]Report, len(entries))}
	var tasks task.Group
	for i, entry := range entries {
		tasks.Go("checking "+entry.Name, func() {
			r.Servers[i] = Report{Server: entry.Name, State: server.Failed, Reason: clean.Foreign("internal fault")}
			r.Servers[i] = newTrial(entry, opt).run(ctx)
		})
	}
	tasks.Wait()
	r.Collisions = collisions(r.Servers)
	return r
}

// collisions finds the names that more than one server offers.
func collisions(reports []Report) []Collision {
	offered := map[string][]string{}
	for _, r := range reports {
		for _, t := range r.Tools {
			offered[t.Name] = append(offered[t.Name], r.Server)
		}
	}
	var all []Collision
	for _, name := range slices.Sorted(maps.Keys(offered)) {
		if len(offered[name]) > 1 {
			all = append(all, Collision{name, offered[name]})
		}
	}
	return all
}

// tools looks at every tool of a list.
func tools(list []catalog.Tool) []Tool {
	var all []Tool
	for _, t := range list {
		all = append(all, examine(t))
	}
	slices.SortStableFunc(all, func(a, b Tool) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
