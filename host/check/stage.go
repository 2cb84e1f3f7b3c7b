package check

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"switchboard/host/clean"
	"switchboard/host/server"
	"switchboard/host/server/process"
)

// listStages are the lists by the methods that ask for them.
var listStages = []struct {
	stage  StageName
	method string
}{
	{Tools, "tools/list"},
	{Resources, "resources/list"},
	{Templates, "resources/templates/list"},
	{Prompts, "prompts/list"},
}

// unknownMethod is JSON-RPC's code for a method that a server does not have; of a
// list it means that there is nothing to list.
const unknownMethod = -32601

// sum makes the report of what was seen before the stop and of how that went.
func (t *trial) sum(began time.Time, st server.Status, seen server.Inspection, end server.Ending) {
	r := &t.report
	r.Took, r.Stderr, r.Protocol = time.Since(began), seen.Status.Stderr, seen.Handshake.Protocol
	if !r.Ready && r.Reason.Empty() {
		r.Reason = st.Reason
	}
	if r.Ready && !st.Reason.Empty() {
		r.Problems = append(r.Problems, Problem{Warn, st.Reason})
	}
	linted := time.Now()
	r.Tools = tools(seen.Tools)
	r.Resources, r.Templates, r.Prompts = len(seen.Resources), len(seen.Templates), len(seen.Prompts)
	lint := Stage{Name: Lint, Took: time.Since(linted), OK: true}

	ping := r.Stages // the only one so far
	r.Stages = t.opening(began, seen)
	if seen.Handshake.Protocol != "" {
		r.Stages = append(r.Stages, lists(seen)...)
	}
	if st.State.Callable() {
		r.Stages = append(append(r.Stages, lint), ping...)
	}
	t.blame(st)
	t.ending(end)
	for _, p := range t.panics {
		t.note(Fault, p.Error())
	}
	if n := seen.Status.Noise; n > 0 {
		t.note(Warn, fmt.Sprintf("wrote %d lines to standard output that are no messages of the protocol", n))
	}
}

// opening is the start of the process and the handshake with it.
func (t *trial) opening(began time.Time, seen server.Inspection) []Stage {
	var stages []Stage
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.spawned.IsZero() {
		note := clean.Foreign(seen.Launch.Resolved)
		stages = append(stages, Stage{Name: Start, Took: t.spawned.Sub(began), OK: true, Note: note})
	}
	if h := seen.Handshake; h.Protocol != "" {
		note := clean.Foreign(h.Protocol + " by " + h.How)
		stages = append(stages, Stage{Name: Handshake, Took: h.Took, OK: true, Note: note})
	}
	return stages
}

// lists are the stages of the lists that were asked for, as the traffic shows them.
func lists(seen server.Inspection) []Stage {
	var stages []Stage
	for _, l := range listStages {
		stage := Stage{Name: l.stage, OK: true}
		answers := 0
		for _, m := range seen.Wire {
			if m.Kind != server.WireResponse || m.Sent || m.Method != l.method {
				continue
			}
			answers++
			stage.Took += m.Took
			if reason := refusal(m); reason != "" {
				stage.OK, stage.Note = false, clean.Foreign(reason)
			}
		}
		if answers > 0 {
			stages = append(stages, stage)
		}
	}
	return stages
}

// refusal is why a list was refused; "" for an answer, and for one that only says
// that there is no such list.
func refusal(m server.WireRecord) string {
	if !m.Failed {
		return ""
	}
	var body struct {
		Error struct {
			Code    int    `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(m.Body, &body) != nil {
		return "refused"
	}
	if body.Error.Code == unknownMethod {
		return ""
	}
	return fmt.Sprintf("error %d: %s", body.Error.Code, body.Error.Message)
}

// blame puts the reason of a failed start to the stage that it happened in.
func (t *trial) blame(st server.Status) {
	if st.State.Callable() {
		return
	}
	r := &t.report
	next := Tools
	switch _, greeted := r.Stage(Handshake); {
	case !greeted && t.spawned.IsZero() && t.entry.URL == "":
		next = Start
	case !greeted:
		next = Handshake
	}
	if i := slices.IndexFunc(r.Stages, func(s Stage) bool { return s.Name == next }); i >= 0 {
		r.Stages[i].OK, r.Stages[i].Note = false, r.Reason
		return
	}
	r.Stages = append(r.Stages, Stage{Name: next, Note: r.Reason})
}

// ending is the stop of the process, and what it left behind.
func (t *trial) ending(end server.Ending) {
	if end.By == "" {
		return
	}
	stop := Stage{Name: Stop, Took: end.Took, OK: !end.Alive, Note: clean.Foreign(string(end.By))}
	t.report.Stages = append(t.report.Stages, stop)
	var said []string
	switch {
	case end.Alive:
		said = append(said, "not even SIGKILL ended it")
	case end.By == process.Terminated, end.By == process.Killed:
		said = append(said, fmt.Sprintf("did not end when its standard input was closed; %s ended it", end.By))
	}
	if end.Orphans {
		said = append(said, "left processes behind, which were ended too")
	}
	if len(said) > 0 {
		t.note(Warn, strings.Join(said, ", and "))
	}
}
